//! A field that is the same for every user carries no information, so it is not exposed.

use workos_api::user_management::users::User;

fn main() {}

pub fn kind(user: &User) -> &str {
    &user.object
}
