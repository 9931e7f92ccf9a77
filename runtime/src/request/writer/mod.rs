//! The writer of one request.

mod body_params;

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri};

use super::auth::missing_credential;
use super::base_url::BaseUrl;
use super::body::{BodyWriter, WrittenBody};
use super::context::RequestContext;
use super::draft::RequestDraft;
use super::headers::{HeaderWriter, RequestOptions};
use super::lists::{ListStyle, ToParamList, ToParamMap};
use super::param_style::ParamStyle;
use super::path::{Path, PathTemplate};
use super::query::Query;
use super::scheme;
use super::structured::Structured;
use crate::error::{Error, ErrorKind};
use crate::json::Encode;
use crate::operation::{AuthScheme, Body, Operation};
use crate::value::{Secret, ToParam};

/// A writer that builds a request from the parameters of a call.
///
/// Writing never fails. The writer stores the error of the first parameter that cannot be sent, and
/// [`RequestWriter::into_request`] returns it.
///
/// ```
/// use typefoundry_runtime::{ListStyle, Method, Operation, RequestWriter};
///
/// let operation = Operation::new("pets.get", Method::GET, "/pets/{pet_id}");
/// let mut writer = RequestWriter::new(&operation, &"https://api.example.com".parse()?);
/// writer.path("pet_id", &"a/b");
/// writer.query("locale", &Some("en"));
/// writer.query_list("fields", ListStyle::Repeat, &vec!["name", "age"]);
/// let request = writer.into_request()?;
/// assert_eq!(request.uri(), "https://api.example.com/pets/a%2Fb?locale=en&fields=name&fields=age");
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
pub struct RequestWriter {
    name: &'static str,
    method: Method,
    context: RequestContext,
    /// The server of the operation, if the operation does not use the base URL of the context.
    server: Option<&'static str>,
    path: PathTemplate,
    query: Query,
    headers: HeaderWriter,
    body: BodyWriter,
    /// The media type of the body, or `None` for that of JSON.
    media_type: Option<&'static str>,
    first_error: Option<Error>,
}

impl RequestWriter {
    /// Creates a writer for a request of an operation.
    pub fn new(operation: &Operation, context: &RequestContext) -> Self {
        Self {
            name: operation.name,
            method: operation.method.clone(),
            context: context.clone(),
            server: None,
            path: PathTemplate::new(operation.path),
            query: Query::new("query"),
            headers: HeaderWriter::default(),
            body: BodyWriter::new(operation.body),
            media_type: operation.body.media_type().filter(|_| operation.body != Body::Json),
            first_error: None,
        }
    }

    /// Sends the request to a server of the context in place of its base URL. Call this before the
    /// parameters are written.
    ///
    /// If there is no such server, [`RequestWriter::into_request`] fails with [`ErrorKind::Config`].
    pub fn server(&mut self, name: &'static str) {
        match self.context.server(name) {
            Some(_) => self.server = Some(name),
            None => {
                let message = format!("missing base URL of the server `{name}`");
                self.first_error.get_or_insert_with(|| Error::new(ErrorKind::Config, message));
            }
        }
    }

    /// Returns a credential of the context, such as a client ID.
    ///
    /// If there is no such credential, [`RequestWriter::into_request`] fails with
    /// [`ErrorKind::Credentials`].
    pub fn credential(&mut self, name: &'static str) -> Secret {
        self.optional_credential(name).unwrap_or_else(|| {
            self.first_error.get_or_insert_with(|| missing_credential(name));
            Secret::new("")
        })
    }

    /// Returns a credential of the context, or `None` if there is no such credential.
    pub fn optional_credential(&mut self, name: &'static str) -> Option<Secret> {
        let secret = self.context.credential(name)?.resolve().map(Cow::into_owned);
        Some(secret.unwrap_or_else(|error| {
            self.first_error.get_or_insert(error);
            Secret::new("")
        }))
    }

