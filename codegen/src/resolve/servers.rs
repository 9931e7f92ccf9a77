//! The servers of the API and the conditions that select them.

use super::base_url;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Condition, Credential, Server};
use crate::source::Span;
use crate::syntax::{Entries, ServerDecl, Spanned};

impl Resolver<'_> {
    pub(super) fn servers(&mut self, credentials: &[Credential]) -> Vec<Server> {
        let mut servers = Vec::new();
        let mut defaults: Vec<Span> = Vec::new();
        let Some(decls) = &self.syntax.decl.servers else { return servers };
        for (name, decl) in decls.iter() {
            self.check_url(decl);
            let when = decl.when.as_ref().and_then(|when| {
                let credential = self.credential(&when.credential, credentials)?;
                Some(Condition { credential, starts_with: when.starts_with.value.clone() })
            });
            if decl.when.is_none() && !self.syntax.is_unparsed(name.span) {
                defaults.push(name.span);
            }
            servers.push(Server {
                name: name.value.clone(),
                url: decl.url.value.clone(),
                doc: self.doc(decl.doc.as_ref(), name, "the server"),
                when,
            });
        }
        match defaults.as_slice() {
            [_] => {}
            [] => self.report_missing_default_server(decls),
            [first, second, ..] => self.report(
                Diagnostic::error(Code::InvalidValue, *second, "two servers have no condition")
                    .label("never chosen: the first server without `when` is the default")
                    .note(*first, "the first")
                    .help("add `when: { credential: …, starts_with: … }` to one of them"),
            ),
        }
        servers.sort_by_key(|server| server.when.is_none());
        self.check_servers_are_chosen(&servers);
        servers
    }

    fn report_missing_default_server(&mut self, servers: &Spanned<Entries<ServerDecl>>) {
        let problem = match servers.keys().last() {
            Some(last) => Diagnostic::error(Code::InvalidValue, last.span, "every server has a condition")
                .label("no default server")
                .help("remove `when:` from the server that is the default"),
            None => Diagnostic::error(Code::InvalidValue, servers.span, "`servers` is empty")
                .label("no server")
                .help("add a server: `live: { url: https://…, doc: … }`"),
        };
        // A server that could not be read can be the default one.
        if !servers.keys().any(|server| self.syntax.is_unparsed(server.span)) {
            self.report(problem);
        }
    }

    fn check_url(&mut self, decl: &ServerDecl) {
        if let Err(base_url::Problem { start, len, label, help }) = base_url::check(&decl.url) {
            let message = format!("`{}` is not a valid base URL", decl.url.value);
            self.report(
                Diagnostic::error(Code::InvalidBaseUrl, decl.url.part(start, len), message)
                    .label(label)
                    .help(help),
            );
        }
    }

    /// Reports a server whose condition implies that of an earlier server.
    fn check_servers_are_chosen(&mut self, servers: &[Server]) {
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
}
