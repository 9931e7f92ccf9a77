//! Building requests from parameters.

use std::collections::BTreeMap;

use workos_api::common::{OrganizationId, UserId};
use workos_api::runtime::{Endpoint, RequestContext};
use workos_api::user_management::users::{Password, params, requests};

use super::inputs::USER;
use crate::case::{Case, Work, work};

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("request users.get", || built(params::GetParams::new(UserId::new(USER)), ())),
        Case::new("request users.list, five params", || built(list_params(), ())),
        Case::new("request users.create, nine params", || {
            built(create_params(), requests::CreateRequestOptions::default())
        }),
    ]
}

fn built<E: Endpoint + 'static>(params: E, options: E::Options) -> Work {
    let context: RequestContext = "https://api.example.com".parse().expect("a valid URL");
    work(move || params.to_request(&context, &options))
}

fn list_params() -> params::ListParams {
    let mut params = params::ListParams::new();
    params.organization_id = Some(OrganizationId::new("org_01EHT88Z8J8795GZNQ4ZP1J81T"));
    params.email = Some("marcelina.davis@example.com".to_owned());
    params.after = Some("user_01EJBGJT2PC6638TN5Y380M40Z".to_owned());
    params.limit = Some(100);
    params.order = Some("desc".into());
    params
}

fn create_params() -> params::CreateParams {
    let text = |text: &str| text.to_owned().into();
    let mut params = params::CreateParams::new("marcelina.davis@example.com");
    params.password = Some(Password::plaintext("i8uv6g34kd490s"));
    params.first_name = text("Marcelina");
    params.last_name = text("Davis");
    params.name = text("Marcelina Davis");
    params.email_verified = false.into();
    params.metadata =
        [("language".to_owned(), "en".to_owned())].into_iter().collect::<BTreeMap<_, _>>().into();
    params.external_id = text("f1ffa2b2-c20b-4d39-be5c-212726e11222");
    params.ip_address = text("203.0.113.7");
    params
}
