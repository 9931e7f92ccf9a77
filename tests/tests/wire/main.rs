//! What stands on the wire, asserted from literals that neither the spec nor the
//! generator had a hand in.
//!
//! Each of the 30 operations is called twice through the real client over a real
//! socket: with what it must have, and with everything it may have. The server
//! compares the request line, all headers and the body byte by byte, and the answer
//! is checked field by field. The other files say what holds for all operations.

mod answers;
mod case;
mod facts;

/// Makes two tests of each operation and lists it as covered.
macro_rules! cases {
    ($($operation:literal: $required:ident, $everything:ident;)*) => {
        pub(crate) const COVERED: &[&str] = &[$($operation),*];

        /// Each case as a test of its own.
        mod sends {
            use crate::case::Case;
            use crate::facts::Extent;
            $(
                #[tokio::test]
                async fn $required() {
                    super::$required(Case::new($operation, Extent::Required)).await;
                }

                #[tokio::test]
                async fn $everything() {
                    super::$everything(Case::new($operation, Extent::Everything)).await;
                }
            )*
        }
    };
}

mod connected_apps;
mod members;
mod members_deletes;
mod members_reads;
mod oauth_providers;
mod organizations;
mod organizations_apps;

mod client;
mod decoding;
mod errors;
mod from_env;
mod member_document;
mod paths;
mod secrets;
mod transports;
mod values;
