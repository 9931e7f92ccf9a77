//! OAuth 2 client credentials.

use super::resolver::Resolver;
use super::{base_url, path};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AuthScheme, ClientCredentials, Credential};
use crate::syntax::{ClientCredentialsDecl, CredentialsLocationDecl, Spanned};

/// The parameters of a token request that the client sets itself.
const OWN_PARAMS: [&str; 4] = ["grant_type", "scope", "client_id", "client_secret"];

impl Resolver<'_> {
    /// Resolves client credentials. Returns `None` if they use an unknown credential.
    pub(super) fn client_credentials(
        &mut self,
        decl: &ClientCredentialsDecl,
        credentials: &[Credential],
    ) -> Option<AuthScheme> {
        self.check_token_url(&decl.token_url);
        for scope in &decl.scopes {
            let is_char = |byte: u8| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~');
            if scope.is_empty() || !scope.bytes().all(is_char) {
                let message = format!("`{}` is not a valid scope", scope.value);
                self.report(
                    Diagnostic::error(Code::InvalidValue, scope.span, message)
                        .label("visible ASCII without blanks is expected")
                        .help("write each scope as an item: `scopes: [read, write]`"),
                );
            }
        }
        for (name, _) in decl.params.iter().filter(|(name, _)| OWN_PARAMS.contains(&name.value.as_str())) {
            let message = format!("the client sets the parameter `{}` itself", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("not a further parameter")
                    .help("remove it; `scopes`, `client_id` and `client_secret` have keys of their own"),
            );
        }
        let client_id = self.credential(&decl.client_id, credentials);
        let client_secret = self.credential(&decl.client_secret, credentials);
        let (client_id, client_secret) = client_id.zip(client_secret)?;
        self.check_secret(decl, credentials.get(client_secret)?);
        Some(AuthScheme::ClientCredentials(ClientCredentials {
            client_id,
            client_secret,
            token_url: decl.token_url.value.clone(),
            scopes: decl.scopes.iter().map(|scope| scope.value.clone()).collect(),
            in_body: decl.location.as_ref().is_some_and(|it| it.value == CredentialsLocationDecl::Body),
            params: decl.params.iter().map(|(name, value)| (name.value.clone(), value.clone())).collect(),
        }))
    }

    /// Reports a secret that is not one, or that is also the ID.
    fn check_secret(&mut self, decl: &ClientCredentialsDecl, secret: &Credential) {
        let (id, name) = (&decl.client_id, &decl.client_secret);
        if id.value == name.value {
            let message = "`client_secret` is the same credential as `client_id`";
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("not the secret of this client")
                    .note(id.span, "the ID")
                    .help("declare a credential for each of them"),
            );
        } else if !secret.secret {
            let message = format!("the credential `{}` is not a secret", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, secret.span, message)
                    .label("its value would be shown in logs")
                    .note(name.span, "used as the secret here")
                    .help("write `type: secret`"),
            );
        }
    }

    fn check_token_url(&mut self, url: &Spanned<String>) {
        let problem = match url.starts_with('/') {
            true => path::check(url).err().map(|problem| problem.label.to_owned()).or_else(|| {
                url.contains('{').then(|| "a token URL must not contain placeholders".to_owned())
            }),
            false => base_url::check(url).err().map(|problem| problem.label.replace("base URL", "token URL")),
        };
        if let Some(label) = problem {
            let message = format!("`{}` is not a valid token URL", url.value);
            self.report(Diagnostic::error(Code::InvalidValue, url.span, message).label(label).help(
                "write a URL such as `https://auth.acme.test/oauth/token`, or a path below the base URL",
            ));
        }
    }
}
