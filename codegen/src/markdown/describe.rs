//! The description of one value: its doc, default, limits and wire name.

use std::fmt::Display;

use super::page::Page;
use super::text::listed;
use crate::doc_text::code;
use crate::doc_text::summary;
use crate::model::{Constant, FieldLocation, Limits, Type};
use crate::rust::lower::Field;
use crate::value::Value;

/// Renders the doc of a field with its default, limits and wire name.
pub fn render_field(page: Page<'_>, field: &Field<'_>) -> String {
    render_value(page, field, other_wire_name(field))
}

/// Renders the doc of a parameter or field with a note on its wire format.
pub fn render_value(page: Page<'_>, field: &Field<'_>, on_wire: Option<String>) -> String {
    let model = field.model;
    let server_default =
        model.server_default.as_ref().map(|value| format!("Defaults to {}.", code(&shown(value))));
    let when_missing = model
        .when_missing
        .as_ref()
        .map(|value| format!("Defaults to {} if the response omits it.", code(&shown(value))));
    let zone = model.assume_utc.then(|| "A time without an offset is read as UTC.".to_owned());
    let notes = [
        server_default.or(when_missing),
        zone,
        limits(&model.limits),
        clearing(field),
        on_wire,
        deprecation(page, model.deprecated.as_deref()),
    ];
    described(page, own_doc(page, Some(&model.ty), &model.doc), notes)
}

/// Returns the doc of a value, or only its first sentence if the type has the same doc.
pub fn own_doc<'a>(page: Page<'_>, ty: Option<&Type>, doc: &'a str) -> &'a str {
    match ty {
        Some(Type::Named(id)) if page.links.package.type_item(*id).model.doc == doc => summary(doc),
        _ => doc,
    }
}

/// Renders the keys with a constant value, which are not exposed as fields.
pub fn render_constants(constants: &[Constant]) -> String {
    let pairs = constants.iter().map(|it| code(&format!("\"{}\": {}", it.wire, it.value)));
    let pairs: Vec<String> = pairs.collect();
    match pairs.as_slice() {
        [] => String::new(),
        [pair] => format!("Always sent as {pair}; not exposed as a field."),
        pairs => format!("Always sent as {}; not exposed as fields.", listed(pairs, "and")),
    }
}

/// Returns how null is sent.
fn clearing(field: &Field<'_>) -> Option<String> {
    let clear = field.clear.as_ref()?;
    let how = if field.by_name() { format!("{clear}()") } else { "None".to_owned() };
    Some(format!("{} sends {}.", code(&how), code("null")))
}

/// Renders the replacement of a deprecated item.
pub fn deprecation(page: Page<'_>, instead: Option<&str>) -> Option<String> {
    instead.map(|instead| format!("**Deprecated:** {}", page.prose(instead)))
}

/// Renders a value as text: without quotes, unless it is blank.
fn shown(value: &Value) -> String {
    match value.as_text() {
        Some(text) if !text.trim().is_empty() => text.to_owned(),
        _ => value.to_string(),
    }
}

/// Renders the note about values that this version does not know.
pub fn render_open(name: &str, others: &str) -> String {
    let unknown = code(&format!("{name}::Unknown(_)"));
    format!("{others} becomes {unknown}, which preserves the original value.")
}

/// Renders a doc and its notes. The notes follow on the same line if the doc is one paragraph.
pub fn described(page: Page<'_>, doc: &str, notes: impl IntoIterator<Item = Option<String>>) -> String {
    let doc = page.prose(doc);
    let notes = notes.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let is_paragraph = !doc.contains("\n\n") && !doc.contains("\n- ") && !doc.contains("```");
    let gap = if doc.is_empty() || notes.is_empty() {
        ""
    } else if is_paragraph {
        " "
    } else {
        "\n\n"
    };
    format!("{doc}{gap}{notes}")
}

/// Returns a note on the wire name, if it differs.
pub fn other_wire_name(field: &Field<'_>) -> Option<String> {
    match field.model.location {
        FieldLocation::Key => {}
        FieldLocation::Header => return Some(format!("Header: {}.", code(&field.model.wire))),
        FieldLocation::WholeBody => return Some("The whole body.".to_owned()),
    }
    (field.model.wire != field.name.plain()).then(|| format!("Wire name: {}.", code(&field.model.wire)))
}

fn limits(limits: &Limits) -> Option<String> {
    let parts: Vec<String> = [
        range(limits.min, limits.max, ""),
        range(limits.min_length, limits.max_length, "character"),
        range(limits.min_items, limits.max_items, "item"),
        limits.unique_items.then(|| "no duplicates".to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| format!("Allowed: {}.", parts.join(", ")))
}

fn range<N: Display + PartialEq>(min: Option<N>, max: Option<N>, unit: &str) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {}", counted(&min, unit))),
        (Some(min), Some(max)) => Some(format!("{min} to {}", counted(&max, unit))),
        (Some(min), None) => Some(format!("at least {}", counted(&min, unit))),
        (None, Some(max)) => Some(format!("at most {}", counted(&max, unit))),
        (None, None) => None,
    }
}

fn counted(number: &impl Display, unit: &str) -> String {
    match (number.to_string(), unit) {
        (number, "") => number,
        (number, unit) if number == "1" => format!("1 {unit}"),
        (number, unit) => format!("{number} {unit}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::limits;
    use crate::model::Limits;

    #[test]
    fn limits_are_rendered_as_text() {
        let both = Limits { min: Some(1.0), max: Some(1000.0), max_length: Some(64), ..Limits::default() };
        assert_eq!(limits(&both).as_deref(), Some("Allowed: 1 to 1000, at most 64 characters."));
        let items = Limits { min_items: Some(1), ..Limits::default() };
        assert_eq!(limits(&items).as_deref(), Some("Allowed: at least 1 item."));
        assert_eq!(limits(&Limits::default()), None);
    }
}
