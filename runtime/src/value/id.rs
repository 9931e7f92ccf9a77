//! What can be given where an identifier is asked for.

/// Anything that turns into the identifier `T`: one of its own kind, owned or by reference.
///
/// It is no more than [`Into`]. It has a name of its own so that the compiler
/// can say what is wrong when text, or an identifier of another kind, is given.
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
    message = "this takes `{T}`, not `{Self}`",
    label = "expected `{T}` or `&{T}`",
    note = "one id never turns into another, and text only on purpose: `{T}::new(\"…\")`"
)]
pub trait IntoId<T>: Into<T> {}

// Without this the compiler would explain the failed `Into` in place of the above.
#[diagnostic::do_not_recommend]
impl<T, U: Into<T>> IntoId<T> for U {}
