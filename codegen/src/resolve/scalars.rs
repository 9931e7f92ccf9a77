//! Types whose values are single texts.

use crate::model::{Type, TypeDef};

/// The types whose values write themselves as single texts.
pub(super) const ONE_WORD: &str = "expected text, a number, a boolean, a time, an id or an enum";

/// The types that every location supports.
pub(super) const ONE_TEXT: &str =
    "expected text, a number, a boolean, a time, an id, an enum or a union of these";

/// Whether values of the type are single texts, which are allowed in every location.
///
/// `types` are the types that names refer to.
pub(super) fn is_scalar(ty: &Type, types: &[TypeDef]) -> bool {
    ty.is_text(types)
}
