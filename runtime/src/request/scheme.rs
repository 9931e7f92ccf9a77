//! The authentication that an operation writes into its own requests.

use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::auth::{Auth, missing_credential};
use super::context::RequestContext;
use super::framing;
use super::headers::{HeaderWriter, header_value};
use super::query::Query;
use super::secret_provider::SecretProvider;
use crate::error::{Error, ErrorKind};
use crate::operation::{AuthPlacement, AuthScheme};
use crate::text::TextProblem;

/// Writes the credentials of a scheme. Headers are marked as sensitive, so that HTTP libraries do not
/// log them.
pub(super) fn write(
    scheme: &AuthScheme,
    context: &RequestContext,
    headers: &mut HeaderWriter,
    query: &mut Query,
) -> Result<(), Error> {
    let provider = find(context, scheme.credential)?;
    match scheme.placement {
        AuthPlacement::Basic { username } => {
            headers.set(AUTHORIZATION, basic(username, find(context, username)?, provider)?);
        }
        AuthPlacement::Bearer => headers.set(AUTHORIZATION, Auth::bearer(provider.clone()).header()?),
        AuthPlacement::Header { name, prefix } => {
            headers.set(header_name(name)?, prefixed(prefix, provider)?);
        }
        AuthPlacement::Query { name } => query.push(name, provider.resolve()?.expose()),
        AuthPlacement::Cookie { name } => write_cookie(name, provider, headers)?,
    }
    Ok(())
}

/// Writes the first alternative whose credentials the context has. An empty alternative sends nothing.
pub(super) fn write_first(
    alternatives: &[&[AuthScheme]],
    context: &RequestContext,
    headers: &mut HeaderWriter,
    query: &mut Query,
) -> Result<(), Error> {
    let is_missing = |name: &&'static str| context.credential(name).is_none();
    let available = alternatives.iter().find(|schemes| !names(schemes).any(|name| is_missing(&name)));
    let Some(schemes) = available else { return Err(no_alternative(alternatives)) };
    schemes.iter().try_for_each(|scheme| write(scheme, context, headers, query))
}

/// Returns the credentials of all schemes.
fn names(schemes: &[AuthScheme]) -> impl Iterator<Item = &'static str> {
    schemes.iter().flat_map(|scheme| {
        let username = match scheme.placement {
            AuthPlacement::Basic { username } => Some(username),
            _ => None,
        };
        username.into_iter().chain([scheme.credential])
    })
}

fn no_alternative(alternatives: &[&[AuthScheme]]) -> Error {
    let ways = alternatives.iter().map(|schemes| {
        let names: Vec<_> = names(schemes).map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    });
    let ways: Vec<_> = ways.collect();
    let message = format!("missing credentials: the operation requires {}", ways.join(", or "));
    Error::new(ErrorKind::Credentials, message)
}

/// Checks that requests can contain the credentials of a scheme, as far as they are fixed values.
pub(crate) fn check(scheme: &AuthScheme, context: &RequestContext) -> Result<(), Error> {
    let is_static = |name| context.credential(name).is_some_and(|provider| provider.as_static().is_some());
    match names(std::slice::from_ref(scheme)).all(is_static) {
        true => write(scheme, context, &mut HeaderWriter::default(), &mut Query::new("query")),
        false => Ok(()),
    }
}

fn find<'c>(context: &'c RequestContext, name: &'static str) -> Result<&'c SecretProvider, Error> {
    context.credential(name).ok_or_else(|| missing_credential(name))
}

fn basic(
    name: &'static str,
    username: &SecretProvider,
    password: &SecretProvider,
) -> Result<HeaderValue, Error> {
    let username = username.resolve()?;
    let auth = Auth::basic(username.expose(), password.clone()).with_username_label(name);
    auth.header().map_err(|error| error.with_kind(ErrorKind::Credentials))
}

fn header_name(name: &'static str) -> Result<HeaderName, Error> {
    let invalid =
        |reason| Error::new(ErrorKind::InvalidRequest, format!("invalid header `{name}`: {reason}"));
    let header =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid("the name is invalid".to_owned()))?;
    match framing::owner(&header) {
        None => Ok(header),
        Some(owner) => Err(invalid(format!("only {owner} sets it"))),
    }
}

fn prefixed(prefix: &str, provider: &SecretProvider) -> Result<HeaderValue, Error> {
    let secret = provider.resolve()?;
    if let Some(problem) = TextProblem::of_header(secret.expose()) {
        return Err(provider.invalid(problem));
    }
    sensitive(&Zeroizing::new(format!("{prefix}{}", secret.expose())), provider)
}

