//! A `Patch` is as strict about its value as a plain field.

use workos_api::user_management::users::UpdateParams;

fn main() {}

pub fn set(params: &mut UpdateParams) {
    params.external_id = true;
    params.locale = true.into();
}
