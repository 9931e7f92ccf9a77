//! The body of a request.

use std::collections::BTreeSet;
use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

use super::multipart::{Multipart, MultipartBody};
use super::query::Query;
use crate::body::RequestBody;
use crate::json::{Encode, Reader, Writer, may_repeat_key, to_vec};
use crate::operation::Body;

/// The initial capacity in bytes, enough for most bodies.
const INITIAL_CAPACITY: usize = 256;

/// The body of a request while its parameters are written.
pub(super) enum BodyWriter {
    /// The operation has no body.
    None,
    Object(JsonBody),
    /// The pairs of a form. Boxed, as the parts and the source are, so that other requests stay small.
    Form(Box<Query>),
    /// The parts of a multipart form.
    Multipart(Box<Multipart>),
    /// The value of one parameter, or nothing if that is absent.
    Whole(Option<Bytes>),
    /// A body that each attempt reads from its source.
    Streamed(Box<RequestBody>),
}

impl BodyWriter {
    pub(super) fn new(body: Body) -> Self {
        match body {
            Body::None => Self::None,
            Body::Json | Body::JsonAs(_) => Self::Object(JsonBody::new()),
            Body::Form => Self::Form(Box::new(Query::new("form"))),
            Body::Multipart => Self::Multipart(Box::default()),
            Body::Raw(_) => Self::Whole(None),
        }
    }

    /// Returns the written body.
    pub(super) fn finish(self) -> Result<WrittenBody, String> {
        let bytes = match self {
            Self::None => None,
            Self::Object(json) => Some(json.finish()?),
            Self::Form(form) => Some(form.finish()?.into()),
            Self::Whole(body) => body,
            Self::Streamed(body) => {
                return Ok(WrittenBody { streamed: Some(body), ..WrittenBody::default() });
            }
            Self::Multipart(parts) => {
                let MultipartBody { content_type, body } = parts.finish()?;
                let bytes = body.as_bytes().cloned();
                let streamed = bytes.is_none().then(|| Box::new(body));
                return Ok(WrittenBody { bytes, streamed, content_type: Some(content_type) });
            }
        };
        Ok(WrittenBody { bytes, ..WrittenBody::default() })
    }
}

/// A written body: bytes, or a source that each attempt reads, or neither.
#[derive(Default)]
pub(super) struct WrittenBody {
    pub(super) bytes: Option<Bytes>,
    pub(super) streamed: Option<Box<RequestBody>>,
    /// The media type, if it is not that of the operation.
    pub(super) content_type: Option<HeaderValue>,
}

/// Returns a value as a JSON document, or `None` if it is omitted.
pub(super) fn document(value: &dyn Encode) -> Result<Option<Bytes>, String> {
    if value.is_omitted() {
        return Ok(None);
    }
    let json = to_vec(value).map_err(|error| format!("invalid body: {error}"))?;
    Ok(Some(json.into()))
}

/// A JSON object with the body parameters.
pub(super) struct JsonBody {
    writer: Writer,
    start: usize,
    /// The keys from the first to the last merged one, which can repeat other keys.
    merged: Option<Range<usize>>,
}

impl JsonBody {
    pub(super) fn new() -> Self {
        let mut writer = Writer::with_capacity(INITIAL_CAPACITY);
        let start = writer.open_bracket(b'{');
        Self { writer, start, merged: None }
    }

    /// Writes a parameter, unless its value is omitted.
    pub(super) fn write_field(&mut self, name: &str, value: &dyn Encode) {
        self.writer.write_field(self.start, name, value);
    }

    /// Writes the keys of an object. Returns an error if the value is not an object.
    pub(super) fn write_flattened(&mut self, value: &dyn Encode) -> Result<(), String> {
        if value.is_omitted() {
            return Ok(());
        }
        let at = self.writer.len();
        if !self.writer.write_keys(self.start, value) {
            return Err("invalid body: only an object can be merged with the other parameters".to_owned());
        }
        let end = self.writer.len();
        if end > at {
            // A comma precedes the keys, unless they are the first.
            let first = at + usize::from(at > self.start);
            self.merged = Some(self.merged.as_ref().map_or(first, |merged| merged.start)..end);
        }
        Ok(())
    }

    /// Returns the body, or an error if the body is invalid or repeats a key.
    pub(super) fn finish(mut self) -> Result<Bytes, String> {
        self.writer.close_bracket(b'}');
        let json = self.writer.into_bytes().map_err(|error| format!("invalid body: {error}"))?;
        // Only merged objects can repeat a key, so other bodies are not searched.
        let may_repeat = self.merged.is_some_and(|merged| may_repeat_key(&json, merged));
        match may_repeat.then(|| repeated_key(&json)).flatten() {
            Some(key) => Err(format!("invalid body: duplicate parameter `{key}`")),
            None => Ok(json.into()),
        }
    }
}

/// Returns the last key that is repeated.
fn repeated_key(json: &[u8]) -> Option<String> {
    let mut keys = BTreeSet::new();
    let mut repeated = None;
    let read = Reader::new(json).and_then(|mut reader| {
        reader.read_entries(&mut |reader, key| {
            if let Some(key) = keys.replace(key) {
                repeated = Some(key);
            }
            reader.skip()
        })
    });
    read.ok().and(repeated)
}
