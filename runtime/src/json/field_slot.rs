//! Slots that store the decoded fields of an object until all of it is read.
//!
//! Names and slots form a table behind one dynamic trait. The loop over the keys is compiled once,
//! in the reader, which keeps the code per generated type small.

use std::fmt;

use super::decode::{Decode, decode_entry};
use super::decode_error::DecodeError;
use super::json_kind::JsonKind;
use super::reader::Reader;
use super::syntax_error::syntax_error;
use super::value::{Object, Value};

/// A slot of any type that is filled from a reader.
pub trait DecodeSlot {
    /// Decodes the next value into the slot. A second value replaces the first.
    ///
    /// # Errors
    /// Returns an error if the value does not match the type of the slot.
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;

    /// Fills an empty slot with the default of its field. Returns whether the slot now has a value.
    fn apply_default(&mut self) -> bool;
}

/// A wire name and the slot for its value.
pub type Field<'a> = (&'static str, &'a mut dyn DecodeSlot);

/// The slot of one field.
#[derive(Debug)]
pub struct FieldSlot<T> {
    /// The decoded value, or the default once [`DecodeSlot::apply_default`] was called.
    pub value: Option<T>,
    /// The value for a missing or null field, if the field declares one.
    pub default: Option<T>,
}

impl<T: Decode> DecodeSlot for FieldSlot<T> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let is_missing = self.default.is_some() && reader.read_null()?;
        self.value = if is_missing { None } else { Some(T::decode(reader)?) };
        Ok(())
    }

    fn apply_default(&mut self) -> bool {
        if self.value.is_none() {
            self.value = self.default.take().or_else(T::when_missing);
        }
        self.value.is_some()
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
    /// Keys without a field are stored in `additional_fields`, or skipped if it is `None`.
    ///
    /// # Errors
    /// Returns an error if the next value is not an object. An error is also returned if a required
    /// field is missing, or if a value does not match the type of its field.
    pub fn read_object(
        &mut self,
        fields: &mut [Field<'_>],
        additional_fields: Option<&mut Object>,
    ) -> Result<(), DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        let tag = self.tag.filter(|(start, _)| *start == self.offset()).map(|(_, name)| name);
        self.enter()?;
        let document = self.document_for_errors();
        let mut expected_index = 0;
        let mut additional = Vec::new();
        let mut next = self.parser.known_object().map_err(|error| syntax_error(document, error))?;
        while let Some(key) = next {
            match find_field(fields, key, &mut expected_index) {
                Some((name, slot)) => slot.decode_value(self).map_err(|error| error.in_key(*name))?,
                None if additional_fields.is_some() && tag != Some(key) => {
                    let key = key.to_owned();
                    additional.push(decode_entry::<Value>(self, key)?);
                }
                None => self.skip()?,
            }
            next = self.parser.next_key().map_err(|error| syntax_error(document, error))?;
        }
        self.depth -= 1;
        if let Some(object) = additional_fields {
            object.extend(additional);
        }
        apply_defaults(self, fields)
    }
}

/// Checks that every field has a value or a default.
fn apply_defaults(reader: &Reader<'_>, fields: &mut [Field<'_>]) -> Result<(), DecodeError> {
    match fields.iter_mut().find_map(|(name, slot)| (!slot.apply_default()).then_some(*name)) {
        Some(missing) => Err(reader.error("a value", "nothing").in_key(missing)),
        None => Ok(()),
    }
}

/// Returns the field of a key. `expected_index` is the index of the expected next field: a document
/// in the order of the type needs one comparison for each key.
fn find_field<'a, 'f>(
    fields: &'a mut [Field<'f>],
    key: &str,
    expected_index: &mut usize,
) -> Option<&'a mut Field<'f>> {
    let index = match fields.get(*expected_index) {
        Some((name, _)) if *name == key => *expected_index,
        _ => fields.iter().position(|(name, _)| *name == key)?,
    };
    *expected_index = index + 1;
    fields.get_mut(index)
}