    /// Writes the credentials of all `schemes`, which the context provides.
    ///
    /// If one is missing or cannot be sent, [`RequestWriter::into_request`] fails with
    /// [`ErrorKind::Credentials`]. The error names the credential and never contains its value.
    pub fn authenticate(&mut self, schemes: &[AuthScheme]) {
        for scheme in schemes {
            let written = scheme::write(scheme, &self.context, &mut self.headers, &mut self.query);
            if let Err(error) = written {
                self.first_error.get_or_insert(error);
            }
        }
    }

    /// Writes the credentials of the first alternative whose credentials the context has.
    ///
    /// An alternative without schemes sends no credentials. If there is no alternative,
    /// [`RequestWriter::into_request`] fails with [`ErrorKind::Credentials`].
    pub fn authenticate_any(&mut self, alternatives: &[&[AuthScheme]]) {
        let written = scheme::write_first(alternatives, &self.context, &mut self.headers, &mut self.query);
        if let Err(error) = written {
            self.first_error.get_or_insert(error);
        }
    }

    /// Sets the value of `{param}` in the path template.
    pub fn path(&mut self, param: &'static str, value: &dyn ToParam) {
        if let Some(reason) = value.rejection_reason() {
            return self.reject(format!("invalid path parameter `{param}`: {reason}"));
        }
        match value.to_param() {
            Some(text) => self.path.insert(base_url(&self.context, self.server).path(), param, &text),
            None => self.reject(format!("missing path parameter `{param}`")),
        }
    }

    /// Sets the value of `{param}` in the path template, in the style
    /// [`Plain`](ParamStyle::Plain), [`Comma`](ParamStyle::Comma), [`Label`](ParamStyle::Label),
    /// [`Matrix`](ParamStyle::Matrix) or [`Json`](ParamStyle::Json).
    ///
    /// Items of a list that are empty or contain the separator are rejected, and so is an empty list.
    pub fn path_value(&mut self, param: &'static str, style: ParamStyle, value: &dyn Encode) {
        let result = match Structured::new(value) {
            Ok(None) => Err(format!("missing path parameter `{param}`")),
            Ok(Some(value)) => {
                let base = base_url(&self.context, self.server).path();
                self.path.insert_value(base, param, style, &value)
            }
            Err(problem) => Err(problem.of("path parameter", param)),
        };
        self.check(result);
    }

    /// Writes a query parameter, unless the value is absent.
    pub fn query(&mut self, name: &str, value: &dyn ToParam) {
        // Without `text`, which costs about 60 instructions per parameter.
        if let Some(reason) = value.rejection_reason() {
            return self.reject(format!("invalid query parameter `{name}`: {reason}"));
        }
        if let Some(text) = value.to_param() {
            self.query.push(name, &text);
        }
    }

    /// Writes a list into the query, unless it is absent.
    ///
    /// In the styles that send one value, an empty list becomes `name=`. Items that are empty or
    /// contain the separator are rejected. In the other styles, an empty list is not sent.
    pub fn query_list(&mut self, name: &str, style: ListStyle, values: &dyn ToParamList) {
        let result = self.query.push_list(name, style, values);
        self.check(result);
    }

    /// Writes a map into the query, each entry as `name[key]=value`, unless it is absent.
    ///
    /// A key that is empty or contains a bracket is rejected.
    pub fn query_map(&mut self, name: &str, entries: &dyn ToParamMap) {
        let result = self.query.push_map(name, entries);
        self.check(result);
    }

