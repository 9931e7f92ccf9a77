//! New fields must not break code that destructures models, so a pattern must end in `..`.

use stytch_b2b::organizations::ResultsMetadata;

fn main() {}

pub fn is_last(page: &ResultsMetadata) -> bool {
    let ResultsMetadata { total: _, next_cursor } = page;
    next_cursor.is_none()
}
