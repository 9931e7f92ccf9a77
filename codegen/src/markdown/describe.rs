//! What the tables say of one value: its doc, and what the server makes of it.

use std::fmt::Display;

use super::book::Page;
use super::text::listed;
use crate::doc_text::code;
use crate::doc_text::summary;
use crate::model::{Constant, Limits, Type};
use crate::rust::lower::Field;

/// The doc of a field: what it is, what happens without it, what is allowed.
pub fn render_field(page: Page<'_>, field: &Field<'_>) -> String {
    render_value(page, field, other_wire_name(field))
}

/// The doc of a param or field that stands on the wire as `on_wire` says.
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

/// The doc of something. Where it is only that of its type, which is a link away, the first sentence will do.
pub fn own_doc<'a>(page: Page<'_>, ty: Option<&Type>, doc: &'a str) -> &'a str {
    match ty {
        Some(Type::Named(id)) if page.book.package.type_item(*id).model.doc == doc => summary(doc),
        _ => doc,
    }
}

/// The keys that are no fields, since there is nothing to learn or to choose.
pub fn render_constants(constants: &[Constant]) -> String {
    let pairs = constants.iter().map(|it| code(&format!("\"{}\": {}", it.wire, it.value)));
    let pairs: Vec<String> = pairs.collect();
    match pairs.as_slice() {
        [] => String::new(),
        [pair] => format!("{pair} always stands there and is no field."),
        pairs => format!("{} always stand there and are no fields.", listed(pairs, "and")),
    }
}

/// How null is sent.
fn clearing(field: &Field<'_>) -> Option<String> {
    let clear = field.clear.as_ref()?;
    let how = if field.by_name() { format!("{clear}()") } else { "None".to_owned() };
    Some(format!("{} sends {}.", code(&how), code("null")))
}

/// The default of an absent param is the server's, that of an absent field is ours.
fn default_sentence(field: &Field<'_>, value: &str) -> String {
    if field.by_name() {
        format!("Defaults to {value}.")
    } else {
        format!("Reads as {value} where it is missing.")
    }
}

/// What to use instead of something.
pub fn deprecation(page: Page<'_>, instead: Option<&str>) -> Option<String> {
    instead.map(|instead| format!("**Deprecated:** {}", page.prose(instead)))
}

/// A doc and the notes that follow it, as one run of text.
pub fn described(page: Page<'_>, doc: &str, notes: impl IntoIterator<Item = Option<String>>) -> String {
    let doc = Some(page.prose(doc)).filter(|doc| !doc.is_empty());
    let parts: Vec<String> = std::iter::once(doc).chain(notes).flatten().collect();
    parts.join(" ")
}

/// The name on the wire, where it is another one.
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
    fn limits_read_as_words() {
        let both = Limits { min: Some(1.0), max: Some(1000.0), max_length: Some(64), ..Limits::default() };
        assert_eq!(limits(&both).as_deref(), Some("Allowed: 1 to 1000, at most 64 characters."));
        let items = Limits { min_items: Some(1), ..Limits::default() };
        assert_eq!(limits(&items).as_deref(), Some("Allowed: at least 1 item."));
        assert_eq!(limits(&Limits::default()), None);
    }
}
