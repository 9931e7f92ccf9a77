//! Implementations of `Encode` for standard types and for the value types of this crate.

use std::collections::BTreeMap;

use super::encode::Encode;
use super::encode_error::EncodeError;
use super::value::{Number, Object, Value};
use super::writer::Writer;
use crate::value::{
    Base64, Date, Decimal, IsoDuration, Patch, Secret, Time, Timestamp, UnixSeconds, Url, Uuid,
};

/// Implements [`Encode`] through `serde_json`.
macro_rules! scalar {
    ($type:ty) => {
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.write_scalar(self);
            }
        }
    };
}

scalar!(i8);
scalar!(i16);
scalar!(i32);
scalar!(i64);
scalar!(u8);
scalar!(u16);
scalar!(u32);
scalar!(u64);

impl Encode for f64 {
    fn encode(&self, writer: &mut Writer) {
        // `serde_json` would write null, which clears the value on some servers.
        if self.is_finite() { writer.write_scalar(self) } else { writer.set_error(EncodeError::not_finite()) }
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer) {
        writer.write_literal(if *self { "true" } else { "false" });
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        writer.write_str(self);
    }
}

impl Encode for str {
    fn encode(&self, writer: &mut Writer) {
        writer.write_str(self);
    }
}

impl Encode for Secret {
    /// Writes the plain text, because the server must receive it.
    fn encode(&self, writer: &mut Writer) {
        writer.write_str(self.expose());
    }
}

/// Implements [`Encode`] for a type that is text in JSON, through its `Display`.
macro_rules! written {
    ($type:ty) => {
        impl Encode for $type {
            fn encode(&self, writer: &mut Writer) {
                writer.write_str(&self.to_string());
            }
        }
    };
}

written!(Timestamp);
written!(Date);
written!(Time);
written!(IsoDuration);
written!(Uuid);

impl Encode for Url {
    fn encode(&self, writer: &mut Writer) {
        writer.write_str(self.as_str());
    }
}
written!(Base64);

impl Encode for Decimal {
    fn encode(&self, writer: &mut Writer) {
        writer.write_str(self.as_str());
    }
}

impl Encode for UnixSeconds {
    fn encode(&self, writer: &mut Writer) {
        writer.write_scalar(&self.get());
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, writer: &mut Writer) {
        let start = writer.open_bracket(b'[');
        for (index, item) in self.iter().enumerate() {
            writer.write_item(start, index, item);
        }
        writer.close_bracket(b']');
    }
}

impl Encode for Value {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.write_null(),
            Self::Bool(flag) => flag.encode(writer),
            Self::Number(number) => number.encode(writer),
            Self::String(text) => writer.write_str(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(object) => object.encode(writer),
        }
    }
}

impl Encode for Object {
    fn encode(&self, writer: &mut Writer) {
        let start = writer.open_bracket(b'{');
        for (key, value) in self {
            writer.write_entry(start, key, value);
        }
        writer.close_bracket(b'}');
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, writer: &mut Writer) {
        let start = writer.open_bracket(b'{');
        for (key, value) in self {
            writer.write_entry(start, key, value);
        }
        writer.close_bracket(b'}');
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Some(value) => value.encode(writer),
            None => writer.write_null(),
        }
    }

    fn is_omitted(&self) -> bool {
        self.as_ref().is_none_or(Encode::is_omitted)
    }
}

impl<T: Encode> Encode for Patch<T> {
    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Value(value) => value.encode(writer),
            Self::Absent | Self::Null => writer.write_null(),
        }
    }

    fn is_omitted(&self) -> bool {
        self.is_absent()
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_omitted(&self) -> bool {
        (**self).is_omitted()
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, writer: &mut Writer) {
        (**self).encode(writer);
    }

    fn is_omitted(&self) -> bool {
        (**self).is_omitted()
    }
}

impl Encode for () {
    fn encode(&self, writer: &mut Writer) {
        writer.write_null();
    }
}

impl Encode for Number {
    fn encode(&self, writer: &mut Writer) {
        match (self.text(), self.as_i64()) {
            (Some(text), _) => writer.write_literal(text),
            (None, Some(integer)) => writer.write_scalar(&integer),
            (None, None) => writer.set_error(EncodeError::not_finite()),
        }
    }
}
