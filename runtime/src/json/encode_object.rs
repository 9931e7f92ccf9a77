//! The encoding of objects.

use super::additional_fields::AdditionalFields;
use super::encode::Encode;
use super::writer::Writer;

impl Writer {
    /// Writes an object: the `fields` that are not omitted, then the entries of `additional_fields`.
    ///
    /// An entry of `additional_fields` whose key is also a field is skipped, so that no key is
    /// repeated.
    pub fn write_object(
        &mut self,
        fields: &[(&'static str, &dyn Encode)],
        additional_fields: Option<&dyn AdditionalFields>,
    ) {
        let tags = self.tags.at(self.buffer.len());
        let start = self.open_bracket(b'{');
        if tags.is_empty() {
            for (name, value) in fields {
                self.write_field(start, name, *value);
            }
        } else {
            for (name, value) in fields.iter().filter(|(name, _)| !tags.contains(name)) {
                self.write_field(start, name, *value);
            }
        }
        if let Some(additional) = additional_fields {
            additional.for_each(&mut |key, value| {
                if !tags.contains(key) && !fields.iter().any(|(name, _)| *name == key) {
                    self.write_entry(start, key, value);
                }
            });
        }
        self.close_bracket(b'}');
    }
}
