//! Checks of credential values: values that a client rejects, and servers that no credential selects.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Auth, Server};

impl Resolver<'_> {
    /// Reports a server whose condition implies that of an earlier server.
    pub(super) fn check_servers_are_chosen(&mut self, servers: &[Server]) {
        for (at, server) in servers.iter().enumerate() {
            let Some(when) = &server.when else { continue };
            let takes_all = |earlier: &&Server| {
                let earlier = earlier.when.as_ref();
                earlier.is_some_and(|earlier| {
                    earlier.credential == when.credential
                        && when.starts_with.starts_with(&earlier.starts_with)
                })
            };
            let Some(first) = servers.iter().take(at).find(takes_all) else { continue };
            let decls = self.syntax.decl.servers.iter().flat_map(|servers| servers.iter());
            let places =
                decls.filter_map(|(name, decl)| Some((&name.value, decl.when.as_ref()?.starts_with.span)));
            let places: Vec<_> = places.collect();
            let place =
                |name: &String| places.iter().find(|(known, _)| *known == name).map(|(_, span)| *span);
            let (Some(span), Some(note)) = (place(&server.name), place(&first.name)) else { continue };
            let message = format!("the server `{}` is never chosen", server.name);
            let is_longer = first.when.as_ref().is_some_and(|first| first.starts_with != when.starts_with);
            let help = match is_longer {
                true => format!("move `{}` before `{}`", server.name, first.name),
                false => "give one of the servers another condition".to_owned(),
            };
            self.report(
                Diagnostic::error(Code::InvalidValue, span, message)
                    .label(format!("every value that starts with this chooses `{}`", first.name))
                    .note(note, "this condition is tested first")
                    .help(help),
            );
        }
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
            Some("a user name has no colon")
        }
        Auth::Bearer { token } if is(token) && !value.bytes().all(|byte| matches!(byte, b'!'..=b'~')) => {
            Some("a bearer token consists of visible ASCII without blanks")
        }
        _ => None,
    }
}
