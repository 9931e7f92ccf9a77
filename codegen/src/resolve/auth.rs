//! The authentication of the API and of single operations.

use super::headers::{is_cookie_value, is_header_value, is_token};
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, ApiKey, AuthScheme, Credential, KeyLocation};
use crate::source::Span;
use crate::syntax::{
    ApiKeyDecl, AuthDecl, KeyLocationDecl, OperationDecl, ParamLocationDecl, SchemeDecl, Spanned,
};

impl Resolver<'_> {
    /// Resolves the authentication of all requests without one of their own.
    pub(super) fn auth(&mut self, credentials: &[Credential]) -> Vec<AuthScheme> {
        let decl = self.syntax.decl.auth.as_ref();
        decl.map(|auth| self.schemes(auth, credentials)).unwrap_or_default()
    }

    /// Resolves the authentication of the requests of an operation.
    pub(super) fn operation_auth(&mut self, api: &Api, decl: &OperationDecl) -> Vec<AuthScheme> {
        let own = decl.auth.as_ref().map(|auth| self.schemes(auth, &api.credentials));
        let is_token = |at: &Spanned<ParamLocationDecl>| at.value == ParamLocationDecl::Bearer;
        let has_token = decl.params.iter().any(|(_, param)| param.location.as_ref().is_some_and(is_token));
        if let (Some(auth), Some(own), true) = (&decl.auth, &own, has_token) {
            self.check_effect_beside_token(api, auth.span, own);
        }
        let is_foreign = |scheme: &AuthScheme| {
            matches!(scheme, AuthScheme::ClientCredentials(_)) && api.client_auth() != Some(scheme)
        };
        if let (Some(auth), true) = (&decl.auth, own.iter().flatten().any(is_foreign)) {
            let message = "`client_credentials` of an operation differ from those of the API";
            self.report(
                Diagnostic::error(Code::InvalidValue, auth.span, message)
                    .label("a client fetches tokens for one purpose")
                    .help("describe `client_credentials` under `auth` in `api.yaml` only"),
            );
        }
        let mut auth = own.unwrap_or_else(|| api.auth.clone());
        auth.retain(|scheme| !(has_token && scheme.is_authorization()));
        if decl.url.is_some() { Vec::new() } else { auth }
    }

    /// Reports the authentication of an operation if the bearer token of the caller replaces it.
    fn check_effect_beside_token(&mut self, api: &Api, span: Span, own: &[AuthScheme]) {
        let has_others = own.iter().chain(&api.auth).any(|scheme| !scheme.is_authorization());
        if own.iter().any(AuthScheme::is_authorization) || !has_others {
            let message = "`auth` has no effect beside a parameter with `in: bearer`";
            let problem = Diagnostic::error(Code::InvalidValue, span, message);
            self.report(problem.label("the token replaces the credentials").help("remove `auth`"));
        }
    }

    fn schemes(&mut self, decl: &Spanned<AuthDecl>, credentials: &[Credential]) -> Vec<AuthScheme> {
        let AuthDecl(schemes) = &decl.value;
        if schemes.is_empty() {
            let problem = Diagnostic::error(Code::InvalidValue, decl.span, "`auth` lists no scheme");
            self.report(
                problem.label("an empty list").help("write `auth: none` for requests without credentials"),
            );
        }
        let mut resolved = Vec::new();
        let mut taken: Vec<(String, Span)> = Vec::new();
        for scheme in schemes {
            if matches!(scheme.value, SchemeDecl::None) && schemes.len() > 1 {
                let problem = Diagnostic::error(
                    Code::InvalidValue,
                    scheme.span,
                    "`none` is not one of several schemes",
                );
                self.report(problem.label("sends no credentials").help("remove it, or write `auth: none`"));
            }
            let model = match &scheme.value {
                SchemeDecl::AnyOf(alternatives) => {
                    Some(self.alternatives(scheme.span, alternatives, credentials))
                }
                scheme => self.scheme(scheme, credentials),
            };
            let Some(model) = model else { continue };
            let parts = model.parts();
            let places: Vec<_> = parts.into_iter().map(|part| place(part, scheme.span)).collect();
            for (place, span) in &places {
                if let Some((_, first)) = taken.iter().find(|(other, _)| other == place) {
                    let message = format!("two schemes use the {place}");
                    self.report(
                        Diagnostic::error(Code::DuplicateKey, *span, message)
                            .label("the second")
                            .note(*first, "the first")
                            .help("all schemes of a list are sent together; keep one of these"),
                    );
                }
            }
            taken.extend(places);
            resolved.push(model);
        }
        resolved
    }

    /// Resolves the alternatives of `any_of`, and reports those that are never sent.
    fn alternatives(
        &mut self,
        span: Span,
        decls: &[Spanned<AuthDecl>],
        credentials: &[Credential],
    ) -> AuthScheme {
        if decls.len() < 2 {
            let problem =
                Diagnostic::error(Code::InvalidValue, span, "`any_of` lists fewer than two alternatives");
            self.report(
                problem
                    .label("no choice")
                    .help("write the scheme alone, or add `none` if requests work without it"),
            );
        }
        let mut alternatives: Vec<(Vec<AuthScheme>, Span)> = Vec::new();
        for decl in decls {
            let parts = decl.value.0.iter();
            if let Some(inner) = parts.clone().find(|part| matches!(part.value, SchemeDecl::AnyOf(_))) {
                let problem = Diagnostic::error(Code::InvalidValue, inner.span, "`any_of` inside `any_of`");
                self.report(
                    problem
                        .label("alternatives of an alternative")
                        .help("list all alternatives in one `any_of`"),
                );
                continue;
            }
            if let Some(inner) =
                parts.clone().find(|part| matches!(part.value, SchemeDecl::ClientCredentials(_)))
            {
                let problem =
                    Diagnostic::error(Code::InvalidValue, inner.span, "`client_credentials` inside `any_of`");
                let help =
                    "write it under `auth` in `api.yaml`; callers can replace the fetched token by their own";
                self.report(problem.label("not an alternative").help(help));
                continue;
            }
            let schemes = self.schemes(decl, credentials);
            // A scheme with an unknown credential is reported already.
            if schemes.len() < parts.filter(|part| !matches!(part.value, SchemeDecl::None)).count() {
                continue;
            }
            let used: Vec<usize> = schemes.iter().flat_map(AuthScheme::credentials).collect();
            let precedes = |(earlier, _): &&(Vec<AuthScheme>, Span)| {
                earlier.iter().flat_map(AuthScheme::credentials).all(|credential| used.contains(&credential))
            };
            if let Some((_, first)) = alternatives.iter().find(precedes) {
                let message = "an alternative of `any_of` is never sent";
                self.report(
                    Diagnostic::error(Code::InvalidValue, decl.span, message)
                        .label("an earlier alternative requires none but these credentials")
                        .note(*first, "the earlier alternative")
                        .help("move the alternative with more credentials up; `none` comes last"),
                );
            }
            alternatives.push((schemes, decl.span));
        }
        AuthScheme::AnyOf(alternatives.into_iter().map(|(schemes, _)| schemes).collect())
    }

    /// Resolves one scheme. Returns `None` if it uses an unknown credential.
    fn scheme(&mut self, decl: &SchemeDecl, credentials: &[Credential]) -> Option<AuthScheme> {
        match decl {
            SchemeDecl::None | SchemeDecl::AnyOf(_) => None,
            SchemeDecl::Basic(basic) => {
                let username = self.credential(&basic.username, credentials);
                let password = self.credential(&basic.password, credentials);
                username.zip(password).map(|(username, password)| AuthScheme::Basic { username, password })
            }
            SchemeDecl::Bearer(bearer) => {
                self.credential(&bearer.token, credentials).map(|token| AuthScheme::Bearer { token })
            }
            SchemeDecl::ClientCredentials(decl) => self.client_credentials(decl, credentials),
            SchemeDecl::ApiKey(key) => {
                let location = match key.location.as_ref().map(|location| location.value) {
                    None | Some(KeyLocationDecl::Header) => KeyLocation::Header,
                    Some(KeyLocationDecl::Query) => KeyLocation::Query,
                    Some(KeyLocationDecl::Cookie) => KeyLocation::Cookie,
                };
                self.check_key_name(&key.wire_name, location);
                self.check_prefix(key, location);
                let credential = self.credential(&key.credential, credentials)?;
                Some(AuthScheme::ApiKey(ApiKey {
                    credential,
                    location,
                    wire: key.wire_name.value.clone(),
                    prefix: key.prefix.as_ref().map(|prefix| prefix.value.clone()).unwrap_or_default(),
                    span: key.wire_name.span,
                }))
            }
        }
    }

    /// Checks the name of the header, query parameter or cookie of an API key.
    fn check_key_name(&mut self, name: &Spanned<String>, location: KeyLocation) {
        let what = match location {
            KeyLocation::Header if name.eq_ignore_ascii_case("cookie") => {
                let problem = Diagnostic::error(
                    Code::ReservedHeader,
                    name.span,
                    "an API key cannot be the whole header `Cookie`",
                );
                let problem = problem.label("a list of cookies");
                return self
                    .report(problem.help("write `in: cookie`, and the name of the cookie as `wire_name`"));
            }
            KeyLocation::Header => return self.check_header_name(name, name.span),
            KeyLocation::Query if !name.trim().is_empty() => return,
            KeyLocation::Cookie if is_token(name) => return,
            KeyLocation::Query => "query parameter",
            KeyLocation::Cookie => "cookie",
        };
        let message = match name.trim() {
            "" => format!("the {what} has no name"),
            name => format!("`{name}` is not a valid name of a {what}"),
        };
        let problem = Diagnostic::error(Code::InvalidValue, name.span, message);
        let problem = problem.label("letters, digits, `-` and `_` are expected");
        self.report(problem.help("write a name such as `api_key`"));
    }

    /// Checks the text before an API key, which YAML can strip of its space.
    fn check_prefix(&mut self, key: &ApiKeyDecl, location: KeyLocation) {
        let Some(prefix) = &key.prefix else { return };
        let problem = if location != KeyLocation::Header {
            let label = format!("a credential in a {} has no prefix", location.as_str());
            Some(("has no effect", label, "remove it, or write `in: header`".to_owned()))
        } else if !is_header_value(prefix.trim_end_matches(' ')) || prefix.ends_with("  ") {
            let label = "visible ASCII with at most one space after it is expected".to_owned();
            Some(("is not valid", label, "write a prefix such as `\"Token \"`".to_owned()))
        } else if prefix.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            let help =
                format!("write `\"{} \"` in quotes, with a space before the closing one", prefix.value);
            Some(("does not end before the credential", "no space follows it".to_owned(), help))
        } else {
            None
        };
        if let Some((what, label, help)) = problem {
            let message = format!("the prefix of the API key {what}");
            self.report(Diagnostic::error(Code::InvalidValue, prefix.span, message).label(label).help(help));
        }
    }

    /// Returns the names of the credentials that the schemes of single operations use.
    pub(super) fn credentials_in_operation_auth(&self) -> Vec<&str> {
        let operations = self.syntax.resources.iter().flat_map(|resource| resource.decl.operations.iter());
        let auths = operations.filter_map(|(_, operation)| operation.auth.as_ref());
        let names = auths.flat_map(|auth| auth.value.parts()).flat_map(SchemeDecl::credentials);
        names.collect()
    }

    /// Reports an example that no client accepts, and a server that no credential selects.
    pub(super) fn check_credential_values(&mut self, api: &Api) {
        let decl = &self.syntax.decl;
        for (name, credential) in decl.credentials.iter() {
            let Some(example) = &credential.example else { continue };
            let Some(label) = refusal(api, &name.value, example.trim()) else { continue };
            let message = format!("the client refuses the example of the credential `{}`", name.value);
            self.report(
                Diagnostic::error(Code::ExampleMismatch, example.span, message)
                    .label(label)
                    .help("write a value as the server issues it"),
            );
        }
        for (name, server) in decl.servers.iter().flat_map(|servers| servers.iter()) {
            let Some(when) = &server.when else { continue };
            let start = &when.starts_with;
            let refusal = refusal(api, &when.credential, start).filter(|_| !start.is_empty());
            let Some(label) = refusal else { continue };
            let message =
                format!("the server `{}` is never chosen: the client refuses the credential", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, start.span, message)
                    .label(label)
                    .help("write the start of a value as the server issues it"),
            );
        }
    }
}