/// Adds a pair to the only `cookie` header of the request.
fn write_cookie(name: &str, provider: &SecretProvider, headers: &mut HeaderWriter) -> Result<(), Error> {
    let secret = provider.resolve()?;
    if let Some(problem) = TextProblem::of_cookie(secret.expose()) {
        return Err(provider.invalid(problem));
    }
    let pair = sensitive(&Zeroizing::new(format!("{name}={}", secret.expose())), provider)?;
    headers.add_cookie(&pair).ok_or_else(|| provider.invalid(TextProblem::NotAscii))
}

fn sensitive(text: &str, provider: &SecretProvider) -> Result<HeaderValue, Error> {
    let mut value = header_value(text).ok_or_else(|| provider.invalid(TextProblem::NotAscii))?;
    value.set_sensitive(true);
    Ok(value)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::Request;
    use proptest::prelude::*;

    use super::*;
    use crate::operation::{Method, Operation};
    use crate::request::RequestWriter;

    const OPERATION: Operation = Operation::new("pets.list", Method::GET, "/pets");

    fn context() -> RequestContext {
        let context: RequestContext = "https://a.example".parse().expect("a valid URL");
        context.with("account", "Aladdin").with("key", "open-sesame").with("other", "hush")
    }

    fn request(context: &RequestContext, schemes: &[AuthScheme]) -> Result<Request<Bytes>, Error> {
        let mut writer = RequestWriter::new(&OPERATION, context);
        writer.authenticate(schemes);
        writer.into_request()
    }

    #[test]
    fn each_scheme_writes_its_part_of_the_request() {
        for (scheme, name, value) in [
            (AuthScheme::basic("account", "key"), "authorization", "Basic QWxhZGRpbjpvcGVuLXNlc2FtZQ=="),
            (AuthScheme::bearer("key"), "authorization", "Bearer open-sesame"),
            (AuthScheme::header("x-api-key", "key"), "x-api-key", "open-sesame"),
            (
                AuthScheme::header("authorization", "key").with_prefix("Token "),
                "authorization",
                "Token open-sesame",
            ),
            (AuthScheme::cookie("sid", "key").with_prefix("Token "), "cookie", "sid=open-sesame"),
        ] {
            let request = request(&context(), &[scheme]).expect("a request");
            assert_eq!(request.headers()[name], value);
            assert!(request.headers()[name].is_sensitive(), "{name}");
            assert_eq!(request.uri(), "https://a.example/pets");
        }
        let request = request(&context(), &[AuthScheme::query("api key", "key")]).expect("a request");
        assert_eq!(request.uri(), "https://a.example/pets?api+key=open-sesame");
    }

    #[test]
    fn all_schemes_of_a_request_are_sent() {
        let schemes = [
            AuthScheme::bearer("key"),
            AuthScheme::cookie("sid", "key"),
            AuthScheme::header("x-app", "account"),
            AuthScheme::cookie("app", "other"),
        ];
        let request = request(&context(), &schemes).expect("a request");
        assert_eq!(request.headers()["authorization"], "Bearer open-sesame");
        assert_eq!(request.headers()["x-app"], "Aladdin");
        let cookies: Vec<_> = request.headers().get_all("cookie").iter().collect();
        assert_eq!(cookies, ["sid=open-sesame; app=hush"]);
        assert!(cookies[0].is_sensitive());
    }

    #[test]
    fn first_alternative_with_all_credentials_is_sent() {
        let context: RequestContext = "https://a.example".parse().expect("a valid URL");
        let basic: &[AuthScheme] = &[AuthScheme::basic("account", "key")];
        let both: &[AuthScheme] = &[AuthScheme::header("x-key", "key"), AuthScheme::header("x-app", "app")];
        let sent = |context: &RequestContext, alternatives: &[&[AuthScheme]]| {
            let mut writer = RequestWriter::new(&OPERATION, context);
            writer.authenticate_any(alternatives);
            writer.into_request()
        };
        let request =
            sent(&context.clone().with("key", "k").with("app", "a"), &[basic, both]).expect("a request");
        assert_eq!(request.headers()["x-key"], "k");
        assert_eq!(request.headers()["x-app"], "a");
        assert!(!request.headers().contains_key("authorization"));
        let all = context.clone().with("key", "k").with("app", "a").with("account", "u");
        let request = sent(&all, &[basic, both]).expect("a request");
        assert_eq!(request.headers()["authorization"], "Basic dTpr");
        assert!(!request.headers().contains_key("x-key"));
        let request = sent(&context.clone().with("key", "k"), &[both, &[]]).expect("a request");
        assert!(request.headers().is_empty() || !request.headers().contains_key("x-key"));
        let error = sent(&context.with("key", "k"), &[basic, both]).expect_err("no credentials");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let expected = "missing credentials: the operation requires `account` and `key`, or `key` and `app`";
        assert!(error.to_string().contains(expected), "{error}");
    }

    #[test]
    fn only_fixed_credentials_are_checked() {
        let scheme = AuthScheme::header("x-api-key", "key");
        let error = check(&scheme, &context().with("key", "h\u{fc}sh")).expect_err("not ASCII");
        assert!(error.to_string().contains("invalid credential `key`"), "{error}");
        check(&scheme, &context().with("key", "hush")).expect("a valid key");
        check(&scheme, &context().with("key", SecretProvider::from_fn(|| "h\u{fc}sh")))
            .expect("not known yet");
        check(&AuthScheme::header("x-api-key", "token"), &context()).expect("no credential");
    }

    #[test]
    fn missing_credential_is_named() {
        for scheme in [
            AuthScheme::header("x-api-key", "token"),
            AuthScheme::query("key", "token"),
            AuthScheme::cookie("sid", "token"),
            AuthScheme::bearer("token"),
            AuthScheme::basic("token", "key"),
            AuthScheme::basic("account", "token"),
        ] {
            let error = request(&context(), &[scheme]).expect_err("no credential");
            assert_eq!(error.kind(), ErrorKind::Credentials);
            assert!(error.to_string().contains("missing credential `token`"), "{error}");
        }
    }

    #[test]
    fn credential_that_cannot_be_sent_is_named_and_hidden() {
        let header = AuthScheme::header("x-api-key", "key");
        let cookie = AuthScheme::cookie("sid", "key");
        for (scheme, value, reason) in [
            (header, "h\u{fc}sh", "visible ASCII"),
            (header, "hush\r\nx: y", "line break"),
            (header, " hush", "white space"),
            (AuthScheme::query("key", "key"), "hush\n", "line break"),
            (AuthScheme::bearer("key"), "hush hush", "must not contain a space"),
            (cookie, "hush;a=b", "semicolon"),
            (cookie, "hu sh", "semicolon"),
            (cookie, "h\u{fc}sh", "visible ASCII"),
        ] {
            let error = request(&context().with("key", value), &[scheme]).expect_err("an invalid credential");
            assert_eq!(error.kind(), ErrorKind::Credentials);
            let text = format!("{error} {error:?}");
            assert!(text.contains("invalid credential `key`: ") && text.contains(reason), "{text}");
            assert!(!text.contains(value), "{text}");
        }
        let colon = AuthScheme::basic("account", "key");
        let error = request(&context().with("account", "a:b"), &[colon]).expect_err("a colon");
        assert_eq!(error.kind(), ErrorKind::Credentials);
        assert!(
            error.to_string().contains("invalid credential `account`: must not contain a colon"),
            "{error}"
        );
    }

    #[test]
    fn header_of_the_transport_is_rejected() {
        for name in ["host", "content-length", "a b"] {
            let error =
                request(&context(), &[AuthScheme::header(name, "key")]).expect_err("a reserved header");
            assert_eq!(error.kind(), ErrorKind::InvalidRequest);
            assert!(!format!("{error:?}").contains("sesame"));
        }
    }

    #[test]
    fn secret_provider_is_called_for_each_request() {
        let count = std::sync::atomic::AtomicU32::new(0);
        let next = move || format!("key-{}", count.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        let context = context().with("key", SecretProvider::from_fn(next));
        for expected in ["key-0", "key-1"] {
            let request = request(&context, &[AuthScheme::header("x-api-key", "key")]).expect("a request");
            assert_eq!(request.headers()["x-api-key"], expected);
        }
    }

    proptest! {
        /// A value never ends its header, cookie or query parameter early.
        #[test]
        fn credential_is_sent_whole_or_not_at_all(value in any::<String>()) {
            let context = context().with("key", value.as_str());
            if let Ok(request) = request(&context, &[AuthScheme::cookie("sid", "key")]) {
                prop_assert_eq!(&request.headers()["cookie"], &format!("sid={value}"));
                prop_assert!(!value.contains([';', ',', ' ', '"', '\\']));
            }
            if let Ok(request) = request(&context, &[AuthScheme::header("x-api-key", "key").with_prefix("Key ")]) {
                prop_assert_eq!(&request.headers()["x-api-key"], &format!("Key {value}"));
            }
            if let Ok(request) = request(&context, &[AuthScheme::query("key", "key")]) {
                let query = request.uri().query().expect("a query");
                prop_assert_eq!(query.matches(['&', '=']).count(), 1);
                prop_assert!(!query.contains('#'));
            }
        }
    }
}
