//! Selection of a union's variant by lookahead.

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::field_slot::{DecodeSlot, FieldSlot};
use super::json_kind::JsonKind;
use super::reader::Reader;

/// The limit on bytes that failed trials can read: a multiple of the document's length, plus a
/// constant.
///
/// A nested union is tried once for each variant of the outer unions. Without the limit, a
/// malicious document could keep a reader busy indefinitely.
const MAX_REREAD: (usize, usize) = (32, 1 << 20);

impl Reader<'_> {
    /// Returns the tag of the next object as text, without consuming the object.
    ///
    /// The tag is the value of the first of `names` that is a string, a boolean or a number. Its
    /// key is not stored among the additional keys of the object.
    ///
    /// # Errors
    /// Returns an error if the next value is not an object or not valid JSON.
    pub(crate) fn peek_tag(&mut self, names: &[&'static str]) -> Result<Option<String>, DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        let found = self.fork().find_tag(names)?;
        Ok(found.map(|(name, text)| {
            self.tags = self.tags.at(self.offset()).with(Some(name));
            text
        }))
    }

    /// Returns the tag at a path of keys in the next object as text, without consuming the object.
    ///
    /// # Errors
    /// Returns an error if the next value is not an object or not valid JSON.
    pub(crate) fn peek_tag_at(&mut self, path: &[&str]) -> Result<Option<String>, DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        self.fork().scalar_at(path)
    }

    /// Returns whether the next value is an object in which a key has this value, without consuming
    /// the object.
    ///
    /// # Errors
    /// Returns an error if the next value is not valid JSON.
    pub(crate) fn has_constant(&mut self, key: &str, value: &str) -> Result<bool, DecodeError> {
        Ok(self.fork().scalar_at(&[key])?.is_some_and(|found| found == value))
    }

    /// Reads until the value at a path of keys, and returns its text if it is a string, a boolean or
    /// a number.
    fn scalar_at(mut self, path: &[&str]) -> Result<Option<String>, DecodeError> {
        for name in path {
            if self.peek_kind()? != JsonKind::Object || !self.find_key(name)? {
                return Ok(None);
            }
        }
        self.read_scalar()
    }

    /// Reads until the value of a key, and returns whether the object has the key.
    fn find_key(&mut self, name: &str) -> Result<bool, DecodeError> {
        let mut has_entry = self.open_object()?;
        while has_entry {
            if self.key()? == name {
                return Ok(true);
            }
            self.skip()?;
            has_entry = self.next_entry()?;
        }
        Ok(false)
    }

    /// Finds the tag and stops as early as possible. If a tag is repeated, the first one is used.
    fn find_tag(mut self, names: &[&'static str]) -> Result<Option<(&'static str, String)>, DecodeError> {
        let mut found = None;
        // The names with precedence over the found one.
        let mut preferred = names;
        let mut has_entry = self.open_object()?;
        while has_entry && !preferred.is_empty() {
            let key = self.key()?;
            match preferred.iter().enumerate().find(|(_, name)| **name == key) {
                Some((rank, name)) => {
                    if let Some(text) = self.read_scalar().map_err(|error| error.in_key(*name))? {
                        found = Some((*name, text));
                        preferred = preferred.get(..rank).unwrap_or_default();
                    }
                }
                None => self.skip()?,
            }
            has_entry = self.next_entry()?;
        }
        Ok(found)
    }

    /// Reads any value and returns its text if it is a string, a boolean or a number.
    pub(crate) fn read_scalar(&mut self) -> Result<Option<String>, DecodeError> {
        match self.peek_kind()? {
            JsonKind::String => self.read_str("a string").map(|text| Some(text.to_owned())),
            JsonKind::Bool => self.read_bool().map(|flag| Some(flag.to_string())),
            JsonKind::Number => self.read_number("a number").map(|text| Some(text.to_owned())),
            JsonKind::Null | JsonKind::List | JsonKind::Object => self.skip().map(|()| None),
        }
    }

    /// Tries to read the next value and returns whether it matched. If not, nothing is consumed.
    /// Null never matches.
    ///
    /// # Errors
    /// Returns an error if the value is null, if its text is invalid, or if the limit of
    /// [`MAX_REREAD`] is exceeded.
    fn try_read(
        &mut self,
        read: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<bool, DecodeError> {
        if self.peek_kind()? == JsonKind::Null {
            return Err(self.error("a value", "null"));
        }
        let mut trial = self.fork();
        trial.is_trial = true;
        trial.strict_at = Some(self.offset());
        match read(&mut trial) {
            Ok(()) => {
                (trial.is_trial, trial.strict_at) = (self.is_trial, self.strict_at);
                *self = trial;
                return Ok(true);
            }
            // The value may match once the text is repaired. A reader that is not a trial finds the
            // position.
            Err(error) if error.is_repairable() => {
                return Err(self.fork().skip().err().unwrap_or(error));
            }
            Err(_) => {}
        }
        self.reread_bytes = trial.reread_bytes + trial.offset().saturating_sub(self.offset());
        let (times, bytes) = MAX_REREAD;
        if self.reread_bytes > self.len().saturating_mul(times).saturating_add(bytes) {
            return Err(
                self.error("a value whose variant can be determined within the limit", "an ambiguous value")
            );
        }
        Ok(false)
    }
}

/// Decodes the payload of a variant whose tag was found: the whole object, or the value of `key`.
///
/// # Errors
/// Returns an error if the payload does not match its type.
pub fn decode_payload<T: Decode>(
    reader: &mut Reader<'_>,
    key: Option<&'static str>,
) -> Result<T, DecodeError> {
    let Some(key) = key else {
        return T::decode(reader);
    };
    let mut slot = FieldSlot { value: None };
    reader.read_object(&mut [(key, &mut slot)], None)?;
    slot.value.ok_or_else(|| reader.error("a value", "nothing").in_key(key))
}

/// Tries to decode the payload of an untagged variant: any value that matches `T`, or the value of
/// `key` in an object. Returns `None` if the value does not match.
///
/// # Errors
/// Returns an error if the value is null, or if too many variants were tried.
pub fn try_variant<T: Decode>(
    reader: &mut Reader<'_>,
    key: Option<&'static str>,
) -> Result<Option<T>, DecodeError> {
    let mut slot = FieldSlot { value: None };
    let is_match = reader.try_read(&mut |reader| match key {
        Some(key) => reader.read_object(&mut [(key, &mut RequiredSlot(&mut slot))], None),
        None => slot.decode_value(reader),
    })?;
    Ok(slot.value.filter(|_| is_match))
}

/// A slot whose key is required, even if its type has a default.
struct RequiredSlot<'a, T>(&'a mut FieldSlot<T>);

impl<T: Decode> DecodeSlot for RequiredSlot<'_, T> {
    fn decode_value(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0.decode_value(reader)
    }

    fn apply_default(&mut self) -> bool {
        self.0.value.is_some()
    }
}
