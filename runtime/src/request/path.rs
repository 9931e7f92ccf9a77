//! The path of a request, built from the template of the operation.

use std::mem;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::lists::Separator;
use super::param_style::ParamStyle;
use super::structured::Structured;

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A path template that is filled from left to right.
///
/// Generated code passes the values in the order of the template, so each value is written where it belongs at once.
pub(super) struct PathTemplate {
    /// The filled part: empty before the first value, and with the base path after it.
    path: String,
    /// The part of the template that is not filled.
    rest: &'static str,
    /// The encoded values of parameters that are not the next one of the template.
    late: Vec<(&'static str, String)>,
    /// The last parameter in the last segment of `path`.
    last: Option<&'static str>,
    first_error: Option<String>,
}

impl PathTemplate {
    pub(super) fn new(template: &'static str) -> Self {
        // The path starts with a slash.
        let rest = split_before(template, b'/').map_or("", |(_, path)| path);
        Self { path: String::new(), rest, late: Vec::new(), last: None, first_error: None }
    }

    /// Sets the value of a parameter. `base` is the path of the base URL.
    pub(super) fn insert(&mut self, base: &str, param: &'static str, value: &str) {
        self.insert_encoded(base, param, utf8_percent_encode(value, RESERVED), value.len());
    }

    /// Sets the value of a parameter in a style. Returns an error if it cannot be sent.
    pub(super) fn insert_value(
        &mut self,
        base: &str,
        param: &'static str,
        style: ParamStyle,
        value: &Structured,
    ) -> Result<(), String> {
        let invalid = |rule: &str| format!("invalid path parameter `{param}`: {rule}");
        let (prefix, separator) = match style {
            ParamStyle::Comma => (String::new(), Separator::Comma),
            ParamStyle::Label => (".".to_owned(), Separator::Dot),
            ParamStyle::Matrix => (format!(";{}=", utf8_percent_encode(param, RESERVED)), Separator::Comma),
            ParamStyle::Plain | ParamStyle::Json => {
                let text = value.to_text(style).map_err(|problem| problem.of("path parameter", param))?;
                self.insert(base, param, &text);
                return Ok(());
            }
            _ => return Err(invalid("its style is not supported in a path")),
        };
        let items = value.items(separator).map_err(|problem| problem.of("path parameter", param))?;
        if items.is_empty() {
            return Err(invalid("must not be empty"));
        }
        let encoded: Vec<String> =
            items.iter().map(|item| utf8_percent_encode(item, RESERVED).to_string()).collect();
        let encoded = format!("{prefix}{}", encoded.join(separator.as_str()));
        self.insert_encoded(base, param, [encoded.as_str()], encoded.len());
        Ok(())
    }

    fn insert_encoded<'v>(
        &mut self,
        base: &str,
        param: &'static str,
        encoded: impl IntoIterator<Item = &'v str> + Clone,
        len: usize,
    ) {
        // The first value of a parameter is used.
        if self.late.iter().any(|(name, _)| *name == param) {
            return;
        }
        if let Some((before, (next, after))) = next_param(self.rest)
            && next == param
        {
            self.write(base, before, param, encoded.clone(), len);
            self.rest = after;
            // A template can repeat a parameter.
            if !has_param(after, param) {
                return;
            }
        }
        self.late.push((param, encoded.into_iter().collect()));
    }

    /// Returns the filled template, which starts with a slash, below the base path.
    pub(super) fn finish(mut self, base: &str) -> Result<Path, String> {
        let late = mem::take(&mut self.late);
        while let Some((before, (param, after))) = next_param(self.rest) {
            match late.iter().find(|(name, _)| *name == param) {
                Some((_, value)) => self.write(base, before, param, [value.as_str()], value.len()),
                None => self.reject(format!("missing path parameter `{param}`")),
            }
            self.rest = after;
        }
        if self.path.is_empty() && base.is_empty() && self.first_error.is_none() {
            return Ok(Path::Static(self.rest));
        }
        self.write_literal(base, self.rest, 0);
        self.end_segment();
        self.first_error.map_or(Ok(Path::Filled(self.path)), Err)
    }

