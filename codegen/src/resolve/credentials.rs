//! The credentials of the API, and the authentication that uses them.

use super::references::{optional_name, unknown};
use super::resolver::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Auth, Credential};
use crate::syntax::{AuthDecl, CredentialKind, ParamDecl, Spanned};

impl<'s> Resolver<'s> {
    pub(super) fn credentials(&mut self) -> Vec<Credential> {
        let mut credentials: Vec<Credential> = Vec::new();
        let mut variables: Vec<&Spanned<String>> = Vec::new();
        for (name, decl) in self.syntax.decl.credentials.iter() {
            self.check_variable(&decl.env, &variables);
            variables.push(&decl.env);
            credentials.push(Credential {
                name: name.value.clone(),
                secret: decl.kind != CredentialKind::String,
                optional: decl.kind == CredentialKind::OptionalSecret,
                doc: self.doc(decl.doc.as_ref(), name, "the credential"),
                env: decl.env.value.clone(),
                example: text(decl.example.as_ref()).unwrap_or_else(|| format!("{}-example", name.value)),
                span: name.span,
            });
        }
        credentials
    }

    /// Reports an environment variable of two credentials.
    fn check_variable(&mut self, env: &Spanned<String>, before: &[&Spanned<String>]) {
        let is_valid = env.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && env.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !is_valid {
            let message = format!("`{}` is not a valid name of an environment variable", env.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, env.span, message)
                    .label("ASCII letters, digits and `_` are expected, and no digit first")
                    .help("write a name such as `ACME_API_KEY`"),
            );
        }
        if let Some(first) = before.iter().find(|first| first.value == env.value) {
            let message = format!("two credentials are read from `{}`", env.value);
            self.report(
                Diagnostic::error(Code::DuplicateKey, env.span, message)
                    .label("read here again")
                    .note(first.span, "first read here")
                    .help("give each credential a variable of its own"),
            );
        }
    }

    pub(super) fn auth(&mut self, credentials: &[Credential]) -> Auth {
        let Some(decl) = &self.syntax.decl.auth else { return Auth::None };
        let auth = match &decl.value {
            AuthDecl::None => Some(Auth::None),
            AuthDecl::Basic(basic) => {
                let username = self.credential(&basic.username, credentials);
                let password = self.credential(&basic.password, credentials);
                username.zip(password).map(|(username, password)| Auth::Basic { username, password })
            }
            AuthDecl::Bearer(bearer) => {
                self.credential(&bearer.token, credentials).map(|token| Auth::Bearer { token })
            }
        };
        auth.unwrap_or(Auth::None)
    }

    /// Reports credentials that no request uses.
    pub(super) fn check_credentials_are_used(&mut self, api: &Api) {
        let in_servers =
            api.servers.iter().filter_map(|server| server.when.as_ref()).map(|when| when.credential);
        let in_params = self.credentials_in_params();
        let in_params =
            api.credentials.iter().enumerate().filter(|(_, it)| in_params.contains(&it.name.as_str()));
        let in_params = in_params.map(|(at, _)| at);
        let used: Vec<usize> = in_servers.chain(api.auth.credentials()).chain(in_params).collect();
        // A name that is already reported as unknown can be the missing use.
        if self.problems.iter().any(|problem| problem.code == Code::UnknownCredential) || self.is_partial {
            return;
        }
        for (_, credential) in api.credentials.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    credential.span,
                    format!("the credential `{}` is not used", credential.name),
                )
                .label("`auth`, servers and parameters do not use it")
                .help("use it under `auth` or as the `credential:` of a parameter, or remove it"),
            );
        }
    }

    /// Returns the names of the credentials that supply values of parameters.
    fn credentials_in_params(&self) -> Vec<&'s str> {
        let operations = self.syntax.resources.iter().flat_map(|resource| resource.decl.operations.iter());
        let params = operations.flat_map(|(_, operation)| operation.params.iter());
        let names = params.filter_map(|(_, param)| match param.as_param() {
            ParamDecl::Credential(credential) => Some(optional_name(credential.value).0),
            ParamDecl::Typed(_) | ParamDecl::Constant(_) => None,
        });
        names.collect()
    }

    pub(super) fn credential(&mut self, name: &Spanned<String>, credentials: &[Credential]) -> Option<usize> {
        let found = credentials.iter().position(|credential| credential.name == name.value);
        // A credential that could not be read is still known.
        let is_declared = self.syntax.decl.credentials.keys().any(|declared| declared.value == name.value);
        if found.is_none() && !is_declared && !self.may_be_in_api(&self.syntax.decl.credentials) {
            let names = credentials.iter().map(|credential| credential.name.as_str());
            self.report(unknown(Code::UnknownCredential, "credential", name, names, "`credentials`"));
        }
        found
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

/// Returns the reason why the client rejects a value of a credential.
fn refusal(api: &Api, credential: &str, value: &str) -> Option<&'static str> {
    let is = |index: usize| api.credentials.get(index).is_some_and(|known| known.name == credential);
    match api.auth {
        _ if value.is_empty() => Some("the value is empty"),
        Auth::Basic { username, .. } if is(username) && value.contains(':') => {
            Some("a user name must not contain a colon")
        }
        Auth::Bearer { token } if is(token) && !value.bytes().all(|byte| matches!(byte, b'!'..=b'~')) => {
            Some("a bearer token consists of visible ASCII without blanks")
        }
        _ => None,
    }
}
