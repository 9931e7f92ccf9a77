//! The `link` header (RFC 8288), which contains the URLs of other pages.

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with the relation `next`, as the server wrote it.
///
/// A malformed link ends its header line, because the links after it cannot be found.
pub(crate) fn next_link(headers: &HeaderMap) -> Option<String> {
    let lines =
        headers.get_all(LINK).into_iter().filter_map(|line| std::str::from_utf8(line.as_bytes()).ok());
    lines.flat_map(Links).find(|link| link.is_next()).map(|link| link.target.to_owned())
}

struct LinkValue<'h> {
    target: &'h str,
    /// The relation types, separated by spaces.
    rel: Option<String>,
}

impl LinkValue<'_> {
    fn is_next(&self) -> bool {
        let rel = self.rel.as_deref().unwrap_or_default();
        rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("next"))
    }
}

/// The links of a header line that is not yet read.
struct Links<'h>(&'h str);

impl<'h> Iterator for Links<'h> {
    type Item = LinkValue<'h>;

    fn next(&mut self) -> Option<LinkValue<'h>> {
        // Empty items of a list are allowed.
        let text = self.0.trim_start_matches([' ', '\t', ',']);
        let Some((target, rest)) = text.strip_prefix('<').and_then(|text| text.split_once('>')) else {
            self.0 = "";
            return None;
        };
        let mut params = Params(rest);
        let mut rel = None;
        for (name, value) in params.by_ref() {
            // Only the first relation counts.
            if name.eq_ignore_ascii_case("rel") && rel.is_none() {
                rel = Some(value);
            }
        }
        self.0 = params.0;
        Some(LinkValue { target: target.trim(), rel })
    }
}

/// The parameters of a link. After the last one, the text starts with the next link or is malformed.
struct Params<'h>(&'h str);

impl<'h> Iterator for Params<'h> {
    type Item = (&'h str, String);

    fn next(&mut self) -> Option<Self::Item> {
        let mut text = self.0.trim_start();
        while let Some(rest) = text.strip_prefix(';') {
            text = rest.trim_start();
        }
        let end = text.find([';', ',', '=']).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end)?;
        self.0 = rest;
        if name.trim().is_empty() && !rest.starts_with('=') {
            return None;
        }
        let value = match rest.strip_prefix('=') {
            Some(rest) => {
                let (value, rest) = value(rest.trim_start());
                self.0 = rest;
                value
            }
            None => String::new(),
        };
        Some((name.trim(), value))
    }
}

/// Returns a value in quotes or without, and the text after it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at_checked(end).unwrap_or((text, ""));
        return (value.trim().to_owned(), rest);
    };
    let mut value = String::new();
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => value.extend(chars.next()),
            c => value.push(c),
        }
    }
    (value, chars.as_str().trim_start())
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};
    use proptest::prelude::*;

    use super::next_link;

    fn next(lines: &[&str]) -> Option<String> {
        let lines = lines.iter().map(|line| HeaderValue::from_bytes(line.as_bytes()).expect("a value"));
        let headers: HeaderMap = lines.map(|line| (http::header::LINK, line)).collect();
        next_link(&headers)
    }

    #[test]
    fn next_link_is_found() {
        for line in [
            "<https://a.test/?page=2>; rel=\"next\"",
            "<https://a.test/?page=2>;rel=next",
            "<https://a.test/?page=2>; rel=\"prev Next\"",
            "< https://a.test/?page=2 > ; title=\"a, b; c=\\\"<x>\\\"\" ;; REL = \"next\" ",
            "<https://a.test/?page=1>; rel=\"first\", <https://a.test/?page=2>; rel=\"next\"; type=a/b",
            ", ,<https://a.test/?page=1>; rel=prev ,<https://a.test/?page=2>; crossorigin; rel=next, <x>",
        ] {
            assert_eq!(next(&[line]).as_deref(), Some("https://a.test/?page=2"), "{line}");
        }
        assert_eq!(next(&["<a>; rel=last", "<b,;>; rel=next"]).as_deref(), Some("b,;"));
        assert_eq!(next(&["broken", "<b>; rel=next"]).as_deref(), Some("b"));
    }

    #[test]
    fn other_links_are_not_next() {
        for line in [
            "",
            "<a>",
            "<a>; rel=last",
            "<a>; rel=last; rel=next",
            "<a>; rel=\"nextpage\"",
            "<a>; title=\"rel=next\"",
            "<a; rel=next",
            "a; rel=next",
            "<a>; rel",
            "<a>; =next",
        ] {
            assert_eq!(next(&[line]), None, "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(line in "[ -~]{0,60}") {
            let _ = next(&[&line]);
        }

        #[test]
        fn next_link_is_found_among_others(
            others in prop::collection::vec(("[a-z/:?=&,;]{0,12}", "[a-z]{1,8}", "[ -~]{0,16}"), 0..4),
            target in "[a-z/:?=&,;]{1,12}",
            at in 0_usize..4,
        ) {
            let mut links: Vec<_> = others
                .into_iter()
                .map(|(target, name, value)| {
                    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                    format!("<{target}>; x{name}=\"{value}\"; rel=last")
                })
                .collect();
            links.insert(at.min(links.len()), format!("<{target}>; rel=\"next\""));
            prop_assert_eq!(next(&[&links.join(", ")]), Some(target));
        }
    }
}
