//! The fields of objects and responses, and the types of error bodies.

use super::describe::render_field;
use super::page::Page;
use super::table::Table;
use crate::doc_text::code;
use crate::rust::lower::{Field, TypeItem};

/// Renders the fields of an object or a response as a table.
pub fn render_fields(page: Page<'_>, fields: &[Field<'_>]) -> String {
    let rows = fields
        .iter()
        .map(|field| [code(field.name.plain()), page.field_type(field), render_field(page, field)]);
    Table::new(["Field", "Type", "Description"], rows).render()
}

/// Returns the call that decodes an error body as a type.
pub fn body_as(item: &TypeItem<'_>) -> String {
    code(&format!("error.body_as::<{}>()", item.name))
}
