//! The servers of a client while it is built.

use crate::error::{Error, ErrorKind};
use crate::request::{BaseUrl, ServerVariable, expand};

/// The servers of a client, and the base URLs that replace theirs.
#[derive(Default)]
pub(super) struct Servers {
    /// The URL of operations without a server of their own. It can contain variables.
    default: String,
    named: Vec<NamedServer>,
    variables: Vec<ServerVariable>,
    /// The base URL that replaces all others.
    base_url: Option<String>,
}

struct NamedServer {
    name: &'static str,
    template: String,
    base_url: Option<String>,
}

/// The base URLs of a client.
pub(super) struct ResolvedServers {
    pub(super) default: BaseUrl,
    pub(super) named: Vec<(&'static str, BaseUrl)>,
}

impl Servers {
    pub(super) fn new(template: &str) -> Self {
        Self { default: template.to_owned(), ..Self::default() }
    }

    pub(super) fn set_default(&mut self, template: &str) {
        template.clone_into(&mut self.default);
    }

    pub(super) fn replace_all(&mut self, base_url: &str) {
        self.base_url = Some(base_url.to_owned());
    }

    pub(super) fn add(&mut self, name: &'static str, template: &str) {
        self.change(name, |server| template.clone_into(&mut server.template));
    }

    pub(super) fn replace_one(&mut self, name: &'static str, base_url: &str) {
        self.change(name, |server| server.base_url = Some(base_url.to_owned()));
    }

    pub(super) fn set_variable(
        &mut self,
        name: &'static str,
        allowed: &'static [&'static str],
        value: String,
    ) {
        self.variables.retain(|variable| variable.name != name);
        self.variables.push(ServerVariable { name, allowed, value });
    }

    /// Changes the server of a name, which is added if it is new.
    fn change(&mut self, name: &'static str, change: impl FnOnce(&mut NamedServer)) {
        match self.named.iter_mut().find(|server| server.name == name) {
            Some(server) => change(server),
            None => {
                let mut server = NamedServer { name, template: String::new(), base_url: None };
                change(&mut server);
                self.named.push(server);
            }
        }
    }

    /// Returns the base URLs. The error of a server that some operations use names the server.
    pub(super) fn resolve(&self) -> Result<ResolvedServers, Error> {
        let default = self.base_url(None, &self.default)?;
        let named = self.named.iter().map(|server| {
            let base_url = self.base_url(server.base_url.as_deref(), &server.template);
            base_url.map(|base_url| (server.name, base_url)).map_err(|error| {
                Error::new(ErrorKind::Config, format!("the server `{}`: {error}", server.name))
            })
        });
        Ok(ResolvedServers { default, named: named.collect::<Result<_, _>>()? })
    }

    /// Returns the first URL of: the one of the server, the one of the client, and the one of the API.
    fn base_url(&self, own: Option<&str>, template: &str) -> Result<BaseUrl, Error> {
        match own.or(self.base_url.as_deref()) {
            Some(base_url) => base_url.parse(),
            None => expand(template, &self.variables)?.parse(),
        }
    }
}

impl ResolvedServers {
    pub(super) fn base_urls(&self) -> impl Iterator<Item = &BaseUrl> {
        std::iter::once(&self.default).chain(self.named.iter().map(|(_, base_url)| base_url))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urls(servers: &Servers) -> [String; 2] {
        let resolved = servers.resolve().expect("valid servers");
        let mut urls = resolved.base_urls().map(|url| url.as_str().to_owned());
        [urls.next().expect("a default"), urls.next().expect("another server")]
    }

    fn servers() -> Servers {
        let mut servers = Servers::new("https://{tenant}.example.com");
        servers.add("files", "https://files.example.com/{tenant}");
        servers.set_variable("tenant", &[], "acme".to_owned());
        servers
    }

    #[test]
    fn most_specific_base_url_is_used() {
        let mut servers = servers();
        assert_eq!(urls(&servers), ["https://acme.example.com", "https://files.example.com/acme"]);
        servers.set_variable("tenant", &[], "beta".to_owned());
        servers.set_default("https://eu.example.com/{tenant}");
        assert_eq!(urls(&servers), ["https://eu.example.com/beta", "https://files.example.com/beta"]);
        servers.replace_all("http://localhost:1");
        assert_eq!(urls(&servers), ["http://localhost:1", "http://localhost:1"]);
        servers.replace_one("files", "http://localhost:2");
        servers.set_default("https://us.example.com");
        assert_eq!(urls(&servers), ["http://localhost:1", "http://localhost:2"]);
    }

    #[test]
    fn error_names_the_server_or_the_variable() {
        let mut invalid = servers();
        invalid.set_variable("tenant", &[], "a/b".to_owned());
        let error = invalid.resolve().err().expect("an invalid variable");
        assert!(error.to_string().contains("invalid server variable `tenant`"), "{error}");
        let mut invalid = servers();
        invalid.replace_one("files", "files");
        let error = invalid.resolve().err().expect("an invalid URL");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().contains("the server `files`: invalid base URL: "), "{error}");
    }
}
