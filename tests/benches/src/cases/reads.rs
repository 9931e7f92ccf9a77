//! Decoding of response bodies.

use std::hint::black_box;

use stytch_b2b::organizations::members::params::SearchParams;
use workos_api::runtime::{Bytes, Endpoint, http};
use workos_api::user_management::users::params::{GetParams, ListParams};

use super::inputs::MANY;
use crate::case::{Case, Work, work};
use crate::documents;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("read 1 user", || read::<GetParams>(documents::USER.to_owned())),
        Case::new("read 100 users", || read::<ListParams>(documents::users(MANY))),
        Case::new("read 1 member", || read::<SearchParams>(documents::members(1))),
        Case::new("read 100 members", || read::<SearchParams>(documents::members(MANY))),
    ]
}

fn read<E: Endpoint>(body: String) -> Work {
    let response = http::Response::new(Bytes::from(body));
    work(move || E::from_response(black_box(&response)).expect("the document decodes"))
}
