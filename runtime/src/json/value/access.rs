//! Access to parts of a value.

use std::ops::Index;

use super::tree::{Object, Value};

impl Value {
    /// Returns whether the value is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the boolean, if the value is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Returns the text, if the value is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number as an `i64`, if the value is an integer and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the number as a `u64`, if the value is an integer and fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// Returns the nearest `f64`, if the value is a number and the `f64` is finite.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// Returns the items, if the value is a list.
    pub fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the object, if the value is one.
    pub const fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns a mutable reference to the object, if the value is one.
    pub const fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// Returns the value of a key, if the value is an object with this key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the item at an index, if the value is a list with this index.
    pub fn item(&self, index: usize) -> Option<&Self> {
        self.as_array()?.get(index)
    }

    /// Returns the value at a JSON Pointer (RFC 6901) such as `/users/0/name`.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |value, token| match value {
            Self::Object(object) => object.get(&token.replace("~1", "/").replace("~0", "~")),
            Self::Array(items) if token == "0" || !token.starts_with(['0', '+']) => {
                items.get(token.parse::<usize>().ok()?)
            }
            _ => None,
        })
    }
}

impl Index<&str> for Value {
    type Output = Self;

    /// Returns null if the value is not an object with this key.
    fn index(&self, key: &str) -> &Self {
        self.get(key).unwrap_or(&Self::Null)
    }
}

impl Index<usize> for Value {
    type Output = Self;

    /// Returns null if the value is not a list with this index.
    fn index(&self, index: usize) -> &Self {
        self.item(index).unwrap_or(&Self::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn pointers_follow_rfc_6901() {
        let value: Value = r#"{"a/b":{"m~n":[7,{"":8}]},"0":9}"#.parse().expect("JSON");
        for (pointer, expected) in [
            ("/a~1b/m~0n/0", Some(7)),
            ("/a~1b/m~0n/1/", Some(8)),
            ("/0", Some(9)),
            ("/a~1b/m~0n/00", None),
            ("/a~1b/m~0n/+0", None),
            ("/a~1b/m~0n/-", None),
            ("/a~1b/m~0n/2", None),
            ("0", None),
            ("/0/x", None),
        ] {
            assert_eq!(value.pointer(pointer).and_then(Value::as_i64), expected, "{pointer}");
        }
        assert_eq!(value.pointer(""), Some(&value));
    }

    #[test]
    fn access_to_another_kind_returns_none() {
        let value: Value = r#"[null,true,"x",1]"#.parse().expect("JSON");
        assert!(value[0].is_null() && value[9].is_null() && value["x"].is_null());
        assert_eq!((value[1].as_bool(), value[0].as_bool()), (Some(true), None));
        assert_eq!((value[2].as_str(), value[3].as_str()), (Some("x"), None));
        assert_eq!((value[3].as_u64(), value[2].as_u64()), (Some(1), None));
        assert!(value.as_object().is_none() && value[3].as_array().is_none());
    }
}
