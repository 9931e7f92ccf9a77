//! The selection of a server by credentials.

use super::api::{Api, Condition, Server, ServerRole};

impl Api {
    /// Returns the servers that a client can be created for. The others belong to single operations.
    pub fn client_servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().filter(|server| server.role != ServerRole::Operations)
    }

    /// Returns the servers of single operations.
    pub fn operation_servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().filter(|server| server.role == ServerRole::Operations)
    }

    /// Whether the caller can select a server.
    pub fn has_server_choice(&self) -> bool {
        self.servers.iter().any(|server| server.role == ServerRole::Selectable)
    }

    /// Returns the URL of a server with defaults and examples in place of its variables.
    pub fn example_url(&self, server: &Server) -> String {
        let defaults = self.variables.iter().map(|variable| (&variable.name, &variable.default));
        let required = self.credentials.iter().filter(|credential| credential.variable.is_some());
        let values = defaults.chain(required.map(|variable| (&variable.name, &variable.example)));
        values.fold(server.url.clone(), |url, (name, value)| {
            url.replace(&format!("{{{name}}}"), value.trim_end_matches('/'))
        })
    }

    /// Returns example credentials that select a server, in the order of the credentials.
    ///
    /// Returns `None` if earlier servers match all of them.
    pub fn credentials_for(&self, server: usize) -> Option<Vec<String>> {
        let chosen = self.servers.get(server)?;
        let credentials = self.credentials.iter().filter(|credential| !credential.is_setting).enumerate();
        credentials
            .map(|(at, credential)| {
                let start = chosen.when.as_ref().filter(|when| when.credential == at);
                let start = start.map_or("", |when| when.starts_with.as_str());
                let mut values = candidates(start, &credential.example);
                values
                    .find(|value| !self.earlier(server, at).any(|when| value.starts_with(&when.starts_with)))
            })
            .collect()
    }

    /// Returns the conditions on a credential that precede those of a server.
    fn earlier(&self, server: usize, credential: usize) -> impl Iterator<Item = &Condition> {
        let conditions = self.servers.iter().take(server).filter_map(|server| server.when.as_ref());
        conditions.filter(move |when| when.credential == credential)
    }
}

/// Returns values that begin with a text, the example first. The others differ in the next character.
fn candidates(start: &str, example: &str) -> impl Iterator<Item = String> {
    let example = example.starts_with(start).then(|| example.to_owned());
    let others = ('a'..='z').chain('0'..='9').chain('A'..='Z').map(move |c| format!("{start}{c}1"));
    example.into_iter().chain(others)
}

#[cfg(test)]
mod tests {
    use crate::generate::resolve_all;
    use crate::model::Api;
    use crate::source::Source;

    fn api(servers: &str) -> Api {
        let text = format!(
            "doc: Acme.\npackage: {{ name: acme, version: 0.1.0, doc: Acme. }}\n\
             credentials:\n  account: {{ doc: Who., env: ACCOUNT, example: live_1 }}\n  \
             key: {{ type: secret, doc: A key., env: KEY, example: key_1 }}\n\
             auth: {{ basic: {{ username: account, password: key }} }}\nservers:\n{servers}"
        );
        let (sources, mut apis, problems) = resolve_all([Source::new("acme/api.yaml", text)]);
        assert!(problems.is_empty(), "{}", crate::diagnostic::render(&problems, &sources, false));
        apis.remove(0)
    }

    #[test]
    fn credentials_select_their_server_and_no_earlier_one() {
        let api = api("  \
            eu: { url: https://eu.acme.test, doc: Europe., when: { credential: account, starts_with: live_eu_ } }\n  \
            a: { url: https://a.acme.test, doc: A., when: { credential: key, starts_with: a } }\n  \
            live: { url: https://acme.test, doc: Live., when: { credential: account, starts_with: live_ } }\n  \
            test: { url: https://test.acme.test, doc: Test. }\n");
        let chosen: Vec<_> = (0..5).map(|server| api.credentials_for(server)).collect();
        let pair = |account: &str, key: &str| Some(vec![account.to_owned(), key.to_owned()]);
        let expected = [
            pair("live_eu_a1", "key_1"),
            pair("live_1", "aa1"),
            pair("live_1", "key_1"),
            pair("a1", "key_1"),
            None,
        ];
        assert_eq!(chosen, expected);
    }
}
