//! The `http:` line of an operation, or the path of a URL that is only built.

use super::path::{self, Problem};
use super::path_tail::{self, Tail};
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::Method;
use crate::source::Span;
use crate::syntax::Spanned;

/// A method and a path, with the positions of the placeholders.
pub(super) struct HttpLine {
    pub method: Method,
    /// The path without its tail.
    pub path: String,
    /// The query and the fragment after the path.
    pub tail: Tail,
    pub tail_span: Span,
    pub placeholders: Vec<(String, Span)>,
    /// Whether nothing is sent.
    pub builds_url: bool,
}

const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
    ("OPTIONS", Method::Options),
    ("TRACE", Method::Trace),
    ("QUERY", Method::Query),
];

/// Parses a path such as `/v1/login`.
pub(super) fn parse_url(line: &Spanned<String>) -> Result<HttpLine, Box<Diagnostic>> {
    // The method of an HTTP line is the most likely text before a path.
    let path = line.value.rsplit_once(' ').map_or(line.value.as_str(), |(_, path)| path);
    let reader = Reader { line, what: "URL path", prefix: String::new(), unknown_method: false, path };
    reader.line(Method::Get, 0, &line.value, true)
}

/// Parses a line such as `GET /v1/users/{user_id}`.
pub(super) fn parse(line: &Spanned<String>) -> Result<HttpLine, Box<Diagnostic>> {
    let text = line.value.as_str();
    let (word, path) = match text.trim().split_once(char::is_whitespace) {
        Some((word, path)) => (word, path.trim_start()),
        None => ("", text.trim()),
    };
    let meant = meant_method(word);
    let prefix = format!("{} ", meant.map_or("GET", |(word, _)| word));
    let unknown_method = !word.is_empty() && meant.is_none();
    let reader = Reader { line, what: "HTTP line", prefix, unknown_method, path };
    let Some((method, path)) = text.split_once(' ') else {
        if let Some((method, path)) =
            text.split_once('/').filter(|(word, _)| METHODS.iter().any(|(known, _)| known == word))
        {
            let problem = reader.error(0, text.len(), "a space is missing after the method");
            return Err(Box::new(problem.help(format!("write `{method} /{path}`"))));
        }
        return Err(reader.error(0, text.len(), "a method and a path are expected"));
    };
    let Some((_, known)) = METHODS.iter().find(|(word, _)| *word == method) else {
        let label = match meant {
            Some((near, _)) => format!("did you mean `{near}`?"),
            None => format!("the methods are {}", quoted(METHODS.iter().map(|(word, _)| *word))),
        };
        return Err(reader.error(0, method.len(), &label));
    };
    let offset = method.len() + 1;
    reader.line(*known, offset, path, false)
}

/// Returns the method that is most likely meant.
fn meant_method(word: &str) -> Option<(&'static str, Method)> {
    let word = word.trim_end_matches(':');
    let near = nearest(word, METHODS.iter().map(|(known, _)| *known))?;
    METHODS.iter().find(|(known, _)| *known == near).copied()
}

/// Returns the path with every placeholder as `{}`. Servers distinguish no more than that.
pub(super) fn normalized(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                out.push_str("{}");
            }
            '}' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

/// A line that is being parsed, with the parts of its repair.
struct Reader<'l> {
    line: &'l Spanned<String>,
    what: &'static str,
    /// The part before the path.
    prefix: String,
    /// Whether the line has an unknown method.
    unknown_method: bool,
    /// The text that is most likely the path.
    path: &'l str,
}

impl Reader<'_> {
    fn error(&self, start: usize, len: usize, label: &str) -> Box<Diagnostic> {
        let message = format!("`{}` is not a valid {}", self.line.value, self.what);
        let problem = Diagnostic::error(Code::MalformedHttp, self.line.part(start, len.max(1)), message);
        Box::new(problem.label(label).help(self.help()))
    }

    /// Returns the advice with the repaired line, if there is one.
    fn help(&self) -> String {
        let path = path::repair(self.path);
        let (kept, query) = path_tail::repair(path_tail::split(self.path).1);
        let repaired = format!("{path}{kept}");
        match path::check(&path) {
            Ok(_) if query => {
                format!(
                    "write `{}{repaired}`, and describe the query under `params`, with `const:` for a value that never changes",
                    self.prefix
                )
            }
            Ok(_) if self.unknown_method => format!("write one of these methods, as in `POST {repaired}`"),
            Ok(_) => format!("write `{}{repaired}`", self.prefix),
            Err(_) if self.path.contains(['{', '}']) => {
                format!("write the placeholder as in `{}/v1/users/{{user_id}}`", self.prefix)
            }
            Err(_) => "write a placeholder for the segment, and give its value as a parameter with `const:`"
                .to_owned(),
        }
    }

    /// Returns the line, whose path starts at an offset.
    fn line(
        &self,
        method: Method,
        offset: usize,
        text: &str,
        builds_url: bool,
    ) -> Result<HttpLine, Box<Diagnostic>> {
        let invalid = |Problem { start, len, label }| self.error(offset + start, len, label);
        let (path, tail) = path_tail::split(text);
        let found = path::check(path).map_err(invalid)?;
        let place = |at: usize, name: &str| self.line.part(offset + at, name.len());
        let placeholders = found.into_iter().map(|(at, name)| (name.to_owned(), place(at, name))).collect();
        let tail = path_tail::check(path.len(), tail, builds_url).map_err(invalid)?;
        let tail_span = self.line.part(offset + path.len(), tail.text.len());
        Ok(HttpLine { method, path: path.to_owned(), tail, tail_span, placeholders, builds_url })
    }
}

