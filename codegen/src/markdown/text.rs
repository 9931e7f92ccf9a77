//! Doc text from the spec as Markdown that GitHub shows as it was meant.
//!
//! The author wrote Markdown with `[references]` to types. What would be taken for HTML or for a broken link is
//! escaped; code is left alone.

use crate::characters::escape_bidi;

/// What a `[reference]` becomes: Markdown of a link, or nothing where the name is unknown.
pub type Resolver<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The text as Markdown blocks, with the line breaks of the author.
pub fn prose(text: &str, link: Resolver<'_>) -> String {
    let mut out = String::new();
    let mut open = String::new();
    let mut in_fence = false;
    for line in text.trim().lines().map(str::trim_end) {
        let is_fence = line.trim_start().starts_with("```");
        if is_fence || in_fence {
            flush(&mut out, &mut open, link);
            out.push_str(line);
            out.push('\n');
            in_fence ^= is_fence;
        } else {
            open.push_str(&heading_as_strong(line));
            open.push('\n');
        }
    }
    flush(&mut out, &mut open, link);
    out.truncate(out.trim_end().len());
    out
}

/// The text as the words of one line, for a summary.
pub fn line(text: &str, link: Resolver<'_>) -> String {
    prose(text, link).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as code, in as many backticks as it takes.
pub fn code(text: &str) -> String {
    let text = escape_bidi(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A code block; the fence is longer than any in the text.
pub fn block(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(3.max(longest + 1));
    format!("{fence}{language}\n{}\n{fence}", text.trim_end())
}

/// Several things in a sentence: `a, b and c`.
pub fn listed(parts: &[String], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., end] => format!("{} {last} {end}", firsts.join(", ")),
    }
}

/// The lines moved to the right; empty ones stay empty.
pub fn indented(text: &str, by: usize) -> String {
    let blanks = " ".repeat(by);
    text.lines().map(|line| format!("{blanks}{line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// Each line quoted, as a callout asks for.
pub fn quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn flush(out: &mut String, open: &mut String, link: Resolver<'_>) {
    inline(out, open, link);
    open.clear();
}

/// Headings of a doc would stand among those of the page, and shift their anchors.
fn heading_as_strong(line: &str) -> String {
    let title = line.trim_start_matches('#');
    match title.strip_prefix(' ') {
        Some(title) if title.len() + 1 < line.len() => format!("**{}**", title.trim()),
        _ => line.to_owned(),
    }
}

fn inline(out: &mut String, text: &str, link: Resolver<'_>) {
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '`' => code_span(out, rest),
            '<' => angle(out, rest),
            '[' => bracket(out, rest, link),
            '\\' => verbatim(out, rest, 1 + rest[1..].chars().next().map_or(0, char::len_utf8)),
            '>' if !starts_line(out) => replaced(out, first, "&gt;"),
            'h' if is_url(rest) => {
                verbatim(out, rest, rest.find([' ', '\n', ')', '<', '>']).unwrap_or(rest.len()))
            }
            _ => verbatim(out, rest, first.len_utf8()),
        };
        rest = &rest[taken..];
    }
}

fn verbatim(out: &mut String, rest: &str, len: usize) -> usize {
    out.push_str(&rest[..len]);
    len
}

fn replaced(out: &mut String, first: char, by: &str) -> usize {
    out.push_str(by);
    first.len_utf8()
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

fn starts_line(out: &str) -> bool {
    out.rsplit('\n').next().is_none_or(|line| line.trim_matches(['>', ' ']).is_empty())
}

/// Backticks up to as many others; where there are none, they are meant as themselves.
fn code_span(out: &mut String, rest: &str) -> usize {
    match code_len(rest) {
        Some(len) => verbatim(out, rest, len),
        None => replaced(out, '`', "\\`"),
    }
}

/// The length of the code span that the text begins with.
fn code_len(text: &str) -> Option<usize> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let mut at = ticks;
    while let Some(found) = text[at..].find('`') {
        let run = &text[at + found..];
        let len = run.len() - run.trim_start_matches('`').len();
        at += found + len;
        if len == ticks {
            return Some(at);
        }
    }
    None
}

/// `<https://…>` is a link; any other angle bracket is text, as in `list<string>`.
fn angle(out: &mut String, rest: &str) -> usize {
    match rest.find(['>', ' ', '\n']) {
        Some(end) if is_url(&rest[1..]) && rest[end..].starts_with('>') => verbatim(out, rest, end + 1),
        _ => replaced(out, '<', "&lt;"),
    }
}

/// `[text](url)` is a link, `[Name]` a reference; any other bracket is text.
fn bracket(out: &mut String, rest: &str, link: Resolver<'_>) -> usize {
    let Some(close) = rest.find([']', '\n']).filter(|at| rest[*at..].starts_with(']')) else {
        return replaced(out, '[', "\\[");
    };
    let after = &rest[close + 1..];
    let target = if after.starts_with('(') {
        after.find([')', '\n']).filter(|at| after[*at..].starts_with(')'))
    } else {
        None
    };
    if let Some(end) = target {
        return verbatim(out, rest, close + 1 + end + 1);
    }
    match link(rest[1..close].trim_matches('`')) {
        Some(markdown) => {
            out.push_str(&markdown);
            close + 1
        }
        None => replaced(out, '[', "\\["),
    }
}

#[cfg(test)]
mod tests {
    use super::{block, code, line, listed, prose};

    fn shown(text: &str) -> String {
        prose(text, &|name| (name == "User").then(|| "[`User`](#user)".to_owned()))
    }

    #[test]
    fn references_become_links() {
        assert_eq!(
            shown("A [User], [`User`] or [Nobody]."),
            "A [`User`](#user), [`User`](#user) or \\[Nobody]."
        );
        assert_eq!(shown("See [the guide](https://acme.test/a)."), "See [the guide](https://acme.test/a).");
        assert_eq!(shown("A [ alone\nand ]"), "A \\[ alone\nand ]");
    }

    #[test]
    fn angle_brackets_are_text_unless_they_hold_a_link() {
        assert_eq!(shown("list<string> or <https://acme.test>"), "list&lt;string&gt; or <https://acme.test>");
        assert_eq!(shown("> quoted\na -> b"), "> quoted\na -&gt; b");
    }

    #[test]
    fn code_is_left_alone() {
        assert_eq!(shown("`list<User>` and `` `[User]` ``"), "`list<User>` and `` `[User]` ``");
        assert_eq!(shown("an odd ` tick"), "an odd \\` tick");
        assert_eq!(
            shown("so:\n\n```json\n[<User>]\n```\n\ndone <"),
            "so:\n\n```json\n[<User>]\n```\n\ndone &lt;"
        );
    }

    #[test]
    fn headings_do_not_join_those_of_the_page() {
        assert_eq!(shown("## More\n\n#1 is first"), "**More**\n\n#1 is first");
    }

    #[test]
    fn escapes_and_addresses_stay() {
        assert_eq!(
            shown("\\[User] at https://acme.test/?a=[User]&b"),
            "\\[User] at https://acme.test/?a=[User]&b"
        );
    }

    #[test]
    fn a_summary_is_one_line() {
        assert_eq!(line("one\n  two", &|_| None), "one two");
    }

    #[test]
    fn lists_read_as_sentences() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(listed(&parts[..1], "or"), "a");
        assert_eq!(listed(&parts[..2], "or"), "a or b");
        assert_eq!(listed(&parts, "and"), "a, b and c");
    }

    #[test]
    fn code_takes_more_ticks_than_it_holds() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert_eq!(block("md", "```\na\n```\n"), "````md\n```\na\n```\n````");
    }
}
