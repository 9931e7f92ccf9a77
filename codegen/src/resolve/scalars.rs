//! Types whose values are single texts.

use crate::model::{Shape, Type, TypeDef};

/// The types that are allowed in a path, a query or a header.
pub(super) const ONE_WORD: &str = "expected text, a number, a boolean, a time, an id or an enum";

/// Whether values of the type are single texts, so that they are allowed in a path, a query or a header.
///
/// `types` are the types that names refer to.
pub(super) fn is_scalar(ty: &Type, types: &[TypeDef]) -> bool {
    match ty {
        Type::Json | Type::Object | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
        Type::Named(id) => types
            .get(id.0)
            .is_some_and(|def| def.unparsed || matches!(def.shape, Shape::Id { .. } | Shape::Enum { .. })),
        _ => true,
    }
}
