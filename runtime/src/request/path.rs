//! The path of a request: the template of the operation, filled.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the params of a path template are.
#[derive(Default)]
pub(super) struct PathParams(Vec<(&'static str, String)>);

impl PathParams {
    pub(super) fn put(&mut self, param: &'static str, value: Cow<'_, str>) {
        self.0.push((param, value.into_owned()));
    }

    /// The template, filled. Begins with a slash.
    pub(super) fn fill(&self, template: &'static str) -> Result<String, String> {
        let mut path = String::new();
        for segment in template.split('/').skip(1) {
            path.push('/');
            path.push_str(&self.segment(segment)?);
        }
        Ok(path)
    }

    /// Fills one segment of the template.
    ///
    /// URL libraries fold `.` and `..` away and servers fold an empty segment,
    /// so a DELETE of one thing could become a DELETE of all of them.
    fn segment(&self, template: &'static str) -> Result<Cow<'static, str>, String> {
        if !template.contains('{') {
            return Ok(Cow::Borrowed(template));
        }
        let mut filled = String::new();
        let mut last = "";
        let mut rest = template;
        while let Some((before, (param, after))) = next_param(rest) {
            let value = self.param(param)?;
            filled.push_str(before);
            filled.extend(utf8_percent_encode(value, RESERVED));
            (last, rest) = (param, after);
        }
        filled.push_str(rest);
        match filled.as_str() {
            "." | ".." => Err(format!("the path param `{last}` must not be `.` or `..`")),
            _ => Ok(Cow::Owned(filled)),
        }
    }

    fn param(&self, param: &str) -> Result<&str, String> {
        match self.0.iter().find(|(name, _)| *name == param) {
            Some((_, value)) if value.is_empty() => {
                Err(format!("the path param `{param}` must not be empty"))
            }
            Some((_, value)) => Ok(value),
            None => Err(format!("the path param `{param}` was not given")),
        }
    }
}

/// Splits `before{param}after`.
fn next_param(template: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = template.split_once('{')?;
    Some((before, rest.split_once('}')?))
}
