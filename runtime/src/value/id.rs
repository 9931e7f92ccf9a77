//! The conversion bound of identifier parameters.

/// A type that converts into the identifier `T`: either `T` itself or `&T`.
///
/// Equivalent to `Into<T>`. A separate trait lets the compiler explain the error when a caller
/// passes text or an identifier of another type.
///
/// ```
/// use typefoundry_runtime::{IntoId, string_id};
///
/// #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
/// struct PetId(Box<str>);
/// string_id!(PetId);
///
/// fn feed(pet: impl IntoId<PetId>) -> PetId {
///     pet.into()
/// }
///
/// let id = PetId::new("pet-111");
/// assert_eq!(feed(&id), feed(id));
/// ```
#[diagnostic::on_unimplemented(
    message = "expected `{T}`, found `{Self}`",
    label = "expected `{T}` or `&{T}`",
    note = "identifiers do not convert into each other; create one from text with `{T}::new(\"…\")`"
)]
pub trait IntoId<T>: Into<T> {}

// Without this attribute, the compiler would report the missing `Into` implementation instead.
#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoId<T> for U {}
