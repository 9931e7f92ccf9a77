//! Links from the file of an operation to its method.

use crate::rust::expand::import_scope::ImportScope;
use crate::rust::lower::Operation;

/// Returns the Markdown link to the method of an operation.
pub(super) fn method_link(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> String {
    let handle = scope.package.resource(operation.model.resource).handle.as_ref();
    match handle {
        Some(handle) => format!("[`{handle}::{0}`](super::{handle}::{0})", operation.name.plain()),
        None => format!("`{}`", operation.name),
    }
}
