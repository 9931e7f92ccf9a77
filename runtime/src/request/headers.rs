//! How headers are written.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::framing;
use crate::text::TextProblem;
use crate::value::ToParam;

/// Collects headers, and the first reason why one cannot be sent.
#[derive(Debug, Default)]
pub struct HeaderWriter {
    headers: HeaderMap,
    refusal: Option<String>,
}

impl HeaderWriter {
    /// Writes a header, unless the value is absent. A later value replaces an earlier one.
    ///
    /// A value is refused that is blank, starts or ends with white space, or contains anything but visible ASCII.
    ///
    /// Headers that frame the request or manage the connection are refused, such as `content-length`, `host` and
    /// `connection`: only the transport sets them. So are `user-agent`, `accept-encoding` and `content-encoding`.
    ///
    /// The value of a [`Secret`](crate::Secret) is marked, so that HTTP libraries
    /// keep it out of their logs.
    pub fn insert(&mut self, name: &'static str, value: &dyn ToParam) {
        if let Some(why) = value.refusal() {
            return self.refuse(format!("the header `{name}` {why}"));
        }
        let Some(text) = value.to_param() else {
            return;
        };
        if let Some(problem) = TextProblem::of_header(&text) {
            // A server reads a blank header as none, and would act on nobody's behalf: with the full power of the
            // credentials.
            return self.refuse(format!("the header `{name}` {}", problem.rule()));
        }
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse(format!("`{name}` is not a valid header name"));
        };
        if let Some(owner) = framing::owner(&header) {
            return self.refuse(format!("the header `{header}` is set by {owner} and must not be given"));
        }
        let Some(mut content) = header_value(&text) else {
            return self.refuse(format!("the header `{name}` {}", TextProblem::NotAscii.rule()));
        };
        content.set_sensitive(value.is_secret());
        self.headers.insert(header, content);
    }

    /// Writes a bearer token, unless it is absent.
    pub(super) fn bearer(&mut self, token: &dyn ToParam) {
        let Some(token) = token.to_param() else {
            return;
        };
        if let Some(problem) = TextProblem::of_token(&token) {
            return self.refuse(format!("the bearer token {}", problem.rule()));
        }
        let text = Zeroizing::new(format!("Bearer {token}"));
        let Some(mut content) = header_value(&text) else {
            return self.refuse(format!("the bearer token {}", TextProblem::NotAscii.rule()));
        };
        content.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, content);
    }

    fn refuse(&mut self, why: String) {
        self.refusal.get_or_insert(why);
    }

    /// The headers, or why they cannot be sent.
    pub(super) fn finish(self) -> Result<HeaderMap, String> {
        self.refusal.map_or(Ok(self.headers), Err)
    }
}

/// The value of a header, if the text is visible ASCII.
///
/// `HeaderValue` itself lets more through, which servers read in different ways.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    let is_visible = |byte: &u8| matches!(byte, b' '..=b'~');
    text.as_bytes().iter().all(is_visible).then(|| HeaderValue::from_str(text).ok())?
}

/// Headers that a caller may set for one request.
///
/// ```
/// use typefoundry_runtime::{HeaderWriter, RequestOptions, Secret};
///
/// #[derive(Clone, Debug, Default)]
/// struct OnBehalfOf {
///     session: Option<Secret>,
/// }
///
/// impl RequestOptions for OnBehalfOf {
///     fn write(&self, headers: &mut HeaderWriter) {
///         headers.insert("x-acme-session", &self.session);
///     }
/// }
/// ```
pub trait RequestOptions {
    /// Writes the headers that are set.
    fn write(&self, headers: &mut HeaderWriter);
}

/// No options.
impl RequestOptions for () {
    fn write(&self, _headers: &mut HeaderWriter) {}
}
