//! Standard output and standard error.
//!
//! A reader can close the pipe early (`typefoundry generate | head -1`). The command then continues without output, and ends
//! with its own exit code. `println!` would panic.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal as _, Write};

use clap::ColorChoice;
use typefoundry_codegen::diagnostic::Style;

/// Writes a text to standard output.
#[doc(hidden)]
#[macro_export]
macro_rules! out {
    ($($text:tt)*) => { $crate::console::write(&mut std::io::stdout(), &format!($($text)*)) };
}

/// Writes a line to standard output.
#[doc(hidden)]
#[macro_export]
macro_rules! outln {
    ($($text:tt)*) => { $crate::out!("{}\n", format_args!($($text)*)) };
}

/// Writes a line to standard error.
#[doc(hidden)]
#[macro_export]
macro_rules! errln {
    ($($text:tt)*) => { $crate::console::write(&mut std::io::stderr(), &format!("{}\n", format_args!($($text)*))) };
}

/// Writes the text. A closed pipe is ignored; any other error ends the command.
pub fn write(to: &mut impl Write, text: &str) {
    let result = to.write_all(text.as_bytes()).and_then(|()| to.flush());
    if let Err(error) = result
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = writeln!(io::stderr(), "error: failed to print: {error}");
        std::process::exit(1);
    }
}

/// The maximum number of problems to print.
pub const PROBLEMS: usize = 50;

/// Returns the style of problems on standard error.
pub fn style(color: ColorChoice) -> Style {
    let terminal = io::stderr().is_terminal();
    let size = terminal_size::terminal_size_of(io::stderr());
    Style {
        color: is_colored(color, terminal, |name| std::env::var_os(name)),
        width: size.filter(|_| terminal).map(|(width, _)| usize::from(width.0)),
        limit: Some(PROBLEMS),
    }
}

/// Whether to use colors: as the flag says, otherwise on terminals that support colors, unless `NO_COLOR` is set.
fn is_colored(color: ColorChoice, terminal: bool, env: impl Fn(&str) -> Option<OsString>) -> bool {
    match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            let refused = env("NO_COLOR").is_some_and(|value| !value.is_empty());
            let dumb = env("TERM").is_some_and(|value| value == "dumb");
            terminal && !refused && !dumb
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_colored;
    use clap::ColorChoice::{Always, Auto, Never};

    #[test]
    fn color_follows_the_flag_and_then_the_environment() {
        let env = |set: &'static [(&str, &str)]| {
            move |name: &str| set.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into())
        };
        let no_color: &[(&str, &str)] = &[("NO_COLOR", "1")];
        let dumb: &[(&str, &str)] = &[("TERM", "dumb")];
        let plain: &[(&str, &str)] = &[("NO_COLOR", ""), ("TERM", "xterm-256color")];
        assert!(is_colored(Auto, true, env(plain)), "an empty NO_COLOR has no effect");
        assert!(!is_colored(Auto, false, env(plain)));
        assert!(!is_colored(Auto, true, env(no_color)));
        assert!(!is_colored(Auto, true, env(dumb)));
        assert!(is_colored(Always, false, env(no_color)));
        assert!(!is_colored(Never, true, env(plain)));
    }
}
