//! What servers answer: the objects that many responses hold, whole and bare.
//!
//! A whole one has every field that the vendor documents, each with a value that no
//! other field has. A bare one has only what is always there, and null where that may be.

mod factor;
mod sign_in;
mod user;

pub(crate) use factor::{
    bare_challenge, challenge, check_bare_challenge, check_challenge, check_enrolled, enrolled, factors,
};
pub(crate) use sign_in::{bare_sign_in, check_bare_sign_in, check_sign_in, sign_in};
pub(crate) use user::{bare_user, check_bare_user, check_user, user};
