//! A new field must not break those who take models apart, so a pattern ends in `..`.

use stytch_b2b::organizations::ResultsMetadata;

fn main() {}

pub fn is_last(page: &ResultsMetadata) -> bool {
    let ResultsMetadata { total: _, next_cursor } = page;
    next_cursor.is_none()
}
