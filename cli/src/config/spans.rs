//! Positions of keys and values in `typefoundry.toml`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// Returns the table that a value is.
pub(super) fn as_table<'v, 'i>(value: &'v DeValue<'i>) -> Option<&'v DeTable<'i>> {
    match value {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// Returns the span of the value at a path of keys, or of the innermost table on the way to it.
pub(super) fn span_at(root: &DeTable<'_>, path: &[&str]) -> Range<usize> {
    let mut table = Some(root);
    let mut span = 0..0;
    for key in path {
        let Some((_, value)) = table.and_then(|table| table.iter().find(|(name, _)| name.get_ref() == *key))
        else {
            break;
        };
        span = value.span();
        table = as_table(value.get_ref());
    }
    span
}
