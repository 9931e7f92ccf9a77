//! The JSON body of a request, written param by param.

use std::collections::BTreeSet;

use bytes::Bytes;

use crate::json::{Encode, Reader, Writer};

/// Most bodies are no longer, so that they need not be moved while they grow.
const USUAL_LENGTH: usize = 256;

/// One object.
pub(super) struct JsonBody {
    writer: Writer,
    start: usize,
    /// Whether keys came with an object, so that nobody foresaw them.
    is_flat: bool,
}

impl JsonBody {
    pub(super) fn new() -> Self {
        let mut writer = Writer::with_capacity(USUAL_LENGTH);
        let start = writer.open(b'{');
        Self { writer, start, is_flat: false }
    }

    /// Writes a key, unless the value is absent.
    pub(super) fn field(&mut self, name: &str, value: &dyn Encode) {
        self.writer.field(self.start, name, value);
    }

    /// Writes the keys of an object. Says why not, when it is none.
    pub(super) fn flat(&mut self, value: &dyn Encode) -> Result<(), String> {
        self.is_flat = true;
        if value.is_omitted() || self.writer.flat(self.start, None, value) {
            return Ok(());
        }
        Err("only the keys of an object can stand beside the other params of the body".to_owned())
    }

    /// The whole, or why it would say two things at once.
    pub(super) fn finish(mut self) -> Result<Bytes, String> {
        self.writer.close(b'}');
        let json = self.writer.into_bytes().map_err(|error| format!("invalid body: {error}"))?;
        // Without flat objects every key was foreseen, so the body need not be read again.
        match self.is_flat.then(|| repeated_key(&json)).flatten() {
            Some(key) => Err(format!("the param `{key}` of the body is written twice")),
            None => Ok(json.into()),
        }
    }
}

fn repeated_key(json: &[u8]) -> Option<String> {
    let mut keys = BTreeSet::new();
    let mut repeated = None;
    let read = Reader::new(json).and_then(|mut reader| {
        reader.entries(&mut |reader, key| {
            if let Some(key) = keys.replace(key) {
                repeated = Some(key);
            }
            reader.skip()
        })
    });
    read.ok().and(repeated)
}
