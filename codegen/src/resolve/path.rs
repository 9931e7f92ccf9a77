//! The rules of paths in requests, URLs and servers: valid characters and placeholders.
//!
//! The runtime sends a path unchanged, and its rules are less strict: a path that passes here reaches the server as written.

use std::fmt::Write as _;

/// An invalid part of a path.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub start: usize,
    pub len: usize,
    pub label: &'static str,
}

/// The start of the name of a placeholder, and the name.
pub(super) type Placeholder<'p> = (usize, &'p str);

/// Returns the placeholders of a path, in order. A placeholder that occurs twice is returned once.
pub(super) fn check(path: &str) -> Result<Vec<Placeholder<'_>>, Problem> {
    if !path.starts_with('/') {
        let label = if path.contains("://") {
            "a path without the host is expected"
        } else {
            "a path begins with `/`"
        };
        return Err(Problem { start: 0, len: path.len(), label });
    }
    let mut placeholders: Vec<Placeholder<'_>> = Vec::new();
    let mut start = 1;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    for (at, segment) in segments.iter().enumerate() {
        let is_last = at + 1 == segments.len();
        if segment.is_empty() && !is_last {
            return Err(Problem { start: start - 1, len: 2, label: "an empty segment" });
        }
        for (offset, name) in check_segment(segment).map_err(|problem| problem.moved(start))? {
            if !placeholders.iter().any(|(_, other)| *other == name) {
                placeholders.push((start + offset, name));
            }
        }
        start += segment.len() + 1;
    }
    Ok(placeholders)
}

impl Problem {
    fn moved(self, by: usize) -> Self {
        Self { start: self.start + by, ..self }
    }
}

fn check_segment(segment: &str) -> Result<Vec<Placeholder<'_>>, Problem> {
    let whole = |label| Err(Problem { start: 0, len: segment.len(), label });
    let is_dots = |segment: &str| matches!(segment, "." | "..");
    if is_dots(segment) || is_dots(&segment.to_ascii_lowercase().replace("%2e", ".")) {
        return whole("URL libraries remove this segment");
    }
    if segment.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return whole(PLACEHOLDER);
    }
    let mut placeholders = Vec::new();
    let mut at = 0;
    while let Some(c) = segment.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = segment.get(at + 1..).unwrap_or_default();
        match c {
            '{' => {
                let name = rest.split('}').next().unwrap_or_default();
                let is_closed = name.len() < rest.len();
                if !is_closed || name.is_empty() || !name.chars().all(is_name) {
                    let len = (name.len() + 1 + usize::from(is_closed)).min(segment.len() - at);
                    return Err(Problem { start: at, len, label: PLACEHOLDER });
                }
                placeholders.push((at + 1, name));
                at += name.len() + 2;
            }
            '$' if rest.starts_with('{') => return Err(Problem { start: at, len: 1, label: PLACEHOLDER }),
            '%' if is_code(rest) => at += 3,
            c if is_literal(c) => at += 1,
            c => return Err(Problem { start: at, len: c.len_utf8(), label: misplaced(c) }),
        }
    }
    Ok(placeholders)
}

/// Whether two hexadecimal digits follow a percent sign.
fn is_code(rest: &str) -> bool {
    rest.get(..2).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

const PLACEHOLDER: &str = "a placeholder is the name of a parameter in braces";

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a character needs no encoding in the path of a URL.
fn is_literal(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(c)
}

fn misplaced(c: char) -> &'static str {
    match c {
        '?' => "a base URL has no query",
        '#' => "a base URL has no fragment",
        '}' | '<' | '>' | '[' | ']' => PLACEHOLDER,
        '%' => "two hexadecimal digits follow a percent sign",
        _ => "this character is encoded in a path",
    }
}

/// Returns the path without invalid parts, and with every placeholder in braces.
///
/// The result can still have a problem, such as an invalid character.
pub(super) fn repair(path: &str) -> String {
    let path = path.trim();
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"),
        None => path,
    };
    let path = in_braces(path);
    let path = path.split(|c: char| matches!(c, '?' | '#') || c.is_whitespace()).next().unwrap_or_default();
    let path = encoded(path);
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            segment => segments.push(segment),
        }
    }
    let slash = if path.ends_with('/') && !segments.is_empty() { "/" } else { "" };
    format!("/{}{slash}", segments.join("/"))
}

/// Encodes the characters that a path cannot contain, except those of placeholders.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path.chars();
    while let Some(c) = rest.next() {
        match c {
            '%' if !is_code(rest.as_str()) => out.push_str("%25"),
            '/' | '%' | '{' | '}' => out.push(c),
            c if is_literal(c) => out.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| {
                let _ = write!(out, "%{byte:02X}");
            }),
        }
    }
    out
}

