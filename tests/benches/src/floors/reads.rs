//! The measured documents, decoded by `serde_json` with derives.

use std::hint::black_box;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::documents::{Members, Moment, User, Users};
use crate::case::{Case, Work, work};
use crate::cases::inputs::MANY;
use crate::documents;

/// Returns the floors of decoding one document.
macro_rules! floors {
    ($case:literal, $document:expr, $of:ident) => {
        [
            Case::floor($case, concat!($case, ", serde derive"), || read::<$of<String, String>>($document)),
            Case::floor($case, concat!($case, ", derive, chrono"), || read::<$of<String, Moment>>($document)),
            Case::floor($case, concat!($case, ", derive, borrowed"), || read::<$of<&str, &str>>($document)),
            Case::floor($case, concat!($case, ", skipped"), || read::<IgnoredAny>($document)),
        ]
    };
}

pub(super) fn floors() -> Vec<Case> {
    [
        floors!("read 1 user", documents::USER.to_owned(), User),
        floors!("read 100 users", documents::users(MANY), Users),
        floors!("read 1 member", documents::members(1), Members),
        floors!("read 100 members", documents::members(MANY), Members),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns work that decodes a document.
///
/// # Panics
/// The work panics if the document does not match the type.
pub fn read<T: Deserialize<'static> + 'static>(body: String) -> Work {
    let body: &'static str = body.leak();
    work(move || serde_json::from_slice::<T>(black_box(body).as_bytes()).expect("the document decodes"))
}
