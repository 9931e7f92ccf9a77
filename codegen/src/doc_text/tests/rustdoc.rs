//! Tests of doc text in a doc comment, one per rule.

use proptest::prelude::*;
use syn::parse::Parser;

use proc_macro2::TokenStream;
use quote::quote;

use crate::doc_text::{plain, summary};
use crate::rust::doc::lines;

fn attributes(text: &str) -> TokenStream {
    let lines = lines(text, &link).into_iter().map(|line| format!(" {line}"));
    quote!(#(#[doc = #lines])*)
}

fn link(name: &str) -> Option<String> {
    match name {
        "User" | "users.User" => Some("crate::users::User".to_owned()),
        "Here" => Some("Here".to_owned()),
        "users.create" => Some("crate::users::Users::create".to_owned()),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    lines(text, &link).join("\n")
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (text, expected) in rows {
        assert_eq!(shown(text), *expected, "of {text:?}");
    }
}

#[track_caller]
fn unchanged(texts: &[&str]) {
    for text in texts {
        assert_eq!(shown(text), *text);
    }
}

#[test]
fn text_for_the_compiler_has_no_links() {
    assert_eq!(
        plain("Use [users.create], not [this one] or a[0]."),
        "Use `users.create`, not [this one] or a[0]."
    );
    assert_eq!(plain(" [open "), "[open");
}

#[test]
fn plain_text_is_unchanged() {
    check(&[
        ("", ""),
        ("\n\n", ""),
        ("One.", "One."),
        ("One.  \n", "One."),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\r\nb", "a\nb"),
    ]);
    unchanged(&[
        "One line.\nAnother one.",
        "a\n\nb",
        "2 < 3 and 4 > 3",
        "a <- b -> c",
        "snake_case and **bold** and *it*",
        "a & b",
    ]);
}

#[test]
fn bare_urls_become_links() {
    check(&[
        ("See https://acme.example/docs.", "See <https://acme.example/docs>."),
        ("(https://acme.example/a_(b))", "(<https://acme.example/a_(b)>)"),
        ("http://localhost:80/x?a=1&b=2, and", "<http://localhost:80/x?a=1&b=2>, and"),
        ("**https://acme.example**", "**<https://acme.example>**"),
        ("\"https://acme.example\"", "\"<https://acme.example>\""),
        ("https:// alone", "https:// alone"),
    ]);
    unchanged(&[
        "<https://acme.example>",
        "`https://acme.example`",
        "[the docs](https://acme.example/docs)",
        "[https://acme.example](https://acme.example)",
        "write to <ada@acme.example>",
    ]);
}

#[test]
fn references_become_links() {
    check(&[
        ("A [User].", "A [`User`](crate::users::User)."),
        ("A [`User`].", "A [`User`](crate::users::User)."),
        ("A [Here].", "A [`Here`]."),
        ("A [users.User]s", "A [`User`](crate::users::User)s"),
        ("[users.create][]", "[`create`](crate::users::Users::create)"),
        ("[the person][User]", "[the person](crate::users::User)"),
        ("[the person](User)", "[the person](crate::users::User)"),
        ("[the person](Missing)", "the person"),
        ("[x <y>](https://a.example)", "[x \\<y>](https://a.example)"),
    ]);
}

#[test]
fn brackets_without_a_target_are_text() {
    check(&[
        ("a [word] here", "a \\[word\\] here"),
        ("list[0] and [", "list\\[0\\] and \\["),
        ("[a [User] b]", "\\[a [`User`](crate::users::User) b\\]"),
        ("[a][b]", "\\[a\\]\\[b\\]"),
        ("a [^1]", "a \\[^1\\]"),
        ("[`a]` b]", "\\[`a]` b\\]"),
    ]);
    unchanged(&[
        "\\[word\\]",
        "`[word]`",
        "see [the docs]\n\n[the docs]: https://acme.example",
        "see [this][docs]\n\n[docs]: https://acme.example",
        "a note[^1]\n\n[^1]: The note.",
        "![alt](https://acme.example/a.png)",
        "- [ ] open\n- [x] done",
    ]);
}

#[test]
fn html_is_escaped() {
    check(&[
        ("a list<string>", "a list\\<string>"),
        ("<script>x</script>", "\\<script>x\\</script>"),
        ("<!-- c -->", "\\<!-- c -->"),
        ("<div>\n\ntext", "\\<div>\n\ntext"),
        ("> <p\ntext", "> \\<p\n\ntext"),
        ("- <p\n- <b", "- \\<p\n- \\<b"),
        ("> a\n<p", "> a\n\n\\<p"),
        ("- a\n<p", "- a\n\n\\<p"),
        ("> - a\n> <p\ntext", "> - a\n>\n> \\<p\n\ntext"),
        ("- > <!-- c -->\n  text", "- > \\<!-- c -->\n\n  text"),
        ("> a\n- <p", "> a\n- \\<p"),
        ("a\n<p", "a\n\\<p"),
        ("| a |\n|---|\n<p", "| a |\n|---|\n\n\\<p"),
        ("<!-- c -->\n---", "\\<!-- c -->\n\n---"),
        ("<!-- c -->\nTitle\n===", "\\<!-- c -->\n\nTitle\n==="),
        ("> <p\n2. b", "> \\<p\n\n2. b"),
        ("> <a\n> b>", "> \\<a\n> b>"),
        ("map<list<T>>", "map\\<list\\<T>>"),
        ("<a:b c>", "\\<a:b c>"),
    ]);
    unchanged(&["`list<string>`", "``a ` <b>``", "```text\n<script>\n```"]);
}

#[test]
fn code_is_unchanged_and_never_run() {
    check(&[
        ("```\nlet x = [1];\n```", "```text\nlet x = [1];\n```"),
        ("~~~\nx\n~~~", "~~~text\nx\n~~~"),
        ("```json\n{\"a\": [1]}", "```json\n{\"a\": [1]}\n```"),
        ("    let x = 1;\n\n      y\n\ntext", "```text\nlet x = 1;\n\n  y\n```\n\ntext"),
        ("    ```\n    x", "````text\n```\nx\n````"),
        ("text\n    goes on", "text\ngoes on"),
        ("- a\n\n      code", "- a\n\n  ```text\n  code\n  ```"),
        ("- a\n  ```\n  x\nb", "- a\n  ```text\n  x\n  ```\nb"),
        ("\tx", "```text\nx\n```"),
    ]);
    unchanged(&[
        "```json\n{}\n```",
        "````md\n```\n````",
        "```no_run\nx();\n```",
        "```text\na\n\n\n\nb\n```",
        "- a\n\n  ```sh\n  b\n  ```",
    ]);
}

#[test]
fn unclosed_backticks_are_text() {
    check(&[
        ("a ` b", "a \\` b"),
        ("a `` b ` [c]", "a \\`\\` b \\` \\[c\\]"),
        ("`a\nb`", "`a b`"),
        ("`a\n\nb`", "\\`a\n\nb\\`"),
    ]);
}

#[test]
fn comment_delimiters_are_harmless() {
    for text in ["a */ b", "a \" b \\", "#\"# \\n {}", "/* a", "/ a", "\u{202e}x\u{0}\u{7f}y\u{2066}"] {
        let tokens = attributes(text);
        let file: syn::File = syn::parse2(quote!(#tokens struct A;)).unwrap();
        let printed = prettyplease::unparse(&file);
        assert!(printed.starts_with("/// "), "{printed}");
        let reread = syn::parse_file(&printed).unwrap();
        assert_eq!(quote!(#reread).to_string(), quote!(#file).to_string());
    }
    assert_eq!(shown("\u{202e}x\u{0}\u{7f}y\u{2066}"), "xy");
}

#[test]
fn blocks_keep_their_structure() {
    unchanged(&[
        "# Title\n\nText.",
        "Title\n=====\n\nText.",
        "Title\n-----",
        "- a\n- b\n  more\n  - c\n- d",
        "1. a\n2. b\n\n   more\n10. c",
        "* a\n\n* b",
        "> quoted\n> text\n>\n> - a\n\nb",
        "a\n\n---\n\nb",
        "| a | b |\n|---|:-:|\n| `x` | y |\n\ntext",
        "text:\n- a\n- b",
        "a\\\nb",
        "-",
    ]);
    check(&[
        ("a  \nb", "a\\\nb"),
        ("- a\nlazy", "- a\n  lazy"),
        ("-   a\n    b", "- a\n  b"),
        ("| a<b> | [c] |\n|---|---|", "| a\\<b> | \\[c\\] |\n|---|---|"),
        ("In\n2020. Then", "In\n2020. Then"),
    ]);
}

#[test]
fn line_of_a_paragraph_starts_no_block() {
    check(&[
        ("> a\n===", "> a\n> \\==="),
        ("> a\n--", "> a\n> \\--"),
        ("> |a|\n|---|", "> |a|\n> \\|---|"),
        ("a\n    - b", "a\n\\- b"),
        ("a\n    + b", "a\n\\+ b"),
        ("a\n    * b", "a\n\\* b"),
        ("a\n    1. b", "a\n1\\. b"),
        ("a\n    1) b", "a\n1\\) b"),
        ("a\n    # b", "a\n\\# b"),
        ("a\n    > b", "a\n\\> b"),
        ("a\n    ~~~", "a\n\\~~~"),
        ("a\n    ***", "a\n\\***"),
        ("a\n    _ _ _", "a\n\\_ _ _"),
    ]);
    unchanged(&["a\n1.", "a\n2. b", "a\n+", "a\n#b", "a\n####### b", "a\n**", "a\n=b", "a\n```b```"]);
}

#[test]
fn long_lines_are_wrapped() {
    let words = "word ".repeat(30);
    let link_text = format!(
        "{words}[a link with many words in it](https://acme.example/a/long/path) `some code here` {words}"
    );
    for text in [words.clone(), format!("- {words}\n- b"), format!("> {words}"), link_text.clone()] {
        assert!(lines(&text, &link).iter().all(|line| line.chars().count() <= 100), "{}", shown(&text));
    }
    let wrapped = shown(&link_text);
    assert!(wrapped.contains("[a link with many words in it](https://acme.example/a/long/path)"));
    assert!(wrapped.contains("`some code here`"));
    assert_eq!(lines(&format!("1. {words}"), &link)[1].find('w'), Some(3));
    let url = format!("https://acme.example/{}", "a".repeat(120));
    assert_eq!(
        lines(&format!("See {url} there"), &link),
        ["See".to_owned(), format!("<{url}>"), "there".to_owned()]
    );
    let table = format!("| a | {words}|\n|---|---|");
    assert_eq!(lines(&table, &link).len(), 2);
    let heading = format!("# {words}");
    assert_eq!(lines(&heading, &link).len(), 1);
}

#[test]
fn wrapped_line_does_not_start_a_block() {
    for sign in ["-", "+", "1.", "#", ">", "|", "==", "---", "*"] {
        for padding in 85..100 {
            let text = format!("{} {sign} {}", "x".repeat(padding), "y ".repeat(40));
            let wrapped = lines(&text, &link);
            assert!(wrapped.iter().all(|line| line.starts_with(['x', 'y'])), "{wrapped:?}");
        }
    }
}

#[test]
fn summary_is_the_first_sentence() {
    let rows = [
        ("One. Two.", "One."),
        ("One", "One"),
        ("One\ntwo. Three", "One\ntwo."),
        ("One\n\nTwo.", "One"),
        ("Takes e.g. Acme. More.", "Takes e.g. Acme."),
        ("Ids, i.e. Names of items, go here. More.", "Ids, i.e. Names of items, go here."),
        ("Since 1.0 it works. More.", "Since 1.0 it works."),
        ("See https://acme.example/a.b?c. More.", "See https://acme.example/a.b?c."),
        ("Reads `a. B`. More.", "Reads `a. B`."),
        ("Reads `a.` More.", "Reads `a.` More."),
        ("(All of it.) More.", "(All of it.)"),
        ("**Bold.** More.", "**Bold.**"),
        ("Why? Because! So.", "Why?"),
        ("Wait... what. More.", "Wait... what."),
        ("1. First. 2. Second.", "1. First."),
        ("List:\n- a\n- b", "List:"),
        ("Code:\n```\nx\n```", "Code:"),
        ("# Title\n\nText.", "Title"),
        ("  \n One. Two.", "One."),
        ("A ` b. C.", "A ` b."),
        ("Größe… “Ja.” Nein.", "Größe… “Ja.”"),
        ("", ""),
    ];
    for (text, expected) in rows {
        assert_eq!(summary(text), expected, "of {text:?}");
    }
}

/// Text with many characters that have a meaning in Markdown.
const MARKDOWN: &str = "([a-zA-Z0-9 .]|[`\\[\\]()<>*_#|!\\\\:/^~&\"'-]|\n|\n\n|    |```|- |1\\. |> |https://|\\[User\\]|é|\t|\r){0,60}";

proptest! {
    #[test]
    fn attributes_parse(text in MARKDOWN) {
        let outer = syn::Attribute::parse_outer.parse2(attributes(&text)).unwrap();
        let lines = lines(&text, &link);
        prop_assert_eq!(outer.len(), lines.len());
        prop_assert!(lines.iter().all(|line| line.trim_end() == line && !line.contains(['\n', '\t', '\r'])));
        prop_assert!(text.starts_with(summary(&text).trim()) || text.contains(summary(&text)));
    }

    #[test]
    fn any_text_is_accepted(text in "(?s:.{0,40})") {
        syn::Attribute::parse_outer.parse2(attributes(&text)).unwrap();
        summary(&text);
    }

    #[test]
    fn code_text_is_preserved(code in "([ -_a-}]{0,30}\n){0,6}", before in "[a-z. ]{0,20}") {
        let lines = lines(&format!("{before}\n\n```json\n{code}```\n"), &link);
        let start = lines.iter().position(|line| line == "```json").unwrap();
        let kept: Vec<&str> = lines[start + 1..lines.len() - 1].iter().map(String::as_str).collect();
        let written: Vec<&str> = code.lines().map(str::trim_end).collect();
        prop_assert_eq!(kept, written);
    }

    // Safe text stays unchanged, so that it can be converted twice.
    #[test]
    fn safe_text_is_unchanged(text in "[a-z .<>\\[\\]`(-]{0,30}(\n[a-z .<>\\[\\]`(-]{1,30}){0,3}") {
        let none = |_: &str| None;
        let once = lines(&text, &none).join("\n");
        prop_assert_eq!(lines(&once, &none).join("\n"), once);
    }

    // HTML in and beside each kind of block stays separate from it.
    #[test]
    fn escaped_html_is_unchanged(text in "((> |- |  |2\\. ){0,2}(a|b c|<p|</p>|<!-- c -->|---|===|# d||\\| e \\||\\|---\\|)\n){1,6}") {
        let none = |_: &str| None;
        let once = lines(&text, &none).join("\n");
        prop_assert_eq!(lines(&once, &none).join("\n"), once);
    }
}
