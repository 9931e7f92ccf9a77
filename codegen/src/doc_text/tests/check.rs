//! Tests of references, of unclosed code blocks and of hidden lines.

use crate::doc_text::check;

fn names(text: &str) -> Vec<String> {
    check(text).references.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn names_in_brackets_are_references() {
    let text = "See [User], [users.update], [the user](User) and [them][users.keys].";
    assert_eq!(names(text), ["User", "users.update", "User", "users.keys"]);
    assert_eq!(check("a [User]").references, [(3, "User".to_owned())]);
}

#[test]
fn other_brackets_are_text() {
    for text in [
        "an index[at] of a list",
        "`[User]` and ``a ` [User]``",
        "from [0, 1) to [a-z]",
        "\\[sic]",
        "[the site](https://acme.test) and [it](#here)",
        "[site]\n\n[site]: https://acme.test",
        "- [x] done",
        "![image](picture)",
        "[not a link]",
        "https://acme.test/[User]/x",
    ] {
        assert_eq!(names(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn code_blocks_are_not_prose() {
    let found = check("a\n\n```json\n[User]\n```\n\n~~~\n[b]\n~~~\n\n    [c]\n[d]");
    assert_eq!(found.references.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["d"]);
    assert_eq!(found.unclosed, None);
}

#[test]
fn unclosed_code_block_is_found() {
    assert_eq!(check("a\n\n````\nb\n```\n").unclosed, Some(3..7));
    assert_eq!(check("a ``` b").unclosed, None);
    assert_eq!(check("```a``` b").unclosed, None);
}

#[test]
fn definition_without_a_url_is_a_hidden_line() {
    assert_eq!(check("a\n\n[Note]: careful\n").hidden.first(), Some(&(3..9)));
    for text in
        ["[site]\n\n[site]: https://acme.test", "[it]: #here", "\\[Note]: careful", "`[Note]: careful`"]
    {
        assert!(check(text).hidden.is_empty(), "{text}");
    }
}
