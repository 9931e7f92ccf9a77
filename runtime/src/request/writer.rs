//! The request of one call, written param by param.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, Request};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{BaseUrl, HeaderWriter};
use crate::{Encode, Error, ErrorKind, Operation, RequestOptions, WireText, Writer};

/// Everything but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Takes the params of a call and makes the request.
///
/// Writing never fails. The first param that cannot be sent is remembered, and
/// [`RequestWriter::into_request`] refuses the request for it.
///
/// ```
/// use typefoundry_runtime::{Method, Operation, RequestWriter};
///
/// let operation = Operation::new("pets.get", Method::GET, "/pets/{pet_id}");
/// let mut writer = RequestWriter::new(operation);
/// writer.path("pet_id", &"a/b");
/// writer.query("fields", &Some("name"));
/// let request = writer.into_request(&"https://api.example.com".parse()?)?;
/// assert_eq!(request.uri(), "https://api.example.com/pets/a%2Fb?fields=name");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
pub struct RequestWriter {
    operation: Operation,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderWriter,
    body: Writer,
    body_start: usize,
    refusal: Option<String>,
}

impl RequestWriter {
    /// Starts the request of an operation.
    pub fn new(operation: Operation) -> Self {
        let mut body = Writer::new();
        let body_start = body.open(b'{');
        Self {
            operation,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderWriter::default(),
            body,
            body_start,
            refusal: None,
        }
    }

    /// Fills `{param}` of the path template.
    pub fn path(&mut self, param: &'static str, value: &dyn WireText) {
        match value.wire_text() {
            Some(text) => self.path.push((param, text.into_owned())),
            None => self.refuse(format!("the path param `{param}` is absent")),
        }
    }

    /// Writes a query param, unless the value is absent.
    pub fn query(&mut self, name: &str, value: &dyn WireText) {
        if let Some(text) = value.wire_text() {
            let query = std::mem::take(&mut self.query);
            self.query = Serializer::new(query).append_pair(name, &text).finish();
        }
    }

    /// Writes a field of the JSON body, unless the value is absent.
    pub fn body(&mut self, name: &str, value: &dyn Encode) {
        if self.operation.has_body() {
            self.body.field(self.body_start, name, value);
        } else if !value.is_absent() {
            let method = &self.operation.method;
            self.refuse(format!("a {method} request has no body for the param `{name}`"));
        }
    }

    /// Writes a header, unless the value is absent.
    pub fn header(&mut self, name: &'static str, value: &dyn WireText) {
        self.headers.put(name, value);
    }

    /// Writes the headers of the caller's options.
    pub fn options(&mut self, options: &dyn RequestOptions) {
        options.write(&mut self.headers);
    }

    /// The request, with no credentials yet.
    ///
    /// # Errors
    /// [`ErrorKind::Refused`] when a param cannot be sent.
    pub fn into_request(self, base: &BaseUrl) -> Result<Request<Bytes>, Error> {
        let name = self.operation.name;
        self.build(base).map_err(|why| Error::new(ErrorKind::Refused, why).of(name))
    }

    fn build(mut self, base: &BaseUrl) -> Result<Request<Bytes>, String> {
        if let Some(why) = self.refusal.take() {
            return Err(why);
        }
        let url = self.url(base)?;
        let has_body = self.operation.has_body();
        let mut headers = self.headers.finish()?;
        headers.entry(ACCEPT).or_insert(JSON);
        let mut body = Bytes::new();
        if has_body {
            headers.entry(CONTENT_TYPE).or_insert(JSON);
            self.body.close(b'}');
            body = self.body.into_bytes().into();
        }
        let mut request = Request::new(body);
        *request.method_mut() = self.operation.method.clone();
        *request.uri_mut() = url.parse().map_err(|_| "the URL is too long or malformed")?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    fn url(&self, base: &BaseUrl) -> Result<String, String> {
        let mut url = base.as_str().to_owned();
        for segment in self.operation.path.split('/').skip(1) {
            url.push('/');
            url.push_str(&self.segment(segment)?);
        }
        if !self.query.is_empty() {
            url.push('?');
            url.push_str(&self.query);
        }
        Ok(url)
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
        match self.path.iter().find(|(name, _)| *name == param) {
            Some((_, value)) if value.is_empty() => {
                Err(format!("the path param `{param}` must not be empty"))
            }
            Some((_, value)) => Ok(value),
            None => Err(format!("the path param `{param}` was not given")),
        }
    }

    fn refuse(&mut self, why: String) {
        self.refusal.get_or_insert(why);
    }
}

impl fmt::Debug for RequestWriter {
    /// Leaves the params out: any of them may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// Splits `before{param}after`.
fn next_param(template: &str) -> Option<(&str, (&str, &str))> {
    let (before, rest) = template.split_once('{')?;
    Some((before, rest.split_once('}')?))
}
