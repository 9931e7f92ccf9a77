//! The places where the fields of an object wait until the object is whole.
//!
//! A table of names and slots behind one dynamic trait keeps what is generated
//! per type small: the loop over the keys is compiled once, in the reader.

use super::{Decode, DecodeError, Reader};

/// A slot of any type, to be filled from a reader.
pub trait Fill {
    /// Reads the next value into the slot. A second value replaces the first.
    ///
    /// # Errors
    /// When the value does not fit.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

/// A wire name and the slot that its value goes to.
pub type Field<'a> = (&'static str, &'a mut dyn Fill);

/// The place of one field.
#[derive(Debug)]
pub struct Slot<T> {
    value: Option<T>,
    null_is_missing: bool,
}

impl<T: Decode> Slot<T> {
    /// A slot for a field that has no default of its own.
    pub const fn new() -> Self {
        Self { value: None, null_is_missing: false }
    }

    /// A slot for a field with a default, which stands in for null too.
    pub const fn with_default() -> Self {
        Self { value: None, null_is_missing: true }
    }

    /// The value, or what a missing one reads as.
    ///
    /// # Errors
    /// When nothing was read and the type cannot be absent.
    pub fn take(self, reader: &Reader<'_>, name: &'static str) -> Result<T, DecodeError> {
        match self.value.or_else(T::absent) {
            Some(value) => Ok(value),
            None => Err(missing(reader, name)),
        }
    }

    /// The value, or the given one.
    pub fn take_or(self, default: T) -> T {
        self.value.unwrap_or(default)
    }
}

impl<T: Decode> Default for Slot<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Decode> Fill for Slot<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.value = if self.null_is_missing && reader.null()? { None } else { Some(T::decode(reader)?) };
        Ok(())
    }
}

fn missing(reader: &Reader<'_>, name: &'static str) -> DecodeError {
    reader.problem("a value", "nothing").in_key(name)
}

/// The field of a key. `hint` is the field expected next, so that a document
/// in the order of the type needs one comparison for each key.
pub(super) fn find_field<'a, 'f>(
    fields: &'a mut [Field<'f>],
    key: &str,
    hint: &mut usize,
) -> Option<&'a mut Field<'f>> {
    let index = match fields.get(*hint) {
        Some((name, _)) if *name == key => *hint,
        _ => fields.iter().position(|(name, _)| *name == key)?,
    };
    *hint = index + 1;
    fields.get_mut(index)
}
