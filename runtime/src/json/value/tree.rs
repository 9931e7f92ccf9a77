//! The two types of free JSON, which contain each other.

use super::number::Number;

/// Any JSON value.
///
/// A value is written as it was read: numbers keep all digits and their
/// spelling, objects keep the order of their keys. Of a key that an object
/// repeats, the last value is kept, in the place of the first. White space and
/// the spelling of escapes in strings are not kept.
///
/// Equality looks at the meaning: `1.0` equals `1`, and the order of keys does
/// not matter.
///
/// ```
/// use typefoundry_runtime::Value;
///
/// let value: Value = r#"{"plan": "pro", "seats": [3, 1.50], "big": 123456789012345678901234567890}"#.parse()?;
/// assert_eq!(value["plan"], "pro");
/// assert_eq!(value["seats"][0].as_i64(), Some(3));
/// assert_eq!(value.pointer("/seats/1").and_then(Value::as_f64), Some(1.5));
/// assert!(value["missing"]["too"].is_null());
/// assert_eq!(value.to_string(), r#"{"plan":"pro","seats":[3,1.50],"big":123456789012345678901234567890}"#);
/// # Ok::<(), typefoundry_runtime::DecodeError>(())
/// ```
///
/// A value converts from Rust's own types and from `serde_json::Value`, so that
/// `serde_json::json!` can build one:
///
/// ```
/// use typefoundry_runtime::Value;
///
/// let value = Value::from(serde_json::json!({"plan": "pro", "seats": 3}));
/// assert_eq!(value["seats"], 3);
/// ```
///
/// With [`json::to_value`](crate::json::to_value) and [`json::from_value`](crate::json::from_value), a type that
/// implements serde's traits becomes a value and back.
///
/// `Debug` shows the whole value.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// A list.
    Array(Vec<Self>),
    /// An object.
    Object(Object),
}

/// A JSON object with free keys, in the order in which they were added.
///
/// Equality does not look at the order.
///
/// ```
/// use typefoundry_runtime::Object;
///
/// let mut object = Object::from_iter([("plan", "pro")]);
/// object.insert("seats", 3);
/// assert_eq!(object["plan"], "pro");
/// assert_eq!(object.get("seats").and_then(|seats| seats.as_i64()), Some(3));
/// assert_eq!(object.to_string(), r#"{"plan":"pro","seats":3}"#);
/// ```
#[derive(Clone, Default)]
pub struct Object(pub(super) Vec<(String, Value)>);
