//! Free-form JSON: values without a described type.
//!
//! `serde_json::Value` rounds numbers and sorts keys, unless certain features are enabled. All
//! crates of a program share these features, so this crate can neither enable them nor rely on
//! them. [`Value`] keeps numbers and key order without them.

mod number;
mod tree;
mod access;
mod convert;
mod object;
mod serde;

pub use self::number::{Number, NumberError};
pub use self::object::ObjectEntries;
pub use self::tree::{Object, Value};

pub(super) use self::serde::{Received, receive};
