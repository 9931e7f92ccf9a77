//! Decoding of response bodies. The floors use `serde_json` with derives.

use std::hint::black_box;

use serde::Deserialize;
use serde::de::IgnoredAny;
use stytch_b2b::organizations::members::params::SearchParams;
use workos_api::runtime::{Bytes, Endpoint, http};
use workos_api::user_management::users::params::{GetParams, ListParams};

use crate::case::{Case, Work, work};
use crate::documents;
use crate::floor::read::{Members, Moment, User, Users};

/// The number of items of a large page.
const PAGE: usize = 100;

/// Returns a case that decodes a document as the response of an endpoint, and its floors.
macro_rules! read {
    ($name:literal, $endpoint:ty, $floor:ident, $document:expr) => {
        [
            Case::new(concat!("read ", $name), || read::<$endpoint>($document)),
            Case::floor(concat!("read ", $name, ", serde derive"), || {
                floor::<$floor<String, String>>($document)
            }),
            Case::floor(concat!("read ", $name, ", derive, chrono"), || {
                floor::<$floor<String, Moment>>($document)
            }),
            Case::floor(concat!("read ", $name, ", derive, borrowed"), || {
                floor::<$floor<&str, &str>>($document)
            }),
            Case::floor(concat!("read ", $name, ", skipped"), || floor::<IgnoredAny>($document)),
        ]
    };
}

pub(super) fn cases() -> Vec<Case> {
    [
        read!("1 user", GetParams, User, documents::USER.to_owned()),
        read!("100 users", ListParams, Users, documents::users(PAGE)),
        read!("1 member", SearchParams, Members, documents::members(1)),
        read!("100 members", SearchParams, Members, documents::members(PAGE)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn read<E: Endpoint>(body: String) -> Work {
    let response = http::Response::new(Bytes::from(body));
    work(move || E::from_response(black_box(&response)).expect("the document decodes"))
}

fn floor<T: Deserialize<'static> + 'static>(body: String) -> Work {
    let body: &'static str = body.leak();
    work(move || serde_json::from_slice::<T>(black_box(body).as_bytes()).expect("the document decodes"))
}
