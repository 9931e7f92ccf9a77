//! The credentials of the API, and the authentication that uses them.

use super::references::{optional_name, unknown};
use super::resolver::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, AuthScheme, Credential};
use crate::syntax::{CredentialKind, ParamDecl, SchemeDecl, Spanned};

impl<'s> Resolver<'s> {
    pub(super) fn credentials(&mut self) -> Vec<Credential> {
        let mut credentials: Vec<Credential> = Vec::new();
        let settings = self.settings();
        let mut variables: Vec<&Spanned<String>> = Vec::new();
        for (name, decl) in self.syntax.decl.credentials.iter() {
            self.check_variable(&decl.env, &variables);
            variables.push(&decl.env);
            credentials.push(Credential {
                name: name.value.clone(),
                secret: decl.kind != CredentialKind::String,
                optional: decl.kind == CredentialKind::OptionalSecret && !settings.contains(&name.value),
                doc: self.doc(decl.doc.as_ref(), name, "the credential"),
                env: decl.env.value.clone(),
                example: text(decl.example.as_ref()).unwrap_or_else(|| format!("{}-example", name.value)),
                is_setting: settings.contains(&name.value),
                variable: None,
                span: name.span,
            });
        }
        credentials.sort_by_key(|credential| credential.is_setting);
        credentials
    }

    /// Returns the names of the credentials that only alternatives of `any_of` use.
    fn settings(&self) -> Vec<String> {
        let decl = &self.syntax.decl;
        let operations = self.syntax.resources.iter().flat_map(|resource| resource.decl.operations.iter());
        let auths = operations.filter_map(|(_, operation)| operation.auth.as_ref()).chain(&decl.auth);
        let auths: Vec<_> = auths.map(|auth| &auth.value).collect();
        let servers = decl.servers.iter().flat_map(|servers| servers.iter());
        let in_servers =
            servers.filter_map(|(_, server)| Some(server.when.as_ref()?.credential.value.as_str()));
        let required = auths.iter().flat_map(|auth| auth.plain()).flat_map(SchemeDecl::credentials);
        let required = required.chain(in_servers).chain(self.credentials_in_params());
        let required: Vec<&str> = required.collect();
        let used = auths.iter().flat_map(|auth| auth.parts()).flat_map(SchemeDecl::credentials);
        used.filter(|name| !required.contains(name)).map(str::to_owned).collect()
    }

    /// Reports an environment variable of two credentials.
    pub(super) fn check_variable(&mut self, env: &Spanned<String>, before: &[&Spanned<String>]) {
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
            let message = format!("two values are read from `{}`", env.value);
            self.report(
                Diagnostic::error(Code::DuplicateKey, env.span, message)
                    .label("read here again")
                    .note(first.span, "first read here")
                    .help("give each value a variable of its own"),
            );
        }
    }

    /// Reports credentials that no request uses.
    pub(super) fn check_credentials_are_used(&mut self, api: &Api) {
        let in_servers =
            api.servers.iter().filter_map(|server| server.when.as_ref()).map(|when| when.credential);
        let mut in_params = self.credentials_in_params();
        in_params.extend(self.credentials_in_operation_auth());
        let decl = self.syntax.decl.auth.as_ref();
        let written = decl.iter().flat_map(|auth| auth.value.parts()).flat_map(SchemeDecl::credentials);
        in_params.extend(written);
        let in_params =
            api.credentials.iter().enumerate().filter(|(_, it)| in_params.contains(&it.name.as_str()));
        let in_params = in_params.map(|(at, _)| at);
        let in_auth = api.auth.iter().flat_map(AuthScheme::credentials);
        let used: Vec<usize> = in_servers.chain(in_auth).chain(in_params).collect();
        // A name that is already reported as unknown can be the missing use.
        let is_in_auth = |problem: &Diagnostic| {
            let span = problem.span;
            decl.is_some_and(|auth| {
                auth.span.file == span.file && (auth.span.start..auth.span.end).contains(&span.start)
            })
        };
        let may_be_missing =
            |problem: &Diagnostic| problem.code == Code::UnknownCredential || is_in_auth(problem);
        if self.problems.iter().any(may_be_missing) || self.is_partial {
            return;
        }
        let unused = api.credentials.iter().enumerate().filter(|(at, _)| !used.contains(at));
        for (_, credential) in unused.filter(|(_, credential)| credential.variable.is_none()) {
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
}
