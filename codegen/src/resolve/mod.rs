//! Conversion of syntax to the model: binds every name and checks every rule. This module knows APIs and nothing of Rust.
//!
//! All problems are collected, each once. A declaration that could not be read keeps its name. Its type is
//! [`Type::Unparsed`](crate::model::Type::Unparsed), which fits every value, and its missing parts are not reported.

mod scope;
mod resolver;
mod type_names;
mod aliases;
mod texts;
mod references;
mod package;
mod path;
mod path_tail;
mod base_url;
mod credentials;
mod server_variables;
mod servers;
mod scalars;
mod headers;
mod client_credentials;
mod auth;
mod option_groups;
mod errors;
mod retry;
mod sendable;
mod http;
mod fields;
mod types;
mod subsumption;
mod content_type;
mod described;
mod fixed;
mod body_shapes;
mod param_shapes;
mod flattened;
mod params;
mod bodies;
mod placeholders;
mod response_headers;
mod responses;
mod response_rules;
mod pagination_styles;
mod accept;
mod pagination;
mod operations;
mod usage;
mod directions;
mod tags;
mod unions;
mod endless;
mod fits;
mod implied_examples;
mod examples;
mod markdown;
mod api;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::load::ApiSyntax;
use crate::model::Api;

use resolver::Resolver;

/// An API, resolved as far as it is valid.
#[derive(Debug)]
pub struct Resolved {
    /// The API. If [`Resolved::sound`] is false, it lacks the unreadable parts, and only its problems are used.
    pub api: Api,
    pub problems: Vec<Diagnostic>,
    /// Whether the API was read completely and has no error.
    pub sound: bool,
}

/// Resolves an API, and continues after every problem.
pub fn resolve(syntax: &ApiSyntax) -> Resolved {
    let mut resolver = Resolver::new(syntax);
    let api = resolver.api();
    markdown::drop_follow_ups(&mut resolver.problems);
    // A problem of a shared parameter is found in each operation.
    let mut seen = BTreeSet::new();
    resolver.problems.retain(|it| seen.insert((it.span, it.code, it.message.clone(), it.label.clone())));
    let sound = resolver.is_sound();
    Resolved { api, problems: resolver.problems, sound }
}
