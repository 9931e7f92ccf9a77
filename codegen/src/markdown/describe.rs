//! Descriptions of single values in tables: the doc, and facts about the value on the wire.

use std::fmt::Display;

use super::book::Page;
use super::text::listed;
use crate::doc_text::code;
use crate::doc_text::summary;
use crate::model::{Constant, Limits, Type};
use crate::rust::lower::Field;

/// Renders the doc of a field with its default and its limits.
pub fn render_field(page: Page<'_>, field: &Field<'_>) -> String {
    render_value(page, field, other_wire_name(field))
}

/// Renders the doc of a param or a field. `on_wire` describes its form on the wire.
pub fn render_value(page: Page<'_>, field: &Field<'_>, on_wire: Option<String>) -> String {
    let model = field.model;
    let default = model.default.as_ref().map(|value| default_sentence(field, &code(&value.to_string())));
    let zone = model.assume_utc.then(|| "A time without an offset is read as UTC.".to_owned());
    let notes = [
        default,
        zone,
        limits(&model.limits),
        clearing(field),
        on_wire,
        deprecation(page, model.deprecated.as_deref()),
    ];
    described(page, own_doc(page, Some(&model.ty), &model.doc), notes)
}

/// Returns the doc of an item. If it only repeats the doc of its type, which is linked, the first sentence suffices.
pub fn own_doc<'a>(page: Page<'_>, ty: Option<&Type>, doc: &'a str) -> &'a str {
    match ty {
        Some(Type::Named(id)) if page.book.package.type_item(*id).model.doc == doc => summary(doc),
        _ => doc,
    }
}

/// Renders the constants, which are not fields of the type.
pub fn render_constants(constants: &[Constant]) -> String {
    let pairs = constants.iter().map(|it| code(&format!("\"{}\": {}", it.wire, it.value)));
    let pairs: Vec<String> = pairs.collect();
    match pairs.as_slice() {
        [] => String::new(),
        [pair] => format!("{pair} always stands there and is no field."),
        pairs => format!("{} always stand there and are no fields.", listed(pairs, "and")),
    }
}

/// Describes how null is sent.
fn clearing(field: &Field<'_>) -> Option<String> {
    let clear = field.clear.as_ref()?;
    let how = if field.by_name() { format!("{clear}()") } else { "None".to_owned() };
    Some(format!("{} sends {}.", code(&how), code("null")))
}

/// States the default of a value. The server applies that of a param, and the package that of a response field.
fn default_sentence(field: &Field<'_>, value: &str) -> String {
    if field.by_name() {
        format!("Defaults to {value}.")
    } else {
        format!("Reads as {value} where it is missing.")
    }
}

/// Renders the replacement of a deprecated item.
pub fn deprecation(page: Page<'_>, instead: Option<&str>) -> Option<String> {
    instead.map(|instead| format!("**Deprecated:** {}", page.prose(instead)))
}

/// Renders a doc and the notes that follow it as one paragraph.
pub fn described(page: Page<'_>, doc: &str, notes: impl IntoIterator<Item = Option<String>>) -> String {
    let doc = Some(page.prose(doc)).filter(|doc| !doc.is_empty());
    let parts: Vec<String> = std::iter::once(doc).chain(notes).flatten().collect();
    parts.join(" ")
}

/// Returns the wire name, if it differs from the name of the field.
pub fn other_wire_name(field: &Field<'_>) -> Option<String> {
    (field.model.wire != field.name.plain()).then(|| format!("On the wire: {}.", code(&field.model.wire)))
}

fn limits(limits: &Limits) -> Option<String> {
    let parts: Vec<String> = [
        range(limits.min, limits.max, ""),
        range(limits.min_length, limits.max_length, "character"),
        range(limits.min_items, limits.max_items, "item"),
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
    fn limits_are_described_in_words() {
        let both = Limits { min: Some(1.0), max: Some(1000.0), max_length: Some(64), ..Limits::default() };
        assert_eq!(limits(&both).as_deref(), Some("Allowed: 1 to 1000, at most 64 characters."));
        let items = Limits { min_items: Some(1), ..Limits::default() };
        assert_eq!(limits(&items).as_deref(), Some("Allowed: at least 1 item."));
        assert_eq!(limits(&Limits::default()), None);
    }
}
