//! The query and the fragment that belong to the path of an operation, such as `?upload` or `#create`.
//!
//! A query consists of keys without values, which every request contains. A fragment only distinguishes the operation from
//! others with the same path, and is not sent.

use super::path::Problem;

/// The text after a path.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Tail {
    /// The text as written.
    pub text: String,
    /// The keys of the query.
    pub flags: Vec<String>,
}

/// Splits the text at the first `?` or `#` that is not in braces.
pub(super) fn split(text: &str) -> (&str, &str) {
    let mut is_inside = false;
    let end = text.find(|c| {
        match c {
            '{' => is_inside = true,
            '}' | '/' => is_inside = false,
            _ => {}
        }
        matches!(c, '?' | '#') && !is_inside
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// Checks the text after a path that ends at `start`.
pub(super) fn check(start: usize, text: &str, builds_url: bool) -> Result<Tail, Problem> {
    let (query, fragment) = text.split_once('#').map_or((text, None), |(query, rest)| (query, Some(rest)));
    let problem = |at: usize, len: usize, label| Err(Problem { start: start + at, len, label });
    if let Some(fragment) = fragment {
        if builds_url {
            return problem(query.len(), fragment.len() + 1, "a URL has no fragment");
        }
        if fragment.is_empty() {
            return problem(query.len(), 1, "the fragment is empty");
        }
        if let Some((at, c)) = fragment.char_indices().find(|(_, c)| !is_plain(*c) && !"=&+".contains(*c)) {
            return problem(
                query.len() + 1 + at,
                c.len_utf8(),
                "this character cannot be part of a fragment",
            );
        }
    }
    let mut flags: Vec<String> = Vec::new();
    let mut at = 1;
    for key in query.strip_prefix('?').into_iter().flat_map(|query| query.split('&')) {
        if key.is_empty() {
            return problem(at - 1, 1, "the query has an empty key");
        }
        if let Some((offset, c)) = key.char_indices().find(|(_, c)| !is_plain(*c)) {
            let label = match c {
                '=' | '{' | '<' => "a value in the query belongs to the parameters",
                _ => "this character cannot be part of a key of the query",
            };
            return problem(at + offset, c.len_utf8(), label);
        }
        if flags.iter().any(|other| other == key) {
            return problem(at, key.len(), "the query contains this key twice");
        }
        flags.push(key.to_owned());
        at += key.len() + 1;
    }
    Ok(Tail { text: text.to_owned(), flags })
}

/// Returns the keys of a query that are valid, and whether the query contains others.
pub(super) fn repair(tail: &str) -> (String, bool) {
    let query = tail.split('#').next().unwrap_or_default();
    let mut kept: Vec<&str> = Vec::new();
    let mut drops_key = false;
    for key in query.strip_prefix('?').unwrap_or_default().split('&').filter(|key| !key.is_empty()) {
        if !key.chars().all(is_plain) {
            drops_key = true;
        } else if !kept.contains(&key) {
            kept.push(key);
        }
    }
    let mark = if kept.is_empty() { "" } else { "?" };
    (format!("{mark}{}", kept.join("&")), drops_key)
}

/// Whether a character has no other meaning in a query or a fragment.
fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$'()*,;:@/?".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{check, repair, split};

    #[test]
    fn keys_and_fragments_are_parsed() {
        for (text, path, tail, flags) in [
            ("/a", "/a", "", [].as_slice()),
            ("/a?upload", "/a", "?upload", &["upload"]),
            ("/a?b&c:d#create", "/a", "?b&c:d#create", &["b", "c:d"]),
            ("/{a}#X-Target=A.B", "/{a}", "#X-Target=A.B", &[]),
            ("/{a?}/b", "/{a?}/b", "", &[]),
            ("/a#b?c", "/a", "#b?c", &[]),
        ] {
            let (found, rest) = split(text);
            let found_tail = check(found.len(), rest, false).expect(text);
            assert_eq!(
                (found, found_tail.text.as_str(), found_tail.flags.as_slice()),
                (path, tail, flags_of(flags).as_slice())
            );
        }
    }

    fn flags_of(flags: &[&str]) -> Vec<String> {
        flags.iter().map(|flag| (*flag).to_owned()).collect()
    }

    #[test]
    fn valid_keys_survive_a_repair() {
        for (text, kept, drops_key) in [
            ("", "", false),
            ("?", "", false),
            ("?acl#x", "?acl", false),
            ("?upload&upload", "?upload", false),
            ("?upload&limit=1", "?upload", true),
            ("?{name}", "", true),
            ("#x?acl", "", false),
        ] {
            assert_eq!(repair(text), (kept.to_owned(), drops_key), "{text}");
        }
    }

    #[test]
    fn invalid_tail_is_located() {
        for (text, part, builds_url) in [
            ("/a?", "?", false),
            ("/a?b&", "&", false),
            ("/a?b&&c", "&", false),
            ("/a?b=1", "=", false),
            ("/a?{b}", "{", false),
            ("/a?b+c", "+", false),
            ("/a?b&b", "b", false),
            ("/a#", "#", false),
            ("/a#b%20", "%", false),
            ("/a?b#c", "#c", true),
        ] {
            let (path, tail) = split(text);
            let problem = check(path.len(), tail, builds_url).expect_err(text);
            assert_eq!(&text[problem.start..problem.start + problem.len], part, "{text}");
        }
    }
}
