//! The path of a request, built from the template of the operation.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The percent-encoded values of the parameters of a path template.
#[derive(Default)]
pub(super) struct PathParams(Vec<(&'static str, String)>);

impl PathParams {
    pub(super) fn insert(&mut self, param: &'static str, value: &str) {
        self.0.push((param, utf8_percent_encode(value, RESERVED).to_string()));
    }

    /// Returns the total length of the values in bytes.
    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|(_, value)| value.len()).sum()
    }

    /// Writes the filled template, which starts with a slash.
    pub(super) fn fill(&self, template: &'static str, url: &mut String) -> Result<(), String> {
        for segment in template.split('/').skip(1) {
            url.push('/');
            self.fill_segment(segment, url)?;
        }
        Ok(())
    }

    /// Fills one segment of the template.
    ///
    /// URL libraries remove `.` and `..` segments, and servers remove empty ones. Without the
    /// check, the DELETE of one resource could become the DELETE of a whole collection.
    fn fill_segment(&self, template: &'static str, url: &mut String) -> Result<(), String> {
        let start = url.len();
        let mut last = None;
        let mut rest = template;
        while let Some((before, (param, after))) = next_param(rest) {
            url.push_str(before);
            url.push_str(self.param(param)?);
            (last, rest) = (Some(param), after);
        }
        url.push_str(rest);
        match (last, url.get(start..)) {
            (Some(last), Some("." | "..")) => {
                Err(format!("invalid path parameter `{last}`: must not be `.` or `..`"))
            }
            _ => Ok(()),
        }
    }

    fn param(&self, param: &str) -> Result<&str, String> {
        match self.0.iter().find(|(name, _)| *name == param) {
            Some((_, value)) if value.is_empty() => {
                Err(format!("invalid path parameter `{param}`: must not be empty"))
            }
            Some((_, value)) => Ok(value),
            None => Err(format!("missing path parameter `{param}`")),
        }
    }
}

/// Splits `before{param}after`.
fn next_param(template: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = template.split_once('{')?;
    Some((before, rest.split_once('}')?))
}
