//! The three states of a value in an update.

/// A change to a value in an update: keep it, clear it, or set it.
///
/// There is no `From<Option<T>>`, since `None` could mean either of the first two. Use
/// [`Patch::or_null`] to clear the value on `None`.
///
/// ```
/// use typefoundry_runtime::{Patch, json, json_object};
///
/// struct Update {
///     name: Patch<String>,
///     owner: Patch<String>,
///     born: Patch<i32>,
/// }
/// json_object!(Update { name, owner, born });
///
/// let update = Update { name: "Rex".to_owned().into(), owner: Patch::Null, born: Patch::Absent };
/// assert_eq!(json::to_vec(&update)?, br#"{"name":"Rex","owner":null}"#);
/// # Ok::<(), typefoundry_runtime::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Patch<T> {
    /// Keeps the value. Nothing is sent.
    #[default]
    Absent,
    /// Clears the value. `null` is sent.
    Null,
    /// Sets the value.
    Value(T),
}

impl<T> Patch<T> {
    /// Converts an `Option`: `None` clears the value.
    ///
    /// ```
    /// use typefoundry_runtime::Patch;
    ///
    /// assert_eq!(Patch::or_null(Some(7)), Patch::Value(7));
    /// assert_eq!(Patch::<i32>::or_null(None), Patch::Null);
    /// ```
    pub fn or_null(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }

    /// Returns whether the value is kept.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the value is cleared.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns a reference to the new value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the new value, if there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}
