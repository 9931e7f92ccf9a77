//! Prepared responses: the objects that many responses contain, complete and minimal.
//!
//! A complete object has every documented field, each with a distinct value. A minimal object has only the fields
//! that are always present, with null where it is allowed.

mod factor;
mod sign_in;
mod user;

pub(crate) use factor::{
    bare_challenge, challenge, check_bare_challenge, check_challenge, check_enrolled, enrolled, factors,
};
pub(crate) use sign_in::{bare_sign_in, check_bare_sign_in, check_sign_in, sign_in};
pub(crate) use user::{bare_user, check_bare_user, check_user, user};
