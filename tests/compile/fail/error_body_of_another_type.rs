//! An error body decodes only into the types that the spec names for it: not a model, and not a single variant.

use workos_api::Error;
use workos_api::user_management::authentication::MfaChallengeStep;
use workos_api::user_management::users::User;

fn main() {}

pub fn as_a_model(error: &Error) -> Option<User> {
    error.body_as()
}

pub fn as_a_variant(error: &Error) -> bool {
    error.body_as::<MfaChallengeStep>().is_some()
}

pub fn as_json(error: &Error) -> bool {
    error.body_as::<workos_api::runtime::Value>().is_some()
}
