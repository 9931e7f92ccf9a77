//! The spec language as Rust types: what a maintainer may write, before anything is looked up.
//!
//! These types are read with serde and give the JSON Schemas that editors use, so that the two cannot disagree.

mod api;
mod common;
mod resource;
mod schema;
mod type_text;

pub use api::{
    ApiDecl, AuthDecl, BasicDecl, BearerDecl, ConditionDecl, CredentialDecl, CredentialKind, ErrorsDecl,
    HeaderDecl, OptionGroupDecl, PackageDecl, PaginationDecl, Paths, RetryDecl, ServerDecl,
};
pub use common::{Entries, Entry, Recover, Spanned, Tree, TreeKind};
pub use resource::{
    BodyDecl, EnumDecl, EnumValueDecl, ExampleDecl, FieldDecl, Names, OperationAuthDecl, OperationDecl,
    PaginateDecl, PermissionDecl, PlaceDecl, ResourceDecl, ResponseDecl, RestDecl, StyleDecl, TypeDecl,
    VariantDecl,
};
pub use schema::schemas;
pub use type_text::{TypeExpr, TypeWord, parse_type};

use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::yaml::{NodeDeserializer, Problems, parse};

/// Reads one file. What could be read is there even when there are problems.
pub fn read<T: DeserializeOwned>(text: &str, file: usize) -> (Option<T>, Vec<Diagnostic>) {
    let node = match parse(text, file) {
        Ok(node) => node,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    if node.is_nothing() {
        return (None, vec![empty_file(file)]);
    }
    let problems = Problems::default();
    // The error itself is among the problems by now.
    let value = T::deserialize(NodeDeserializer::new(&node, &problems)).ok();
    // What later readings make would lack what is bad, and be called incomplete for that: only their problems count.
    while problems.grew() {
        let _ = T::deserialize(NodeDeserializer::new(&node, &problems));
    }
    (value, problems.into_vec())
}

fn empty_file(file: usize) -> Diagnostic {
    Diagnostic::error(Code::WrongKind, Span::new(file, 0..0), "the file is empty")
        .label("expected a map, beginning with `doc:`")
        .help("describe the API or the resource, or remove the file")
}
