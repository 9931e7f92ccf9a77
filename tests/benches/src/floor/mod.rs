//! The floors: what an expert would write for one call, or for one document.

pub mod call;
pub mod read;
