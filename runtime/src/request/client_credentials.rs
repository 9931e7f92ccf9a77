//! The client credentials grant of OAuth 2 (RFC 6749, section 4.4).

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, Request, Response};
use zeroize::Zeroizing;

use super::base_url::BaseUrl;
use super::headers::header_value;
use super::query::Query;
use super::secret_provider::SecretProvider;
use crate::error::{Error, ErrorKind};
use crate::json::{Value, from_slice};
use crate::text::TextProblem;

/// Credentials with which a client fetches its own bearer tokens (OAuth 2, client credentials).
///
/// The client fetches a token when the first call needs one, and keeps it until shortly before it expires. Concurrent
/// calls share one fetch. If the API rejects the token with status 401, the client fetches another one and sends the
/// request once more.
///
/// ```
/// use typefoundry_runtime::{Auth, ClientCredentials, Secret};
///
/// let credentials = ClientCredentials::new("https://auth.example.com/token", "app-1", Secret::from("hush"));
/// let auth = Auth::client_credentials(credentials.scopes("read write"));
/// assert!(!format!("{auth:?}").contains("hush"));
/// ```
#[derive(Clone)]
pub struct ClientCredentials {
    token_url: String,
    client_id: SecretProvider,
    client_secret: SecretProvider,
    scopes: &'static str,
    in_body: bool,
    params: Vec<(&'static str, &'static str)>,
}

