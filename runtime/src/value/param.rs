//! The text form of values outside JSON: in a path, a query or a header.

use std::borrow::Cow;

use super::base64::Base64;
use super::date::Date;
use super::decimal::Decimal;
use super::duration::IsoDuration;
use super::secret::Secret;
use super::time::Time;
use super::timestamp::{Timestamp, UnixSeconds};
use super::url::Url;
use super::uuid::Uuid;

/// A value that can be sent in a path segment, a query or a header.
///
/// Implementations return plain text. The request writer encodes it for its location.
pub trait ToParam {
    /// Returns the text of the value, or `None` if the value is absent and must not be sent.
    fn to_param(&self) -> Option<Cow<'_, str>>;

    /// Returns whether the text must not be logged. Defaults to `false`.
    fn is_secret(&self) -> bool {
        false
    }

    /// Returns the reason why the value cannot be sent, or `None` if it can. The reason follows the
    /// name of the parameter in a message, as in `must be finite`.
    fn rejection_reason(&self) -> Option<&'static str> {
        None
    }
}

impl ToParam for str {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl ToParam for String {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl ToParam for Secret {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.expose()))
    }

    fn is_secret(&self) -> bool {
        true
    }
}

impl ToParam for bool {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(if *self { "true" } else { "false" }))
    }
}

/// Implements [`ToParam`] for a type through its `Display`.
macro_rules! displayed {
    ($type:ty) => {
        impl ToParam for $type {
            fn to_param(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Owned(self.to_string()))
            }
        }
    };
}

displayed!(i8);
displayed!(i16);
displayed!(i32);
displayed!(i64);
displayed!(u8);
displayed!(u16);
displayed!(u32);
displayed!(u64);
displayed!(Timestamp);
displayed!(UnixSeconds);
displayed!(Date);
displayed!(Time);
displayed!(IsoDuration);
displayed!(Url);
displayed!(Uuid);
displayed!(Base64);

impl ToParam for Decimal {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.as_str()))
    }
}

impl ToParam for f64 {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Owned(self.to_string()))
    }

    /// Rejects NaN and the infinities, which servers parse differently or as text.
    fn rejection_reason(&self) -> Option<&'static str> {
        (!self.is_finite()).then_some("must be finite")
    }
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        (**self).to_param()
    }

    fn is_secret(&self) -> bool {
        (**self).is_secret()
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        (**self).rejection_reason()
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(ToParam::to_param)
    }

    fn is_secret(&self) -> bool {
        self.as_ref().is_some_and(ToParam::is_secret)
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.as_ref().and_then(ToParam::rejection_reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &dyn ToParam) -> Option<String> {
        value.to_param().map(Cow::into_owned)
    }

    #[test]
    fn scalars_have_plain_text() {
        assert_eq!(text(&"a b").as_deref(), Some("a b"));
        assert_eq!(text(&true).as_deref(), Some("true"));
        assert_eq!(text(&-7_i64).as_deref(), Some("-7"));
        assert_eq!(text(&0.5_f64).as_deref(), Some("0.5"));
        assert_eq!(text(&UnixSeconds::new(12)).as_deref(), Some("12"));
    }

    #[test]
    fn none_has_no_text() {
        assert_eq!(text(&None::<String>), None);
        assert_eq!(text(&Some(3_i32)).as_deref(), Some("3"));
    }

    #[test]
    fn secret_in_option_is_secret() {
        assert!(Some(Secret::from("a")).is_secret());
        assert!(!Some(1_i32).is_secret());
    }
}
