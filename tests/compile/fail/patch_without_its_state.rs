//! A plain value is no `Patch` of it yet; `into` makes one.

use workos_api::user_management::users::UpdateParams;

fn main() {}

pub fn set(params: &mut UpdateParams, locale: String) {
    params.locale = locale;
}