impl ClientCredentials {
    /// Creates credentials that are sent to a token URL with HTTP basic authentication. A token URL that begins with `/` is a path
    /// below the base URL.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<SecretProvider>,
        client_secret: impl Into<SecretProvider>,
    ) -> Self {
        let (client_id, client_secret) = (client_id.into(), client_secret.into());
        Self {
            token_url: token_url.into(),
            client_id,
            client_secret,
            scopes: "",
            in_body: false,
            params: Vec::new(),
        }
    }

    /// Sets the requested scopes, separated by spaces. By default, the server decides.
    #[must_use]
    pub fn scopes(mut self, scopes: &'static str) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sends the credentials in the body of the token request, in place of a header.
    #[must_use]
    pub fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }

    /// Adds a parameter of the token request, such as `audience`.
    #[must_use]
    pub fn param(mut self, name: &'static str, value: &'static str) -> Self {
        self.params.push((name, value));
        self
    }

    /// Replaces the token URL.
    pub(crate) fn set_token_url(&mut self, token_url: String) {
        self.token_url = token_url;
    }

    /// Returns the absolute token URL.
    pub(crate) fn resolve_url(&self, base_url: &BaseUrl) -> Result<BaseUrl, Error> {
        let url = match self.token_url.starts_with('/') {
            true => format!("{base_url}{}", self.token_url),
            false => self.token_url.clone(),
        };
        url.parse().map_err(|error| Error::new(ErrorKind::Config, format!("invalid token URL: {error}")))
    }

    /// Checks the credentials that are fixed values.
    pub(crate) fn check(&self) -> Result<(), Error> {
        for provider in [&self.client_id, &self.client_secret] {
            if provider.as_static().is_some() {
                provider.resolve().map_err(|error| error.with_kind(ErrorKind::Config))?;
            }
        }
        Ok(())
    }

    /// Returns the request for a token.
    pub(crate) fn request(&self, url: &BaseUrl, user_agent: &HeaderValue) -> Result<Request<Bytes>, Error> {
        let (id, secret) = (self.client_id.resolve()?, self.client_secret.resolve()?);
        let mut form = Query::new("form");
        form.push("grant_type", "client_credentials");
        if !self.scopes.is_empty() {
            form.push("scope", self.scopes);
        }
        self.params.iter().for_each(|(name, value)| form.push(name, value));
        if self.in_body {
            form.push("client_id", id.expose());
            form.push("client_secret", secret.expose());
        }
        let unwritable = || Error::new(ErrorKind::Credentials, "failed to write the token request");
        let form = form.finish().map_err(|_| unwritable())?;
        let mut request = Request::new(Bytes::from(form.into_bytes()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.as_str().parse().map_err(|_| unwritable())?;
        let headers = request.headers_mut();
        if !self.in_body {
            headers.insert(AUTHORIZATION, basic(id.expose(), secret.expose()).ok_or_else(unwritable)?);
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        headers.insert(USER_AGENT, user_agent.clone());
        Ok(request)
    }
}

/// Returns the header of basic authentication, whose parts are encoded as in a form (RFC 6749, section 2.3.1).
fn basic(id: &str, secret: &str) -> Option<HeaderValue> {
    let encoded = |text: &str| {
        let mut form = Query::new("form");
        form.push_flag(text);
        form.finish().ok().map(Zeroizing::new)
    };
    let (id, secret) = (encoded(id)?, encoded(secret)?);
    let pair = Zeroizing::new(format!("{}:{}", *id, *secret));
    let text = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
    let mut value = header_value(&text)?;
    value.set_sensitive(true);
    Some(value)
}

fn bearer(token: &str) -> Option<HeaderValue> {
    if TextProblem::of_token(token).is_some() {
        return None;
    }
    let mut value = header_value(&Zeroizing::new(format!("Bearer {token}")))?;
    value.set_sensitive(true);
    Some(value)
}

/// A token of the server.
pub(crate) struct AccessToken {
    /// The `authorization` header.
    pub(crate) header: HeaderValue,
    /// The time until the token expires, if the server states it.
    pub(crate) lifetime: Option<Duration>,
}

/// Returns the token in a response of the token URL.
///
/// Errors contain the status and the error code of the server only, because its texts can contain credentials.
pub(crate) fn read_token(response: &Response<Bytes>) -> Result<AccessToken, Error> {
    let failed = |reason: String| {
        Error::new(ErrorKind::Credentials, format!("failed to fetch an access token: {reason}"))
    };
    let status = response.status();
    let body: Option<Value> = from_slice(response.body()).ok();
    let field = |name: &str| body.as_ref().and_then(|body| body.get(name));
    if !status.is_success() {
        let code = field("error").and_then(Value::as_str).filter(|code| is_error_code(code));
        let code = code.map_or(String::new(), |code| format!(" and the error `{code}`"));
        return Err(failed(format!("the server responded with status {}{code}", status.as_u16())));
    }
    let token = field("access_token").and_then(Value::as_str);
    let token = token.ok_or_else(|| failed("the response contains no `access_token`".to_owned()))?;
    let kind = field("token_type").and_then(Value::as_str).unwrap_or("bearer");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err(failed("the token is not a bearer token".to_owned()));
    }
    let header = bearer(token).ok_or_else(|| failed("no header can contain the token".to_owned()))?;
    let seconds = field("expires_in").and_then(|value| match value.as_str() {
        Some(text) => text.trim().parse().ok(),
        None => value.as_f64(),
    });
    let lifetime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    Ok(AccessToken { header, lifetime })
}

/// Whether a text is an error code such as `invalid_client`, and not a sentence.
fn is_error_code(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("client_id", &self.client_id)
            .field("client_secret", &self.client_secret)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> ClientCredentials {
        ClientCredentials::new("/token", "app:1", SecretProvider::from("hush hush&"))
    }

    fn request(credentials: &ClientCredentials) -> Request<Bytes> {
        let base_url: BaseUrl = "https://a.example/v1".parse().expect("a valid URL");
        let url = credentials.resolve_url(&base_url).expect("a token URL");
        credentials.request(&url, &HeaderValue::from_static("test")).expect("a request")
    }

    fn response(status: u16, body: &str) -> Response<Bytes> {
        let mut response = Response::new(Bytes::from(body.to_owned()));
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        response
    }

    #[test]
    fn credentials_are_encoded_in_the_header_or_the_body() {
        let sent = request(&credentials());
        assert_eq!(sent.uri(), "https://a.example/v1/token");
        // `app%3A1:hush+hush%26`
        assert_eq!(sent.headers()["authorization"], "Basic YXBwJTNBMTpodXNoK2h1c2glMjY=");
        assert!(sent.headers()["authorization"].is_sensitive());
        assert_eq!(sent.body(), "grant_type=client_credentials");
        let sent =
            request(&credentials().scopes("read write").param("audience", "https://a.example/").in_body());
        assert!(!sent.headers().contains_key("authorization"));
        assert_eq!(
            sent.body(),
            "grant_type=client_credentials&scope=read+write&audience=https%3A%2F%2Fa.example%2F&client_id=app%3A1&\
             client_secret=hush+hush%26"
        );
    }

    #[test]
    fn token_is_read_with_its_lifetime() {
        for (body, lifetime) in [
            (r#"{"access_token":"t","token_type":"Bearer","expires_in":90}"#, Some(90)),
            (r#"{"access_token":"t","token_type":"bearer","expires_in":"90"}"#, Some(90)),
            (r#"{"access_token":"t","expires_in":-1}"#, None),
            (r#"{"access_token":"t"}"#, None),
        ] {
            let token = read_token(&response(200, body)).expect(body);
            assert_eq!(token.header, "Bearer t");
            assert!(token.header.is_sensitive());
            assert_eq!(token.lifetime, lifetime.map(Duration::from_secs), "{body}");
        }
    }

    #[test]
    fn error_of_the_server_is_named_without_its_texts() {
        for (status, body, reason) in [
            (
                401,
                r#"{"error":"invalid_client","error_description":"hush"}"#,
                "status 401 and the error `invalid_client`",
            ),
            (400, r#"{"error":"the secret hush is wrong"}"#, "status 400"),
            (503, "hush", "status 503"),
            (302, "", "status 302"),
            (200, "hush", "no `access_token`"),
            (200, r#"{"access_token":"hush","token_type":"mac"}"#, "not a bearer token"),
            (200, r#"{"access_token":"hush\r\nx: y"}"#, "no header"),
        ] {
            let error = read_token(&response(status, body)).err().expect(body);
            assert_eq!(error.kind(), ErrorKind::Credentials);
            let text = format!("{error} {error:?}");
            assert!(text.contains("failed to fetch an access token: ") && text.contains(reason), "{text}");
            assert!(!text.contains("hush"), "{text}");
        }
    }

    #[test]
    fn invalid_token_url_is_rejected() {
        let base_url: BaseUrl = "https://a.example".parse().expect("a valid URL");
        for url in ["auth.example/token", "https://auth.example/token?x=y", "ftp://auth.example"] {
            let mut credentials = credentials();
            credentials.set_token_url(url.to_owned());
            let error = credentials.resolve_url(&base_url).expect_err(url);
            assert_eq!(error.kind(), ErrorKind::Config);
        }
    }
}
