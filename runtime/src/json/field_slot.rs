//! Slots that the fields of an object are decoded into.
//!
//! Names and slots form a table behind one dynamic trait. The loop over the keys is compiled once,
//! in the reader, which keeps the code per generated type small.

use std::fmt;

use super::additional_fields::AdditionalFields;
use super::decode::{Decode, from_slice};
use super::decode_error::DecodeError;
use super::decode_in_place::DecodeInPlace;
use super::index_set::IndexSet;
use super::reader::Reader;
use super::tags::Tags;

/// A slot of any type that is filled from a reader.
pub trait DecodeSlot {
    /// Decodes the next value into the slot. A second value replaces the first.
    ///
    /// # Errors
    /// Returns an error if the value does not match the type of the slot.
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Fills the slot of a missing key with the default of its field. Returns whether the field has a
    /// default.
    fn apply_default(&mut self) -> bool;
}

/// The fields of a struct are slots that are always filled, at first with placeholders.
impl<T: DecodeInPlace> DecodeSlot for T {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.decode_in_place(reader)
    }

    fn apply_default(&mut self) -> bool {
        let default = T::when_missing();
        let has_default = default.is_some();
        if let Some(default) = default {
            *self = default;
        }
        has_default
    }
}

/// A wire name and the slot for its value.
pub type Field<'a> = (&'static str, &'a mut dyn DecodeSlot);

/// A slot outside a struct, for any type.
#[derive(Debug)]
pub struct FieldSlot<T> {
    /// The decoded value, or the default of the type if the key is missing.
    pub value: Option<T>,
}

impl<T: Decode> DecodeSlot for FieldSlot<T> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.value = Some(T::decode(reader)?);
        Ok(())
    }

    fn apply_default(&mut self) -> bool {
        self.value = T::when_missing();
        self.value.is_some()
    }
}

/// The slot of a field with a default for missing and null.
#[derive(Debug)]
pub struct WithDefault<'a, T>(pub &'a mut T, pub fn() -> T);

impl<T: DecodeInPlace> DecodeSlot for WithDefault<'_, T> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.read_null()? {
            self.apply_default();
            return Ok(());
        }
        self.0.decode_in_place(reader)
    }

    fn apply_default(&mut self) -> bool {
        *self.0 = (self.1)();
        true
    }
}

/// The slot of a field whose default for missing and null is a JSON text, which the generator has
/// checked.
#[derive(Debug)]
pub struct WithJsonDefault<'a, T>(pub &'a mut T, pub &'static str);

impl<T: DecodeInPlace> DecodeSlot for WithJsonDefault<'_, T> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.read_null()? {
            *self.0 = from_slice(self.1.as_bytes())?;
            return Ok(());
        }
        self.0.decode_in_place(reader)
    }

    fn apply_default(&mut self) -> bool {
        let default = from_slice(self.1.as_bytes());
        default.map(|default| *self.0 = default).is_ok()
    }
}

/// The slot of a known key whose value is ignored.
#[derive(Debug)]
pub struct Ignored;

impl DecodeSlot for Ignored {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.skip()
    }

    fn apply_default(&mut self) -> bool {
        true
    }
}

/// The slot of a field whose times default to UTC if they have no offset.
pub struct AssumeUtc<'a>(pub &'a mut dyn DecodeSlot);

impl DecodeSlot for AssumeUtc<'_> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let outer = std::mem::replace(&mut reader.assume_utc, true);
        let filled = self.0.decode_value(reader);
        reader.assume_utc = outer;
        filled
    }

    fn apply_default(&mut self) -> bool {
        self.0.apply_default()
    }
}

impl fmt::Debug for AssumeUtc<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssumeUtc(..)")
    }
}

impl Reader<'_> {
    /// Reads an object into the slots of its fields.
    ///
    /// Keys without a field replace the entries of `additional_fields`, or are skipped if it is `None`.
    ///
    /// # Errors
    /// Returns an error if the next value is not an object. An error is also returned if a required
    /// field is missing, or if a value does not match the type of its field.
    pub fn read_object(
        &mut self,
        fields: &mut [Field<'_>],
        additional_fields: Option<&mut dyn AdditionalFields>,
    ) -> Result<(), DecodeError> {
        let mut unknown = UnknownKeys { tags: self.tags_here()?, fields: additional_fields };
        if let Some(fields) = &mut unknown.fields {
            fields.clear();
        }
        let mut decoded = IndexSet::new(fields.len());
        // A document in the order of the type needs one comparison for each key.
        let mut expected = 0;
        let mut has_entry = self.open_object()?;
        while has_entry {
            if let Some(index) = self.read_known_key(fields, expected, &mut unknown)? {
                if let Some((name, slot)) = fields.get_mut(index) {
                    slot.decode_value(self).map_err(|error| error.in_key(*name))?;
                }
                decoded.insert(index);
                expected = index + 1;
            }
            has_entry = self.next_entry()?;
        }
        if let Some(fields) = unknown.fields {
            fields.finish();
        }
        for (index, (name, slot)) in fields.iter_mut().enumerate() {
            if !decoded.contains(index) && !slot.apply_default() {
                return Err(self.error("a value", "nothing").in_key(*name));
            }
        }
        Ok(())
    }

    /// Reads a key and returns the index of its field. Reads the whole entry if no field has the key.
    #[inline]
    fn read_known_key(
        &mut self,
        fields: &[Field<'_>],
        expected: usize,
        unknown: &mut UnknownKeys<'_>,
    ) -> Result<Option<usize>, DecodeError> {
        if fields.get(expected).is_some_and(|(name, _)| self.accept_key(name)) {
            return Ok(Some(expected));
        }
        let key = self.key()?;
        let index = fields.iter().position(|(name, _)| *name == key);
        match (index, &mut unknown.fields) {
            (Some(_), _) => {}
            (None, Some(fields)) if !unknown.tags.contains(key) => {
                let key = key.to_owned();
                fields.decode_entry(self, key)?;
            }
            (None, _) => self.skip()?,
        }
        Ok(index)
    }
}

/// The keys of an object that no field has.
struct UnknownKeys<'a> {
    /// The keys that are not stored, because they are the tags of unions.
    tags: Tags,
    /// The field that stores the other entries.
    fields: Option<&'a mut dyn AdditionalFields>,
}
