//! JSON texts in pieces. A value that equals the example of a type is replaced by the constant of the type.
//!
//! Most responses contain the same few objects. Each of them therefore occurs once in the tests, and a change of one changes
//! one line.

use std::borrow::Cow;

use crate::model::{Api, Field, Response, Shape, Type, TypeId};
use crate::value::Value;

/// A part of a JSON text.
pub(super) enum Piece {
    Text(String),
    /// The example of a type.
    Example(TypeId),
}

/// Returns the pieces of the JSON of a response.
pub(super) fn pieces(api: &Api, response: &Response, value: &Value) -> Vec<Piece> {
    let mut writer = Writer { api, pieces: Vec::new(), text: String::new(), is_whole: false };
    match &*response.body() {
        Response::Object(object) => writer.object(&object.fields, value),
        Response::Type(ty) => writer.value(Some(ty), value),
        Response::Empty | Response::ByStatus(_) => writer.value(None, value),
    }
    writer.end_text();
    writer.pieces
}

/// Returns the JSON of the example of a type, in one piece.
pub(super) fn example_text(api: &Api, id: TypeId) -> String {
    let mut writer = Writer { api, pieces: Vec::new(), text: String::new(), is_whole: true };
    if let Some(def) = api.types.get(id.0) {
        writer.named(id, &def.example);
    }
    writer.text
}

struct Writer<'a> {
    api: &'a Api,
    pieces: Vec<Piece>,
    text: String,
    /// Whether the examples of types are written out.
    is_whole: bool,
}

impl Writer<'_> {
    fn end_text(&mut self) {
        if !self.text.is_empty() {
            self.pieces.push(Piece::Text(std::mem::take(&mut self.text)));
        }
    }

    fn value(&mut self, ty: Option<&Type>, value: &Value) {
        match (ty, value) {
            (Some(Type::Nullable(item)), value) => self.value(Some(item), value),
            (Some(Type::Named(id)), Value::Map(_)) => self.named(*id, value),
            (Some(Type::List(item)), Value::List(items)) => {
                self.group(['[', ']'], items, |writer, value| writer.value(Some(item), value));
            }
            (Some(Type::Map(item)), Value::Map(entries)) => {
                self.group(['{', '}'], entries, |writer, (key, value)| writer.entry(key, Some(item), value));
            }
            _ => self.text.push_str(&value.to_string()),
        }
    }

    fn named(&mut self, id: TypeId, value: &Value) {
        match self.api.types.get(id.0).map(|def| (&def.example, &def.shape)) {
            Some((example, _)) if example == value && !self.is_whole => {
                self.end_text();
                self.pieces.push(Piece::Example(id));
            }
            Some((_, Shape::Object(object))) => self.object(&object.fields, value),
            _ => self.text.push_str(&value.to_string()),
        }
    }

    fn object(&mut self, fields: &[Field], value: &Value) {
        let Value::Map(entries) = value else {
            return self.text.push_str(&value.to_string());
        };
        self.group(['{', '}'], entries, |writer, (key, value)| {
            let field = fields.iter().find(|field| field.wire == *key);
            let value = match field.is_some_and(|field| field.assume_utc) {
                true => Cow::Owned(without_offset(value)),
                false => Cow::Borrowed(value),
            };
            writer.entry(key, field.map(|field| &field.ty), &value);
        });
    }

    fn entry(&mut self, key: &str, ty: Option<&Type>, value: &Value) {
        self.text.push_str(&Value::Text(key.to_owned()).to_string());
        self.text.push(':');
        self.value(ty, value);
    }

    fn group<T>(&mut self, [open, close]: [char; 2], items: &[T], write: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            write(self, item);
        }
        self.text.push(close);
    }
}

/// Removes the UTC offset of times, as lenient servers do, so that the tests cover the decoding of such times.
fn without_offset(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(text.strip_suffix('Z').unwrap_or(text).to_owned()),
        Value::List(items) => Value::List(items.iter().map(without_offset).collect()),
        Value::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), without_offset(value))).collect())
        }
        other => other.clone(),
    }
}