    /// Writes a value of any form into the query, unless it is absent.
    ///
    /// Null is rejected, except as JSON. In the styles that send one text, items that are empty or
    /// contain the separator are rejected. In the other styles, an empty list or object is not sent,
    /// and a key that is empty or contains a bracket is rejected.
    ///
    /// ```
    /// use typefoundry_runtime::{Method, Operation, ParamStyle, RequestWriter, Value};
    ///
    /// let operation = Operation::new("pets.list", Method::GET, "/pets");
    /// let mut writer = RequestWriter::new(&operation, &"https://api.example.com".parse()?);
    /// let filter: Value = r#"{"age": {"min": 3}, "kinds": ["dog", "cat"]}"#.parse()?;
    /// writer.query_value("f", ParamStyle::Brackets, &filter);
    /// let request = writer.into_request()?;
    /// let query = request.uri().query().unwrap_or_default().replace("%5B", "[").replace("%5D", "]");
    /// assert_eq!(query, "f[age][min]=3&f[kinds][]=dog&f[kinds][]=cat");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn query_value(&mut self, name: &str, style: ParamStyle, value: &dyn Encode) {
        let result = self.query.push_value(name, style, value);
        self.check(result);
    }

    /// Writes a key without a value into the query.
    pub fn query_flag(&mut self, name: &str) {
        self.query.push_flag(name);
    }

    /// Writes the keys of an object into the query, unless it is absent.
    ///
    /// Null values are omitted. A list or object as a value is rejected, and so is a key that is
    /// already in the query.
    pub fn query_flattened(&mut self, value: &dyn Encode) {
        let result = self.query.push_flattened(value);
        self.check(result);
    }

    /// Writes a header, unless the value is absent.
    pub fn header(&mut self, name: &'static str, value: &dyn ToParam) {
        self.headers.insert(name, value);
    }

    /// Writes a header in the style [`Plain`](ParamStyle::Plain), [`Comma`](ParamStyle::Comma) or
    /// [`Json`](ParamStyle::Json), unless the value is absent or an empty list.
    ///
    /// The header is marked as sensitive, because the value can contain a [`Secret`].
    pub fn header_value(&mut self, name: &'static str, style: ParamStyle, value: &dyn Encode) {
        let text = match Structured::new(value) {
            Ok(None) => return,
            Ok(Some(value)) => value.to_header(style),
            Err(problem) => Err(problem),
        };
        match text {
            // An empty list has no text, and a header is never empty.
            Ok(None) => {}
            Ok(Some(text)) => self.headers.insert(name, &Secret::from(text)),
            Err(problem) => self.reject(problem.of("header", name)),
        }
    }

    /// Adds a pair to the `cookie` header, unless the value is absent.
    ///
    /// Values that RFC 6265 does not allow are rejected, such as those with a space or a comma.
    pub fn cookie(&mut self, name: &'static str, value: &dyn ToParam) {
        if let Some(text) = self.text(("cookie", name), value) {
            let result = self.headers.cookie(name, &text);
            self.check(result);
        }
    }

    /// Adds a pair of text, a number or a boolean to the `cookie` header, unless the value is absent.
    pub fn cookie_value(&mut self, name: &'static str, value: &dyn Encode) {
        let result = match Structured::new(value) {
            Ok(None) => Ok(()),
            Ok(Some(value)) => match value.to_text(ParamStyle::Plain) {
                Ok(text) => self.headers.cookie(name, &text),
                Err(problem) => Err(problem.of("cookie", name)),
            },
            Err(problem) => Err(problem.of("cookie", name)),
        };
        self.check(result);
    }

    /// Writes a bearer token that replaces the client's credentials, unless it is absent. An empty
    /// token is rejected.
    pub fn bearer(&mut self, token: &dyn ToParam) {
        self.headers.bearer(token);
    }

    /// Writes the headers of the caller's options.
    pub fn options(&mut self, options: &dyn RequestOptions) {
        options.write(&mut self.headers);
    }

    /// Returns the request. It contains only the credentials that were written, not the client's.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::InvalidRequest`] if a parameter cannot be sent, and of
    /// kind [`ErrorKind::Credentials`] if a credential is not available.
    pub fn into_request(self) -> Result<Request<Bytes>, Error> {
        let (method, name) = (self.method.clone(), self.name);
        let draft = self.into_draft()?;
        match draft.streamed_body {
            None => Ok(draft.to_request(&method)),
            Some(_) => {
                let message = "the body of the request is a stream, which only a client can send";
                Err(invalid_request(message.to_owned()).with_operation(name))
            }
        }
    }

    /// Returns the parts of the request.
    ///
    /// # Errors
    /// Returns the errors of [`RequestWriter::into_request`].
    pub(crate) fn into_draft(self) -> Result<RequestDraft, Error> {
        let name = self.name;
        self.build().map_err(|error| error.with_operation(name))
    }

    /// Returns the URL only, for an operation that does not send a request.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::InvalidRequest`] if a parameter cannot be sent, and of
    /// kind [`ErrorKind::Credentials`] if a credential is not available.
    pub fn into_url(self) -> Result<Uri, Error> {
        let name = self.name;
        let url = self
            .first_error
            .map_or_else(|| url(base_url(&self.context, self.server), self.path, self.query), Err);
        url.map_err(|error| error.with_operation(name))
    }

    fn build(self) -> Result<RequestDraft, Error> {
        if let Some(error) = self.first_error {
            return Err(error);
        }
        let uri = url(base_url(&self.context, self.server), self.path, self.query)?;
        let headers = self.headers.finish().map_err(invalid_request)?;
        let WrittenBody { bytes: body, streamed: streamed_body, content_type } =
            self.body.finish().map_err(invalid_request)?;
        let content_type = match (content_type, self.media_type) {
            (None, Some(media_type)) => {
                let value = HeaderValue::from_maybe_shared(Bytes::from_static(media_type.as_bytes()));
                let invalid = |_| invalid_request(format!("invalid media type `{media_type}` of the body"));
                Some(value.map_err(invalid)?)
            }
            (content_type, _) => content_type,
        };
        Ok(RequestDraft { uri, headers, body, streamed_body, content_type })
    }

    /// Returns the text of a parameter, or nothing if it is absent or rejected.
    fn text<'v>(&mut self, (what, name): (&str, &str), value: &'v dyn ToParam) -> Option<Cow<'v, str>> {
        if let Some(reason) = value.rejection_reason() {
            self.reject(format!("invalid {what} `{name}`: {reason}"));
            return None;
        }
        value.to_param()
    }

    fn check(&mut self, result: Result<(), String>) {
        if let Err(message) = result {
            self.reject(message);
        }
    }

    fn reject(&mut self, message: String) {
        self.first_error.get_or_insert_with(|| invalid_request(message));
    }
}

