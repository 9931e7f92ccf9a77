//! New fields must not break code that creates models, so models are created from JSON and not by literals.

use stytch_b2b::organizations::ResultsMetadata;

fn main() {}

pub fn make() -> ResultsMetadata {
    ResultsMetadata { total: 0, next_cursor: None }
}
