//! The three states of a value that an update may clear.

/// What an update does to a value: leave it alone, clear it, or set it.
///
/// There is no `From<Option<T>>`, since `None` could mean either of the first two.
/// [`Patch::or_null`] says which.
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
    /// The value stays as it is: nothing is sent.
    #[default]
    Absent,
    /// The value is cleared: null is sent.
    Null,
    /// The value becomes this one.
    Value(T),
}

impl<T> Patch<T> {
    /// For what must be said and may be null: `None` clears.
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

    /// Whether the value stays as it is.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the value is cleared.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The new value, if there is one.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The new value itself, if there is one.
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
