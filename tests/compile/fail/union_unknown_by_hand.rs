//! Unknown values cannot be created by hand: only decoding creates an `Unknown`.

use serde_json::json;
use workos_api::runtime::UnknownVariant;
use workos_api::user_management::users::Identity;

fn main() {}

pub fn from_json() -> Identity {
    Identity::Unknown(json!({ "type": "OAuth" }).into())
}

pub fn from_parts() -> Identity {
    Identity::Unknown(UnknownVariant(json!({ "type": "OAuth" })))
}