/// Returns the part of the request that a scheme uses, and the span that describes it.
fn place(scheme: &AuthScheme, span: Span) -> (String, Span) {
    match scheme {
        AuthScheme::Basic { .. } | AuthScheme::Bearer { .. } | AuthScheme::ClientCredentials(_) => {
            ("header `authorization`".to_owned(), span)
        }
        AuthScheme::ApiKey(key) => {
            let name = match key.location {
                KeyLocation::Header => key.wire.to_ascii_lowercase(),
                KeyLocation::Query | KeyLocation::Cookie => key.wire.clone(),
            };
            let what = match key.location {
                KeyLocation::Query => "query parameter",
                location => location.as_str(),
            };
            (format!("{what} `{name}`"), key.span)
        }
        // Its parts are compared instead.
        AuthScheme::AnyOf(_) => (String::new(), span),
    }
}

/// Returns the reason why the client rejects a value of a credential.
fn refusal(api: &Api, credential: &str, value: &str) -> Option<&'static str> {
    if value.is_empty() {
        return Some("the value is empty");
    }
    let is = |index: usize| api.credentials.get(index).is_some_and(|known| known.name == credential);
    let schemes = api.auth.iter().chain(api.operations.iter().flat_map(|operation| &operation.auth));
    let mut schemes = schemes.flat_map(AuthScheme::parts);
    schemes.find_map(|scheme| match scheme {
        AuthScheme::Basic { username, .. } => {
            (is(*username) && value.contains(':')).then_some("a user name must not contain a colon")
        }
        AuthScheme::Bearer { token } => {
            let is_valid = value.bytes().all(|byte| matches!(byte, b'!'..=b'~'));
            (is(*token) && !is_valid).then_some("a bearer token consists of visible ASCII without blanks")
        }
        AuthScheme::AnyOf(_) | AuthScheme::ClientCredentials(_) => None,
        AuthScheme::ApiKey(key) if !is(key.credential) => None,
        AuthScheme::ApiKey(key) => match key.location {
            KeyLocation::Query => None,
            KeyLocation::Header => (!is_header_value(value))
                .then_some("an API key in a header consists of visible ASCII without blanks around it"),
            KeyLocation::Cookie => (!is_cookie_value(value))
                .then_some("a cookie consists of visible ASCII without blanks, `\"`, `,`, `;` and `\\`"),
        },
    })
}
