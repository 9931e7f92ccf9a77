//! The command that builds the docs of a crate as docs.rs does.

use toml::{Table, Value};

use super::workspace::Crate;

/// A `cargo doc` command.
#[derive(Debug, PartialEq, Eq)]
pub struct DocCommand {
    pub arguments: Vec<String>,
    /// The value of `RUSTDOCFLAGS`.
    pub rustdoc_flags: String,
    /// Settings of docs.rs that a stable toolchain and this machine do not have.
    pub skipped: Vec<String>,
}

/// Returns the command for a crate, with the keys of `[package.metadata.docs.rs]`. Warnings are errors.
pub fn command(krate: &Crate) -> DocCommand {
    let docs_rs = krate.metadata.as_ref().and_then(|metadata| metadata.get("docs")?.get("rs")?.as_table());
    let empty = Table::new();
    let docs_rs = docs_rs.unwrap_or(&empty);
    let is_set = |key: &str| docs_rs.get(key).and_then(Value::as_bool).unwrap_or_default();
    let mut skipped = Vec::new();

    let mut arguments = ["doc", "--lib", "--no-deps", "--package", &krate.name].map(str::to_owned).to_vec();
    for key in ["all-features", "no-default-features"] {
        arguments.extend(is_set(key).then(|| format!("--{key}")));
    }
    let features = strings(docs_rs, "features");
    if !features.is_empty() {
        arguments.extend(["--features".to_owned(), features.join(",")]);
    }
    arguments.extend(stable(&strings(docs_rs, "cargo-args"), &mut skipped));

    let mut flags = vec!["-D".to_owned(), "warnings".to_owned()];
    flags.extend(stable(&strings(docs_rs, "rustdoc-args"), &mut skipped));
    let others = ["default-target", "targets", "additional-targets", "rustc-args"];
    skipped.extend(others.iter().filter(|key| docs_rs.contains_key(**key)).map(|key| (*key).to_owned()));
    DocCommand { arguments, rustdoc_flags: flags.join(" "), skipped }
}

/// Returns the arguments that a stable toolchain has.
///
/// `--cfg docsrs` conventionally enables unstable features of rustdoc.
fn stable(arguments: &[&str], skipped: &mut Vec<String>) -> Vec<String> {
    let mut kept = Vec::new();
    let mut arguments = arguments.iter().peekable();
    while let Some(argument) = arguments.next() {
        let is_pair = *argument == "-Z"
            || (*argument == "--cfg" && arguments.peek().is_some_and(|value| **value == "docsrs"));
        if is_pair {
            skipped.push(format!("{argument} {}", arguments.next().unwrap_or(&"")));
        } else if argument.starts_with("-Z") || *argument == "--cfg=docsrs" {
            skipped.push((*argument).to_owned());
        } else {
            kept.push((*argument).to_owned());
        }
    }
    kept
}

fn strings<'t>(table: &'t Table, key: &str) -> Vec<&'t str> {
    let list = table.get(key).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::super::workspace::Crate;
    use super::command;

    fn krate(docs_rs: &str) -> Crate {
        let metadata = format!("[docs.rs]\n{docs_rs}").parse().unwrap();
        Crate { name: "acme".to_owned(), metadata: Some(metadata), ..Crate::default() }
    }

    fn arguments(krate: &Crate) -> String {
        command(krate).arguments.join(" ")
    }

    #[test]
    fn crate_without_settings_has_its_default_features() {
        let plain = Crate { name: "acme".to_owned(), ..Crate::default() };
        assert_eq!(arguments(&plain), "doc --lib --no-deps --package acme");
        assert_eq!(command(&plain).rustdoc_flags, "-D warnings");
        assert_eq!(arguments(&krate("")), arguments(&plain));
    }

    #[test]
    fn features_of_the_manifest_are_used() {
        let all = krate("all-features = true\nno-default-features = false");
        assert_eq!(arguments(&all), "doc --lib --no-deps --package acme --all-features");
        let some = krate("no-default-features = true\nfeatures = [\"a\", \"b\"]");
        assert_eq!(
            arguments(&some),
            "doc --lib --no-deps --package acme --no-default-features --features a,b"
        );
    }

    #[test]
    fn unstable_arguments_are_skipped_and_listed() {
        let krate = krate(
            "cargo-args = [\"-Zunstable-options\", \"--quiet\"]\n\
             rustdoc-args = [\"--cfg\", \"docsrs\", \"--cfg\", \"acme\", \"-Z\", \"x\", \"--cfg=docsrs\"]\n\
             targets = [\"x86_64-apple-darwin\"]",
        );
        let command = command(&krate);
        assert_eq!(command.arguments.join(" "), "doc --lib --no-deps --package acme --quiet");
        assert_eq!(command.rustdoc_flags, "-D warnings --cfg acme");
        assert_eq!(
            command.skipped,
            ["-Zunstable-options", "--cfg docsrs", "-Z x", "--cfg=docsrs", "targets"]
        );
    }
}