/// Returns the base URL of a server, or else that of the context.
fn base_url<'c>(context: &'c RequestContext, server: Option<&str>) -> &'c BaseUrl {
    server.and_then(|name| context.server(name)).unwrap_or_else(|| context.base_url())
}

/// Returns the URL, or the error of the first parameter that cannot be sent.
fn url(base: &BaseUrl, path: PathTemplate, query: Query) -> Result<Uri, Error> {
    let mut query = query.finish().map_err(invalid_request)?;
    let path = path.finish(base.path()).map_err(invalid_request)?;
    let path_and_query = match (path, query.is_empty()) {
        (Path::Static(path), true) => Bytes::from_static(path.as_bytes()),
        (Path::Filled(path), true) => path.into(),
        (path, false) => {
            // The query has enough capacity for most paths.
            query.insert(0, '?');
            query.insert_str(0, path.as_str());
            query.into()
        }
    };
    base.join(path_and_query).ok_or_else(|| invalid_request("invalid URL: too long or malformed".to_owned()))
}

fn invalid_request(message: String) -> Error {
    Error::new(ErrorKind::InvalidRequest, message)
}

impl fmt::Debug for RequestWriter {
    /// Omits the parameters, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter").field("operation", &self.name).finish_non_exhaustive()
    }
}
