//! A field that is the same for every User tells nothing, so it is none in Rust.

use workos_api::user_management::users::User;

fn main() {}

pub fn kind(user: &User) -> &str {
    &user.object
}
