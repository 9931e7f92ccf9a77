//! The value of a `Patch` is as strictly typed as a plain field.

use workos_api::user_management::users::params::UpdateParams;

fn main() {}

pub fn set(params: &mut UpdateParams) {
    params.external_id = true;
    params.locale = true.into();
}
