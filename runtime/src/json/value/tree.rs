//! The types of free-form JSON, which contain each other.

use super::number::Number;

/// A JSON value of any kind.
///
/// A value is written back as it was read: numbers keep their digits and notation, and objects keep
/// the order of their keys. If a key is repeated, the last value is kept at the first position.
/// White space and the notation of escapes in strings are not kept.
///
/// Equality is semantic: `1.0` equals `1`, and the order of keys is ignored.
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
/// A value can be created from standard types and from `serde_json::Value`, for example with the
/// macro `serde_json::json!`:
///
/// ```
/// use typefoundry_runtime::Value;
///
/// let value = Value::from(serde_json::json!({"plan": "pro", "seats": 3}));
/// assert_eq!(value["seats"], 3);
/// ```
///
/// Types that implement serde's traits convert with [`json::to_value`](crate::json::to_value) and
/// [`json::from_value`](crate::json::from_value).
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

/// A JSON object with arbitrary keys, in insertion order.
///
/// Equality ignores the order of keys.
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
