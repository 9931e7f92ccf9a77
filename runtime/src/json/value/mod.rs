//! Free JSON: values that no type describes.
//!
//! `serde_json::Value` rounds numbers and sorts keys, unless a feature says
//! otherwise. Features are shared by all crates of a program, so this crate can
//! neither turn them on nor rely on them. [`Value`] keeps both by itself.

mod decimal;

mod number;

mod tree;

mod access;
mod convert;
mod object;

mod serde;

pub use self::number::{Number, NumberError};
pub use self::object::ObjectEntries;
pub use self::tree::{Object, Value};

pub(super) use self::decimal::{Whole, whole};
pub(super) use self::serde::{Received, receive};
