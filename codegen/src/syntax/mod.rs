//! The declarations of the description language as Rust types, before names are bound or rules are checked.
//!
//! serde reads these types, and they define the JSON Schemas for editors. The two therefore cannot disagree.

mod common;
mod type_text;
mod rules;
mod auth;
mod field;
mod wire;
mod response;
mod resource;
mod api;
mod schema_line;
mod schema;
mod indent;

pub use api::{
    ApiDecl, ConditionDecl, CredentialDecl, CredentialKind, DocsDecl, ErrorsDecl, HeaderDecl,
    OptionGroupDecl, PackageDecl, PaginationDecl, Paths, RetryDecl, ServerDecl, ServerVariableDecl,
};
pub use auth::{
    ApiKeyDecl, AuthDecl, BasicDecl, BearerDecl, ClientCredentialsDecl, CredentialsLocationDecl,
    KeyLocationDecl, SchemeDecl,
};
pub use common::{Entries, Entry, Lenient, Spanned, SpannedKind, SpannedValue};
pub use field::{
    ExtraKey, FieldDecl, FixedDecl, ObjectFieldDecl, ParamDecl, ParamLocationDecl, PermissionDecl,
    ReceivedDecl, StyleDecl, TypeDeclaration, TypedDecl,
};
pub use indent::Shifts;
pub use resource::{
    AdditionalFieldsDecl, BodyDecl, EnumDecl, EnumValueDecl, ExampleDecl, Names, OperationDecl, PaginateDecl,
    ResourceDecl, TypeDecl, VariantDecl, VariantsDecl,
};
pub use response::{ByStatusDecl, ResponseDecl};
pub use schema::{schema_file, schemas};
pub use schema_line::check_schema_line;
pub use type_text::{TypeExpr, TypeWord, parse_type};

use std::collections::BTreeSet;

use serde::Deserialize as _;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use indent::Trial;

use crate::yaml::{Document, NodeDeserializer, Problems, parse};

/// The readable declarations of a file.
#[derive(Debug)]
pub struct Reading<T> {
    /// The declaration of the file. Missing if no part is readable.
    pub decl: Option<T>,
    pub problems: Vec<Diagnostic>,
    /// The declarations with an unreadable part, by the span of their keys; a whole file by its start.
    ///
    /// Their names are known, and their missing keys are not reported.
    pub unparsed: BTreeSet<Span>,
    /// The unknown keys. A misplaced declaration is among them.
    pub unknown: BTreeSet<String>,
    /// The map from positions of the declarations to those of the text, if lines were read at another indentation.
    ///
    /// The problems already have positions of the text.
    pub shifts: Option<Shifts>,
}

/// Reads a file, and returns its valid parts even if it has problems.
pub fn read<T: DeserializeOwned>(text: &str, file: usize) -> Reading<T> {
    let (reading, trial) = read_as_is::<T>(text, file);
    if !trial.is_suspicious() {
        return reading;
    }
    let Some(repaired) = indent::repair(text, file, trial, |text| read_as_is::<T>(text, file).1) else {
        return reading;
    };
    let (mut reading, _) = read_as_is::<T>(&repaired.text, file);
    for problem in &mut reading.problems {
        problem.move_within(file, |byte| repaired.shifts.original(byte));
    }
    reading.problems.extend(repaired.problems);
    Reading { shifts: Some(repaired.shifts), ..reading }
}

/// Reads a file at its own indentation.
fn read_as_is<T: DeserializeOwned>(text: &str, file: usize) -> (Reading<T>, Trial) {
    let Document { root, problems: mut found, lost } = parse(text, file);
    let whole = Span::new(file, 0..0);
    let Some(node) = root.filter(|root| !root.is_nothing()) else {
        if found.is_empty() {
            found.push(empty_file(file));
        }
        let unparsed = BTreeSet::from([whole]);
        let trial = Trial { problems: found.clone(), strays: Vec::new(), keys: 0 };
        let reading =
            Reading { decl: None, problems: found, unparsed, unknown: BTreeSet::new(), shifts: None };
        return (reading, trial);
    };
    let problems = Problems::default();
    let decl = Lenient::deserialize(NodeDeserializer::new(&node, &problems)).ok().and_then(|read| read.0);
    found.extend(problems.diagnostics());
    let trial = Trial { problems: found.clone(), strays: problems.strays(), keys: node.keys() };
    let (mut unparsed, unknown) = problems.into_unparsed();
    unparsed.extend(lost.then_some(whole));
    (Reading { decl, problems: found, unparsed, unknown, shifts: None }, trial)
}

fn empty_file(file: usize) -> Diagnostic {
    Diagnostic::error(Code::WrongKind, Span::new(file, 0..0), "the file is empty")
        .label("expected a map, beginning with `doc:`")
        .help("describe the API or the resource, or remove the file")
}
