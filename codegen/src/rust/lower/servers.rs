//! The Rust names of servers, and of the methods that change them.

use crate::model::Api;
use crate::rust::names::{self, RustName};

use super::namespace::{NamedItem, Namespace, Problems};
use super::package::{ServerChoice, ServerSetter};
use super::reserved::NameScope;

/// Lowers the variants of `Server`.
pub(super) fn lower_servers<'a>(api: &'a Api, problems: &mut Problems) -> Option<Vec<ServerChoice<'a>>> {
    let mut taken = Namespace::new("the enum `Server`");
    let servers = api.client_servers().filter(|_| api.has_server_choice());
    let lowered = servers.map(|model| {
        let item = NamedItem::new("server", &model.name, model.span, "give the server another key");
        let name = problems.variant_name(&model.name, &item)?;
        taken.claim(&name, item, problems);
        Some(ServerChoice { model, name })
    });
    lowered.collect::<Vec<_>>().into_iter().collect()
}

/// Lowers the methods of the builder: those of the variables, and those of the servers of single operations.
pub(super) fn lower_setters<'a>(
    api: &'a Api,
    problems: &mut Problems,
) -> Option<(Vec<RustName>, Vec<ServerSetter<'a>>)> {
    let mut taken = Namespace::new("the methods of `ClientBuilder`");
    for model in api.credentials.iter().filter(|credential| credential.is_setting) {
        let item = NamedItem::new("credential", &model.name, model.span, "give one of them another key");
        if let Ok(name) = names::value_name(&model.name) {
            taken.claim(&NameScope::ClientBuilder.fit(name), item, problems);
        }
    }
    let mut lower = |text: &str, item: NamedItem| {
        let name = problems.value_name(text, NameScope::ClientBuilder, &item)?;
        taken.claim(&name, item, problems);
        Some(name)
    };
    let variables = api.variables.iter().map(|model| {
        let advice = "rename the variable";
        lower(&model.name, NamedItem::new("server variable", &model.name, model.span, advice))
    });
    let variables: Vec<_> = variables.collect();
    let servers = api.operation_servers().map(|model| {
        let advice = "give the server another key";
        let item = NamedItem::new("server", &model.name, model.span, advice);
        let setter = lower(&format!("{}_base_url", model.name), item)?;
        Some(ServerSetter { model, setter })
    });
    let servers: Vec<_> = servers.collect();
    Some((variables.into_iter().collect::<Option<_>>()?, servers.into_iter().collect::<Option<_>>()?))
}
