//! Fields that keep the keys of an object that no other field has.

use std::collections::BTreeMap;

use super::decode::{Decode, decode_entry};
use super::decode_error::DecodeError;
use super::encode::Encode;
use super::reader::Reader;
use super::value::Object;

/// A field that keeps all keys of an object that no other field has: an [`Object`], or a map of
/// values of one type.
pub trait AdditionalFields {
    /// Removes all entries, which an earlier value of a repeated key left behind.
    fn clear(&mut self);

    /// Decodes the value of a key.
    ///
    /// # Errors
    /// Returns an error if the value does not match the type of the values.
    fn decode_entry(&mut self, reader: &mut Reader<'_>, key: String) -> Result<(), DecodeError>;

    /// Completes the entries after the last one.
    fn finish(&mut self) {}

    /// Calls `entry` for each key and value, in order.
    fn for_each(&self, entry: &mut dyn FnMut(&str, &dyn Encode));
}

impl AdditionalFields for Object {
    fn clear(&mut self) {
        *self = Self::new();
    }

    fn decode_entry(&mut self, reader: &mut Reader<'_>, key: String) -> Result<(), DecodeError> {
        self.push_decoded(decode_entry(reader, key)?);
        Ok(())
    }

    fn finish(&mut self) {
        *self = Self::from_entries(std::mem::take(self).into_entries());
    }

    fn for_each(&self, entry: &mut dyn FnMut(&str, &dyn Encode)) {
        self.iter().for_each(|(key, value)| entry(key, value));
    }
}

impl<T: Decode + Encode> AdditionalFields for BTreeMap<String, T> {
    fn clear(&mut self) {
        *self = Self::new();
    }

    fn decode_entry(&mut self, reader: &mut Reader<'_>, key: String) -> Result<(), DecodeError> {
        let (key, value) = decode_entry(reader, key)?;
        self.insert(key, value);
        Ok(())
    }

    fn for_each(&self, entry: &mut dyn FnMut(&str, &dyn Encode)) {
        self.iter().for_each(|(key, value)| entry(key, value));
    }
}
