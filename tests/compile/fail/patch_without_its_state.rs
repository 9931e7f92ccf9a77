//! A plain value is not a `Patch`; `into` converts it.

use workos_api::user_management::users::params::UpdateParams;

fn main() {}

pub fn set(params: &mut UpdateParams, locale: String) {
    params.locale = locale;
}
