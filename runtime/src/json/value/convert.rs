//! Conversion from other types, and comparison with them.

use super::number::Number;
use super::tree::{Object, Value};

impl<N: Into<Number>> From<N> for Value {
    fn from(number: N) -> Self {
        Self::Number(number.into())
    }
}

impl<N: Copy + Into<Number>> PartialEq<N> for Value {
    fn eq(&self, other: &N) -> bool {
        matches!(self, Self::Number(number) if *number == (*other).into())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::String(text.clone())
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

/// Converts `None` to null.
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Self>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Clone + Into<Self>> From<&[T]> for Value {
    fn from(items: &[T]) -> Self {
        items.iter().cloned().collect()
    }
}

impl<T: Into<Self>> FromIterator<T> for Value {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::Array(items.into_iter().map(Into::into).collect())
    }
}

impl<K: Into<String>, V: Into<Self>> FromIterator<(K, V)> for Value {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::Object(entries.into_iter().collect())
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(flag) => Self::Bool(flag),
            serde_json::Value::Number(number) => Self::Number(number.into()),
            serde_json::Value::String(text) => Self::String(text),
            serde_json::Value::Array(items) => items.into_iter().collect(),
            serde_json::Value::Object(entries) => Self::Object(entries.into()),
        }
    }
}

impl From<serde_json::Number> for Number {
    fn from(number: serde_json::Number) -> Self {
        // Every `serde_json::Number` has a JSON text.
        number.to_string().parse().unwrap_or_else(|_| Self::from(f64::NAN))
    }
}

impl From<serde_json::Map<String, serde_json::Value>> for Object {
    fn from(entries: serde_json::Map<String, serde_json::Value>) -> Self {
        entries.into_iter().collect()
    }
}

impl PartialEq<serde_json::Value> for Value {
    fn eq(&self, other: &serde_json::Value) -> bool {
        use serde_json::Value as Theirs;

        match (self, other) {
            (Self::Null, Theirs::Null) => true,
            (Self::Bool(flag), Theirs::Bool(other)) => flag == other,
            (Self::Number(number), Theirs::Number(other)) => {
                let other: Number = other.clone().into();
                *number == other
            }
            (Self::String(text), Theirs::String(other)) => text == other,
            (Self::Array(items), Theirs::Array(others)) => items == others,
            (Self::Object(object), Theirs::Object(other)) => {
                let is_same =
                    |(key, value): (&str, &Self)| other.get(key).is_some_and(|other| value == other);
                object.len() == other.len() && object.iter().all(is_same)
            }
            _ => false,
        }
    }
}

impl PartialEq<Value> for serde_json::Value {
    fn eq(&self, other: &Value) -> bool {
        other == self
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

impl PartialEq<String> for Value {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == Some(other.as_str())
    }
}

impl PartialEq<bool> for Value {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_convert_from_their_parts() {
        let value = Value::from_iter([
            ("text", Value::from("x")),
            ("numbers", Value::from([1, 2])),
            ("none", Value::from(None::<bool>)),
            ("float", Value::from(0.5)),
        ]);
        assert_eq!(value, json!({"text": "x", "numbers": [1, 2], "none": null, "float": 0.5}));
        assert_eq!(json!([1, "a", true]), Value::from(vec![Value::from(1), "a".into(), true.into()]));
        assert_ne!(value, json!({"text": "x"}));
    }

    #[test]
    fn values_equal_their_parts() {
        assert_eq!(Value::from(3), 3.0);
        assert_eq!(Value::from("a"), "a");
        assert_eq!(Value::from(true), true);
        assert_ne!(Value::Null, false);
        assert_ne!(Value::from("3"), 3);
    }
}
