//! A new field must not break those who make models, so they are read from JSON.

use stytch_b2b::organizations::ResultsMetadata;

fn main() {}

pub fn make() -> ResultsMetadata {
    ResultsMetadata { total: 0, next_cursor: None }
}
