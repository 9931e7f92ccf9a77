//! Tests of doc text on a GitHub page, one per rule.

use crate::doc_text::{Link, code, code_block, github, github_cell, github_line};

fn shown(text: &str) -> String {
    github(text, &|name: &str| {
        (name == "User").then(|| Link { label: "`User`".to_owned(), target: "#user".to_owned() })
    })
}

#[test]
fn references_become_links() {
    assert_eq!(
        shown("A [User], [`User`] or [Missing]."),
        "A [`User`](#user), [`User`](#user) or \\[Missing\\]."
    );
    assert_eq!(shown("See [the guide](https://acme.test/a)."), "See [the guide](https://acme.test/a).");
    assert_eq!(shown("A [ alone\nand ]"), "A \\[ alone\nand \\]");
}

#[test]
fn angle_brackets_are_text_unless_they_contain_a_link() {
    assert_eq!(shown("list<string> or <https://acme.test>"), "list\\<string> or <https://acme.test>");
    assert_eq!(shown("> quoted\n\na -> b"), "> quoted\n\na -> b");
}

#[test]
fn code_is_unchanged() {
    assert_eq!(shown("`list<User>` and `` `[User]` ``"), "`list<User>` and `` `[User]` ``");
    assert_eq!(shown("an odd ` tick"), "an odd \\` tick");
    assert_eq!(
        shown("so:\n\n```json\n[<User>]\n```\n\ndone <b"),
        "so:\n\n```json\n[<User>]\n```\n\ndone \\<b"
    );
}

#[test]
fn headings_become_bold_text() {
    assert_eq!(shown("## More\n\n#1 is first"), "**More**\n\n#1 is first");
    assert_eq!(shown("More\n----\n\ntext"), "**More**\n\ntext");
}

#[test]
fn escapes_and_urls_are_unchanged() {
    assert_eq!(
        shown("\\[User] at https://acme.test/?a=[User]&b"),
        "\\[User\\] at <https://acme.test/?a=[User]&b>"
    );
}

#[test]
fn summary_is_one_line() {
    assert_eq!(github_line("one\n  two", &|_: &str| None), "one two");
}

#[test]
fn code_span_has_more_backticks_than_its_content() {
    assert_eq!(code("a"), "`a`");
    assert_eq!(code("`a`"), "`` `a` ``");
    assert_eq!(code_block("md", "```\na\n```\n"), "````md\n```\na\n```\n````");
}

#[test]
fn cells_are_one_line() {
    assert_eq!(github_cell("`a`\\\n`b` c  \nd"), "`a`<br>`b` c<br>d");
    assert_eq!(github_cell("one\ntwo\n\nthree"), "one two<br><br>three");
    assert_eq!(github_cell("one of\n- a\n- b | c"), "one of<br>- a<br>- b \\| c");
    assert_eq!(
        github_cell("as in\n```json\n{\n  \"a\": 1\n}\n```\nabove"),
        "as in<br>`{`<br>`\"a\": 1`<br>`}`<br>above"
    );
}

#[test]
fn cells_have_no_definitions_and_no_headings() {
    assert_eq!(
        github_cell("# Title\n\nsee [docs]\n\n[docs]: https://acme.test"),
        "**Title**<br><br>see [docs](https://acme.test)"
    );
    assert_eq!(github_cell("> quoted\n\n`a|b`"), "quoted<br><br>`a\\|b`");
}
