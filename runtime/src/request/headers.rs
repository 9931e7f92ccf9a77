//! The headers of a request.

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::framing;
use crate::text::TextProblem;
use crate::value::ToParam;

/// A writer of request headers. It stores the error of the first header that cannot be sent.
#[derive(Debug, Default)]
pub struct HeaderWriter {
    headers: Vec<(HeaderName, HeaderValue)>,
    first_error: Option<String>,
}

impl HeaderWriter {
    /// Writes a header, unless the value is absent. A later value replaces an earlier one.
    ///
    /// Values must not be blank, must not start or end with white space, and must contain visible
    /// ASCII characters only. Other values are rejected.
    ///
    /// Headers that frame the request or manage the connection are rejected, such as
    /// `content-length`, `host` and `connection`: only the transport sets them. The headers
    /// `user-agent`, `accept-encoding` and `content-encoding` are also rejected.
    ///
    /// The value of a [`Secret`](crate::Secret) is marked as sensitive, so that HTTP libraries do
    /// not log it.
    pub fn insert(&mut self, name: &'static str, value: &dyn ToParam) {
        if let Some(reason) = value.rejection_reason() {
            return self.reject(format!("invalid header `{name}`: {reason}"));
        }
        let Some(text) = value.to_param() else {
            return;
        };
        if let Some(problem) = TextProblem::of_header(&text) {
            // A server treats a blank header as missing. A call on behalf of a user would then run
            // with the full permissions of the credentials.
            return self.reject(format!("invalid header `{name}`: {}", problem.rule()));
        }
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.reject(format!("invalid header name `{name}`"));
        };
        if let Some(owner) = framing::owner(&header) {
            return self.reject(format!("invalid header `{header}`: only {owner} sets it"));
        }
        let Some(mut encoded) = header_value(&text) else {
            return self.reject(format!("invalid header `{name}`: {}", TextProblem::NotAscii.rule()));
        };
        encoded.set_sensitive(value.is_secret());
        self.set(header, encoded);
    }

    /// Writes a bearer token, unless it is absent.
    pub(super) fn bearer(&mut self, token: &dyn ToParam) {
        let Some(token) = token.to_param() else {
            return;
        };
        if let Some(problem) = TextProblem::of_token(&token) {
            return self.reject(format!("invalid bearer token: {}", problem.rule()));
        }
        let text = Zeroizing::new(format!("Bearer {token}"));
        let Some(mut encoded) = header_value(&text) else {
            return self.reject(format!("invalid bearer token: {}", TextProblem::NotAscii.rule()));
        };
        encoded.set_sensitive(true);
        self.set(AUTHORIZATION, encoded);
    }

    /// Adds a cookie. Returns an error if the value is not allowed in a cookie.
    pub(super) fn cookie(&mut self, name: &str, value: &str) -> Result<(), String> {
        let invalid = |problem: TextProblem| format!("invalid cookie `{name}`: {}", problem.rule());
        if let Some(problem) = TextProblem::of_cookie(value) {
            return Err(invalid(problem));
        }
        let pair = header_value(&Zeroizing::new(format!("{name}={value}")));
        pair.and_then(|pair| self.add_cookie(&pair)).ok_or_else(|| invalid(TextProblem::NotAscii))
    }

    /// Adds a pair to the `cookie` header, which a request has once. Returns `None` if the header
    /// would be invalid.
    pub(super) fn add_cookie(&mut self, pair: &HeaderValue) -> Option<()> {
        let earlier = self.headers.iter().find(|(name, _)| *name == COOKIE);
        let mut cookies = match earlier {
            Some((_, cookies)) => {
                let joined = Zeroizing::new([cookies.as_bytes(), b"; ", pair.as_bytes()].concat());
                HeaderValue::from_bytes(&joined).ok()?
            }
            None => pair.clone(),
        };
        cookies.set_sensitive(true);
        self.set(COOKIE, cookies);
        Some(())
    }

    /// Writes a valid header. A later value replaces an earlier one.
    pub(super) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        match self.headers.iter_mut().find(|(other, _)| *other == name) {
            Some((_, earlier)) => *earlier = value,
            None => self.headers.push((name, value)),
        }
    }

    fn reject(&mut self, message: String) {
        self.first_error.get_or_insert(message);
    }

    /// Returns the headers, or the stored error.
    pub(super) fn finish(self) -> Result<Vec<(HeaderName, HeaderValue)>, String> {
        self.first_error.map_or(Ok(self.headers), Err)
    }
}

/// Returns a header value, if the text is visible ASCII.
///
/// `HeaderValue` also accepts other characters, which servers decode differently.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    let is_visible = |byte: &u8| matches!(byte, b' '..=b'~');
    text.as_bytes().iter().all(is_visible).then(|| HeaderValue::from_str(text).ok())?
}

/// Headers that a caller can set for a single request.
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

/// The options of an operation without options.
impl RequestOptions for () {
    fn write(&self, _headers: &mut HeaderWriter) {}
}
