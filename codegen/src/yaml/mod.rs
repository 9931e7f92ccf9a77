//! A YAML tree in which every value has its span.
//!
//! Events and positions come from `granit-parser`. `serde_yaml` decides whether a plain scalar is a number, a boolean, null
//! or text, so the standard rules apply. Syntax errors are explained from the text, in messages of this crate.

mod node;
mod lines;
mod fault;
mod anchors;
mod build;
mod parse;
mod problems;
mod habits;
mod kinds;
mod deserializer;
mod access;
mod serde_impl;

pub use deserializer::{LENIENT, NodeDeserializer, ONE_OR_LIST, SHORTHANDS, SPANNED, TEXT_OR_INTEGER};
pub use node::{Key, Kind, Layout, Meaning, Node, Scalar};
pub use parse::{Document, parse};
pub use problems::{Abort, Problems};

#[cfg(test)]
mod tests;