#[cfg(test)]
mod tests {
    use super::{normalized, parse, parse_url};
    use crate::diagnostic::Diagnostic;
    use crate::source::Span;
    use crate::syntax::Spanned;

    fn spanned(line: &str) -> Spanned<String> {
        Spanned::new(Span::new(0, 0..line.len()), line.to_owned())
    }

    /// Returns the part of the line at the caret, the label and the help.
    fn shown(line: &str, problem: Diagnostic) -> [String; 3] {
        let part = line[problem.span.start..problem.span.end].to_owned();
        [part, problem.label, problem.help.unwrap_or_default()]
    }

    #[test]
    fn method_path_and_placeholders_are_parsed() {
        let line = "PUT /v1/a/{a_id}/b/{b}.json";
        let http = parse(&spanned(line)).unwrap();
        assert_eq!(format!("{:?} {}", http.method, http.path), "Put /v1/a/{a_id}/b/{b}.json");
        let names: Vec<_> = http
            .placeholders
            .iter()
            .map(|(name, span)| (name.as_str(), &line[span.start..span.end]))
            .collect();
        assert_eq!(names, [("a_id", "a_id"), ("b", "b")]);
        assert_eq!(normalized("/v1/a/{a_id}/b/{b}.json"), "/v1/a/{}/b/{}.json");
    }

    #[test]
    fn invalid_line_is_located_and_repaired() {
        const VALUE: &str =
            "write a placeholder for the segment, and give its value as a parameter with `const:`";
        for (line, part, label, help) in [
            ("/v1", "/v1", "a method and a path are expected", "write `GET /v1`"),
            ("https://a.test/v1", "https://a.test/v1", "a method and a path are expected", "write `GET /v1`"),
            ("PSOT /v1", "PSOT", "did you mean `POST`?", "write `POST /v1`"),
            ("post /v1", "post", "did you mean `POST`?", "write `POST /v1`"),
            (
                "SEARCH /v1",
                "SEARCH",
                "the methods are `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`, `OPTIONS`, `TRACE`, `QUERY`",
                "write one of these methods, as in `POST /v1`",
            ),
            ("GET: /v1", "GET:", "did you mean `GET`?", "write `GET /v1`"),
            ("GET v1", "v1", "a path begins with `/`", "write `GET /v1`"),
            ("GET  /v1", " /v1", "a path begins with `/`", "write `GET /v1`"),
            (
                "GET https://a.test/v1",
                "https://a.test/v1",
                "a path without the host is expected",
                "write `GET /v1`",
            ),
            (
                "GET /a?b=1",
                "=",
                "a value in the query belongs to the parameters",
                "write `GET /a`, and describe the query under `params`, with `const:` for a value that never changes",
            ),
            (
                "GET /a/:id",
                ":id",
                "a placeholder is the name of a parameter in braces",
                "write `GET /a/{id}`",
            ),
            ("GET /a%zz", "%", "two hexadecimal digits follow a percent sign", "write `GET /a%25zz`"),
            ("GET /a|b", "|", "this character is encoded in a path", "write `GET /a%7Cb`"),
            ("GET /%2e/b", "%2e", "URL libraries remove this segment", VALUE),
            ("GET /a#", "#", "the fragment is empty", "write `GET /a`"),
            (
                "GET /a/{b",
                "{b",
                "a placeholder is the name of a parameter in braces",
                "write the placeholder as in `GET /v1/users/{user_id}`",
            ),
        ] {
            let problem = *parse(&spanned(line)).err().expect(line);
            assert_eq!(shown(line, problem), [part, label, help], "{line}");
        }
    }

    #[test]
    fn invalid_url_path_is_located_and_repaired() {
        for (line, part, label, help) in [
            ("GET /v1", "GET /v1", "a path begins with `/`", "write `/v1`"),
            ("v1", "v1", "a path begins with `/`", "write `/v1`"),
            ("https://a.test/v1", "https://a.test/v1", "a path without the host is expected", "write `/v1`"),
            ("/v1#top", "#top", "a URL has no fragment", "write `/v1`"),
            ("/v1?acl#top", "#top", "a URL has no fragment", "write `/v1?acl`"),
        ] {
            let problem = *parse_url(&spanned(line)).err().expect(line);
            assert_eq!(shown(line, problem), [part, label, help], "{line}");
        }
    }
}
