//! The `http:` line of an operation, or the path of a URL that is only built.

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::Method;
use crate::source::Span;
use crate::syntax::Spanned;

/// Method and path, with the places of the placeholders.
pub(super) struct HttpLine {
    pub method: Method,
    pub path: String,
    pub placeholders: Vec<(String, Span)>,
    /// Nothing is sent.
    pub builds_url: bool,
}

const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("HEAD", Method::Head),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
];

/// Reads `/v1/login`.
pub(super) fn parse_url(line: &Spanned<String>) -> Result<HttpLine, Box<Diagnostic>> {
    let reader = Reader { line, what: "the URL path", help: "write it as in `/v1/login`" };
    let placeholders = reader.placeholders(0, &line.value)?;
    Ok(HttpLine { method: Method::Get, path: line.value.clone(), placeholders, builds_url: true })
}

/// Reads `GET /v1/users/{user_id}`.
pub(super) fn parse(line: &Spanned<String>) -> Result<HttpLine, Box<Diagnostic>> {
    let reader = Reader { line, what: "the HTTP line", help: "write it as in `GET /v1/users/{user_id}`" };
    let Some((method, path)) = line.value.split_once(' ') else {
        return Err(reader.error(0, line.value.len(), "a method and a path are expected"));
    };
    let Some((_, known)) = METHODS.iter().find(|(word, _)| *word == method) else {
        let near = nearest(method, METHODS.iter().map(|(word, _)| *word));
        let label = near.map_or_else(|| "not a method".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(reader.error(0, method.len(), &label));
    };
    let offset = method.len() + 1;
    let placeholders = reader.placeholders(offset, path)?;
    Ok(HttpLine { method: *known, path: path.to_owned(), placeholders, builds_url: false })
}

/// The path with every placeholder as `{}`: what a server sees of it.
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

struct Reader<'l> {
    line: &'l Spanned<String>,
    what: &'static str,
    help: &'static str,
}

impl Reader<'_> {
    fn error(&self, start: usize, len: usize, label: &str) -> Box<Diagnostic> {
        Box::new(
            Diagnostic::error(
                Code::MalformedHttp,
                self.line.part(start, len.max(1)),
                format!("{} cannot be read", self.what),
            )
            .label(label)
            .help(self.help),
        )
    }

    fn placeholders(&self, offset: usize, path: &str) -> Result<Vec<(String, Span)>, Box<Diagnostic>> {
        if !path.starts_with('/') {
            return Err(self.error(offset, path.len(), "a path begins with `/`"));
        }
        if let Some(at) =
            path.find(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '%' | '"') || !c.is_ascii())
        {
            let is_query = path.get(at..).is_some_and(|rest| rest.starts_with('?'));
            let label = if is_query {
                "what stands in the query is described under `params`"
            } else {
                "this cannot stand in a path"
            };
            return Err(self.error(offset + at, 1, label));
        }
        if let Some(at) = path.find("//") {
            return Err(self.error(offset + at, 2, "an empty segment"));
        }
        let mut found: Vec<(String, Span)> = Vec::new();
        let mut at = 0;
        while let Some(brace) = path.get(at..).and_then(|rest| rest.find(['{', '}'])).map(|brace| at + brace)
        {
            let rest = path.get(brace + 1..).unwrap_or("");
            let name = rest.split(['{', '}', '/']).next().unwrap_or("");
            let closed = rest.get(name.len()..).is_some_and(|rest| rest.starts_with('}'));
            if path.get(brace..).is_some_and(|rest| rest.starts_with('}')) || !closed || name.is_empty() {
                return Err(self.error(offset + brace, name.len() + 1, "a placeholder is a name in braces"));
            }
            if found.iter().any(|(other, _)| other == name) {
                return Err(self.error(offset + brace, name.len() + 2, "this placeholder stands here twice"));
            }
            found.push((name.to_owned(), self.line.part(offset + brace + 1, name.len())));
            at = brace + name.len() + 2;
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{normalized, parse};
    use crate::source::Span;
    use crate::syntax::Spanned;

    fn read(line: &str) -> Result<(String, Vec<String>), String> {
        let spanned = Spanned::new(Span::new(0, 0..line.len()), line.to_owned());
        match parse(&spanned) {
            Ok(http) => Ok((
                format!("{:?} {}", http.method, http.path),
                http.placeholders.into_iter().map(|(name, _)| name).collect(),
            )),
            Err(problem) => Err(format!("{} {}", &line[problem.span.start..problem.span.end], problem.label)),
        }
    }

    #[test]
    fn reads_method_path_and_placeholders() {
        let (line, names) = read("PUT /v1/a/{a_id}/b/{b}.json").unwrap();
        assert_eq!(line, "Put /v1/a/{a_id}/b/{b}.json");
        assert_eq!(names, ["a_id", "b"]);
        assert_eq!(normalized("/v1/a/{a_id}/b/{b}.json"), "/v1/a/{}/b/{}.json");
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(read("/v1").unwrap_err(), "/v1 a method and a path are expected");
        assert_eq!(read("PSOT /v1").unwrap_err(), "PSOT did you mean `POST`?");
        assert_eq!(read("GET v1").unwrap_err(), "v1 a path begins with `/`");
        assert_eq!(read("GET /a?b=1").unwrap_err(), "? what stands in the query is described under `params`");
        assert_eq!(read("GET /a%20b").unwrap_err(), "% this cannot stand in a path");
        assert_eq!(read("GET /a/{b").unwrap_err(), "{b a placeholder is a name in braces");
        assert_eq!(read("GET /a/b}").unwrap_err(), "} a placeholder is a name in braces");
        assert_eq!(read("GET /a/{}").unwrap_err(), "{ a placeholder is a name in braces");
        assert_eq!(read("GET /{a}/{a}").unwrap_err(), "{a} this placeholder stands here twice");
        assert_eq!(read("GET /a//b").unwrap_err(), "// an empty segment");
    }
}