    fn write<'v>(
        &mut self,
        base: &str,
        before: &'static str,
        param: &'static str,
        value: impl IntoIterator<Item = &'v str>,
        len: usize,
    ) {
        self.write_literal(base, before, len);
        let start = self.path.len();
        self.path.extend(value);
        if self.path.len() == start {
            self.reject(format!("invalid path parameter `{param}`: must not be empty"));
        }
        self.last = Some(param);
    }

    /// Writes text of the template. `more` is the length of the value that follows.
    fn write_literal(&mut self, base: &str, text: &'static str, more: usize) {
        if self.path.is_empty() {
            self.path.reserve_exact(base.len() + self.rest.len() + more);
            self.path.push_str(base);
        }
        match split_before(text, b'/') {
            Some((end, next)) => {
                self.path.push_str(end);
                self.end_segment();
                self.path.push_str(next);
            }
            None => self.path.push_str(text),
        }
    }

    /// Checks the last segment, which is complete.
    ///
    /// URL libraries remove `.` and `..` segments, and servers remove empty ones. Without the
    /// check, the DELETE of one resource could become the DELETE of a whole collection.
    fn end_segment(&mut self) {
        // Most segments end otherwise, and are not searched.
        if let Some(last) = self.last.take()
            && self.path.ends_with('.')
            && matches!(self.path.rsplit('/').next(), Some("." | ".."))
        {
            self.reject(format!("invalid path parameter `{last}`: must not be `.` or `..`"));
        }
    }

    fn reject(&mut self, message: String) {
        self.first_error.get_or_insert(message);
    }
}

/// The path of a request.
pub(super) enum Path {
    /// A template without parameters.
    Static(&'static str),
    Filled(String),
}

impl Path {
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Static(path) => path,
            Self::Filled(path) => path,
        }
    }
}

/// Splits `before{param}after`.
fn next_param(template: &'static str) -> Option<(&'static str, (&'static str, &'static str))> {
    let (before, rest) = split_before(template, b'{')?;
    let (param, after) = split_before(rest, b'}')?;
    Some((before, (param.get(1..)?, after.get(1..)?)))
}

/// Splits a text before the first occurrence of an ASCII character. The search of `str` is slower for short texts.
fn split_before(text: &'static str, character: u8) -> Option<(&'static str, &'static str)> {
    text.split_at_checked(text.bytes().position(|byte| byte == character)?)
}

fn has_param(mut template: &'static str, param: &str) -> bool {
    while let Some((_, (name, after))) = next_param(template) {
        if name == param {
            return true;
        }
        template = after;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(base: &str, template: &'static str, params: &[(&'static str, &str)]) -> Result<String, String> {
        let mut path = PathTemplate::new(template);
        params.iter().for_each(|(param, value)| path.insert(base, param, value));
        path.finish(base).map(|path| path.as_str().to_owned())
    }

    #[test]
    fn values_are_written_in_any_order() {
        for (template, params, path) in [
            ("/a/{x}/b/{y}", &[("x", "1"), ("y", "2")][..], "/a/1/b/2"),
            ("/a/{x}/b/{y}", &[("y", "2"), ("x", "1")], "/a/1/b/2"),
            ("/{x}{y}", &[("y", "."), ("x", "a b")], "/a%20b."),
            ("/{x}/{y}/{x}", &[("x", "1"), ("y", "2")], "/1/2/1"),
            ("/{x}/{x}", &[("x", "1"), ("x", "2"), ("z", "3")], "/1/1"),
            ("/a/.{x}.", &[("x", "b")], "/a/.b."),
            ("/a/", &[], "/a/"),
            ("a/b", &[], "/b"),
        ] {
            assert_eq!(filled("", template, params).as_deref(), Ok(path), "{template}");
            assert_eq!(filled("/v1", template, params), Ok(format!("/v1{path}")), "{template}");
        }
    }

    #[test]
    fn first_invalid_value_is_reported() {
        let dots = "invalid path parameter `x`: must not be `.` or `..`";
        for (template, params, error) in [
            ("/a/{x}", &[][..], "missing path parameter `x`"),
            ("/{x}/{y}", &[("y", "..")], "missing path parameter `x`"),
            ("/{x}/{y}", &[("x", ""), ("y", "..")], "invalid path parameter `x`: must not be empty"),
            ("/{x}", &[("x", "..")], dots),
            ("/{x}/b", &[("x", ".")], dots),
            ("/.{x}/b.", &[("x", ".")], dots),
            ("/{x}.", &[("x", ".")], dots),
            ("/{y}{x}/{z}", &[("x", "."), ("y", "."), ("z", "c")], dots),
        ] {
            assert_eq!(filled("", template, params), Err(error.to_owned()), "{template}");
            assert_eq!(filled("/v1", template, params), Err(error.to_owned()), "{template}");
        }
    }
}
