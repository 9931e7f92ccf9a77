//! How the variant of a union is found: by looking ahead, then reading from the start.

use super::decode::Decode;
use super::decode_error::DecodeError;
use super::field_slot::{FieldSlot, Fill};
use super::json_kind::JsonKind;
use super::reader::Reader;
use super::syntax::syntax;

/// How much may be read in vain: so many times the document, and as many bytes in any case.
///
/// A union in a union in a union is tried once for each variant that it could be in, so a document made for it
/// could keep a reader busy for ever.
const MAX_REREAD: (usize, usize) = (32, 1 << 20);

impl Reader<'_> {
    /// The text of the tag of the object that comes next. Consumes nothing.
    ///
    /// It is the value of the first of `names` that leads to a string, a boolean or a number. That key is the
    /// tag's alone: the object will not keep it among those without a field.
    ///
    /// # Errors
    /// When something else than an object comes next, or no JSON.
    pub(crate) fn tag(&mut self, names: &[&'static str]) -> Result<Option<String>, DecodeError> {
        self.require(JsonKind::Object, "an object")?;
        let found = self.fork().find_tag(names)?;
        Ok(found.map(|(name, text)| {
            self.tag = Some((self.offset(), name));
            text
        }))
    }

    /// Looks no further than it must: of a tag that comes twice, the first counts.
    fn find_tag(mut self, names: &[&'static str]) -> Result<Option<(&'static str, String)>, DecodeError> {
        let places = self.places();
        let mut found = None;
        // The names that would count more than what is found.
        let mut better = names;
        let mut next = self.parser.known_object().map_err(|error| syntax(places, error))?;
        while let (Some(key), false) = (next, better.is_empty()) {
            match better.iter().enumerate().find(|(_, name)| **name == key) {
                Some((rank, name)) => {
                    if let Some(text) = self.scalar().map_err(|error| error.in_key(*name))? {
                        found = Some((*name, text));
                        better = better.get(..rank).unwrap_or_default();
                    }
                }
                None => self.skip()?,
            }
            next = self.parser.next_key().map_err(|error| syntax(places, error))?;
        }
        Ok(found)
    }

    /// Reads any value and gives its text, if it is a string, a boolean or a number.
    pub(crate) fn scalar(&mut self) -> Result<Option<String>, DecodeError> {
        match self.peek()? {
            JsonKind::String => self.str("a string").map(|text| Some(text.to_owned())),
            JsonKind::Bool => self.bool().map(|flag| Some(flag.to_string())),
            JsonKind::Number => self.number("a number").map(|text| Some(text.to_owned())),
            JsonKind::Null | JsonKind::List | JsonKind::Object => self.skip().map(|()| None),
        }
    }

    /// Tries to read the next value and says whether that went well. If not, nothing is consumed. Null fits nothing.
    ///
    /// # Errors
    /// When too much was tried.
    fn attempt(
        &mut self,
        read: &mut dyn FnMut(&mut Self) -> Result<(), DecodeError>,
    ) -> Result<bool, DecodeError> {
        if self.peek()? == JsonKind::Null {
            return Err(self.problem("a value", "null"));
        }
        let mut trial = self.fork();
        trial.is_trial = true;
        trial.strict = Some(self.offset());
        match read(&mut trial) {
            Ok(()) => {
                (trial.is_trial, trial.strict) = (self.is_trial, self.strict);
                *self = trial;
                return Ok(true);
            }
            // The value may fit once the text is repaired. The place is told by a reader that does not only try.
            Err(error) if error.is_broken_text() => {
                return Err(self.fork().skip().err().unwrap_or(error));
            }
            Err(_) => {}
        }
        self.reread = trial.reread + trial.offset().saturating_sub(self.offset());
        let (times, bytes) = MAX_REREAD;
        if self.reread > self.len().saturating_mul(times).saturating_add(bytes) {
            return Err(self.problem("a value that can be told in fewer tries", "more to try"));
        }
        Ok(false)
    }
}

/// Reads the payload of a variant whose tag was found: the object as a whole, or the value of one key of it.
///
/// # Errors
/// When it does not fit.
pub fn decode_payload<T: Decode>(
    reader: &mut Reader<'_>,
    key: Option<&'static str>,
) -> Result<T, DecodeError> {
    let Some(key) = key else {
        return T::decode(reader);
    };
    let mut slot = FieldSlot { value: None, default: None };
    reader.object(&mut [(key, &mut slot)], None)?;
    slot.value.ok_or_else(|| reader.problem("a value", "nothing").in_key(key))
}

/// Reads the payload of a variant that is told by its shape, if that is what comes next: any value that `T` is read
/// from, or an object with one key.
///
/// # Errors
/// When the value is null, or too much was tried.
pub fn try_variant<T: Decode>(
    reader: &mut Reader<'_>,
    key: Option<&'static str>,
) -> Result<Option<T>, DecodeError> {
    let mut slot = FieldSlot { value: None, default: None };
    let try_variant = reader.attempt(&mut |reader| match key {
        Some(key) => reader.object(&mut [(key, &mut Given(&mut slot))], None),
        None => slot.fill(reader),
    })?;
    Ok(slot.value.filter(|_| try_variant))
}

/// A slot whose key must be there, even where a missing value would read as something.
struct Given<'a, T>(&'a mut FieldSlot<T>);

impl<T: Decode> Fill for Given<'_, T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0.fill(reader)
    }

    fn apply_default(&mut self) -> bool {
        self.0.value.is_some()
    }
}