/// Rewrites `:id`, `<id>`, `[id]`, `${id}`, `{{id}}`, `{ id }` and `{id:int}` to `{id}`.
fn in_braces(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(c) = rest.chars().next() {
        let close = match c {
            '{' => Some('}'),
            '<' => Some('>'),
            '[' => Some(']'),
            _ => None,
        };
        let behind = rest.get(c.len_utf8()..).unwrap_or_default();
        let (name, after) = match close.and_then(|close| behind.split_once(close)) {
            Some((inner, after)) => (first_name(inner), after.trim_start_matches('}')),
            None if c == ':' && out.ends_with('/') => {
                let name = first_name(behind);
                (name, behind.strip_prefix(name).unwrap_or(behind).trim_start_matches('?'))
            }
            None if c == '$' && behind.starts_with('{') => {
                rest = behind;
                continue;
            }
            None => ("", behind),
        };
        match name {
            "" => out.push(c),
            name => out.extend(["{", name, "}"]),
        }
        rest = if name.is_empty() { behind } else { after };
    }
    out
}

/// Returns the first run of characters of a name.
fn first_name(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '/');
    text.split(|c: char| !is_name(c)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{check, repair};

    #[test]
    fn usable_paths_are_accepted() {
        for (path, names) in [
            ("/", [].as_slice()),
            ("/v1/users/", &[]),
            ("/v1/a/{a_id}/b/{b}.json", &["a_id", "b"]),
            ("/v1/{a}:activate", &["a"]),
            ("/v1/move:{to}", &["to"]),
            ("/v1/$metadata/{user-id}", &["user-id"]),
            ("/v1/{a}{b.c}", &["a", "b.c"]),
            ("/v1/a(1)/~b/*/+;=@!,'&", &[]),
            ("/.well-known/...", &[]),
            ("/a%20b/%C3%BC%7c", &[]),
            ("/{a}/{b}/{a}", &["a", "b"]),
        ] {
            let found = check(path).expect(path);
            assert_eq!(found.iter().map(|(_, name)| *name).collect::<Vec<_>>(), names, "{path}");
            assert!(found.iter().all(|(at, name)| path[*at..].starts_with(name)), "{path}");
            assert_eq!(repair(path), path);
        }
    }

    /// Lists the path, the part at the caret, and the repaired path.
    #[test]
    fn each_unusable_path_is_located_and_repaired() {
        for (path, part, repaired) in [
            ("v1/users", "v1/users", "/v1/users"),
            ("", "", "/"),
            ("https://a.test/v1", "https://a.test/v1", "/v1"),
            ("https://a.test", "https://a.test", "/"),
            ("/v1//users", "//", "/v1/users"),
            ("//v1", "//", "/v1"),
            ("/v1/./users", ".", "/v1/users"),
            ("/v1/../users", "..", "/users"),
            ("/users/:id", ":id", "/users/{id}"),
            ("/users/:id/keys", ":id", "/users/{id}/keys"),
            ("/users/<id>", "<", "/users/{id}"),
            ("/users/<int:id>", "<", "/users/{int}"),
            ("/users/[id]", "[", "/users/{id}"),
            ("/users/${id}/keys", "$", "/users/{id}/keys"),
            ("/users/{{id}}", "{{id}", "/users/{id}"),
            ("/users/{id", "{id", "/users/{id"),
            ("/users/id}", "}", "/users/id}"),
            ("/users/{}", "{}", "/users/{}"),
            ("/users/{ id }", "{ id }", "/users/{id}"),
            ("/users/{id:int}", "{id:int}", "/users/{id}"),
            ("/users/{id?}", "{id?}", "/users/{id}"),
            ("/users/{*rest}", "{*rest}", "/users/{rest}"),
            ("/users?limit=1", "?", "/users"),
            ("/users#top", "#", "/users"),
            ("/users ", " ", "/users"),
            ("/users HTTP/1.1", " ", "/users"),
            ("/a%2", "%", "/a%252"),
            ("/%2E./b", "%2E.", "/%2E./b"),
            ("/a\\b", "\\", "/a%5Cb"),
            ("/a\"b", "\"", "/a%22b"),
            ("/a\tb", "\t", "/a"),
            ("/a\u{7f}", "\u{7f}", "/a%7F"),
            ("/büro", "ü", "/b%C3%BCro"),
        ] {
            let problem = check(path).expect_err(path);
            assert_eq!(&path[problem.start..problem.start + problem.len], part, "{path}");
            assert_eq!(repair(path), repaired, "{path}");
        }
    }
}
