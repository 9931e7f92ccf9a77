//! The servers of the API and the conditions that select them.

use super::base_url;
use super::references::unknown;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Condition, Credential, ResourceId, Server, ServerRole};
use crate::syntax::{Entries, OperationDecl, ServerDecl, Spanned};

impl<'s> Resolver<'s> {
    pub(super) fn servers(&mut self, credentials: &[Credential]) -> Vec<Server> {
        let mut servers = Vec::new();
        let Some(decls) = &self.syntax.decl.servers else { return servers };
        let named = self.servers_of_operations();
        let mut has_default = false;
        for (name, decl) in decls.iter() {
            self.check_url(decl);
            let when = decl.when.as_ref().and_then(|when| {
                let credential = self.credential(&when.credential, credentials)?;
                Some(Condition { credential, starts_with: when.starts_with.value.clone() })
            });
            let is_default = decl.when.is_none() && !has_default && !self.syntax.is_unparsed(name.span);
            has_default |= is_default;
            servers.push(Server {
                name: name.value.clone(),
                url: decl.url.value.clone(),
                doc: self.doc(decl.doc.as_ref(), name, "the server"),
                when,
                role: match decl.when {
                    Some(_) => ServerRole::Conditional,
                    None if is_default => ServerRole::Default,
                    None if named.contains(&name.value.as_str()) => ServerRole::Operations,
                    None => ServerRole::Selectable,
                },
                span: name.span,
            });
        }
        if !has_default {
            self.report_missing_default_server(decls);
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

    /// Returns the names of the servers under `server` of operations and resources.
    fn servers_of_operations(&self) -> Vec<&'s str> {
        let syntax = self.syntax;
        let resources = syntax.resources.iter();
        let named = resources.flat_map(|resource| {
            let operations = resource.decl.operations.iter();
            operations.filter_map(|(_, operation)| operation.server.as_ref()).chain(&resource.decl.server)
        });
        named.map(|name| name.value.as_str()).collect()
    }

    /// Resolves the server of an operation: its own, or that of the nearest resource.
    pub(super) fn server_of(
        &mut self,
        api: &Api,
        resource: ResourceId,
        decl: &'s OperationDecl,
    ) -> Option<usize> {
        let own = decl.server.as_ref().and_then(|name| self.named_server(api, name));
        let of_resources = std::iter::successors(Some(resource), |id| api.resources.get(id.0)?.parent);
        let syntax = self.syntax;
        let inherited = || {
            let named = of_resources.filter_map(|id| syntax.resources.get(id.0)?.decl.server.as_ref());
            let name = named.map(|name| name.value.as_str()).next()?;
            api.servers.iter().position(|server| server.name == name)
        };
        let server = if decl.server.is_some() { own } else { inherited() };
        server.filter(|at| api.servers.get(*at).is_some_and(|it| it.role == ServerRole::Operations))
    }

    /// Checks the servers of the resources.
    pub(super) fn check_servers_of_resources(&mut self, api: &Api) {
        for resource in &self.syntax.resources {
            if let Some(name) = &resource.decl.server {
                self.named_server(api, name);
            }
        }
    }

    /// Returns the server of this name, and reports an undefined one or one that depends on the credentials.
    fn named_server(&mut self, api: &Api, name: &Spanned<String>) -> Option<usize> {
        let found = api.servers.iter().position(|server| server.name == name.value);
        let declared = self.syntax.decl.servers.as_ref();
        match found.and_then(|at| api.servers.get(at)) {
            Some(server) if server.when.is_some() => {
                let message = format!("the server `{}` depends on a credential", name.value);
                self.report(
                    Diagnostic::error(Code::InvalidValue, name.span, message)
                        .label("not a server of single operations")
                        .note(server.span, "defined with `when`")
                        .help("remove its `when`, or remove `server` here"),
                );
            }
            Some(_) => {}
            None if declared.is_none_or(|servers| servers.keys().any(|known| known.value == name.value)) => {}
            None => {
                let names = api.servers.iter().map(|server| server.name.as_str());
                self.report(unknown(Code::UnknownServer, "server", name, names, "`servers`"));
            }
        }
        found
    }

    fn check_url(&mut self, decl: &ServerDecl) {
        // The URL of a server with variables is checked with their values.
        if decl.url.contains('{') {
            return;
        }
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
