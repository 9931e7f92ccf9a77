//! Whole calls in memory.

use stytch_b2b::organizations::OrganizationId;
use workos_api::common::{OrganizationId as Company, UserId};
use workos_api::runtime::Bytes;
use workos_api::user_management::users::Password;

use super::inputs::{COMPANY, CURSOR, EMAIL, EXTERNAL_ID, FEW, MANY, ORGANIZATION, USER};
use crate::canned::{Canned, completed};
use crate::case::{Case, Work, work};
use crate::documents;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("call users.get", get),
        Case::new("call users.delete, without a body", delete),
        Case::new("call users.list, five params, ten users", list),
        Case::new("call users.create, nine params", create),
        Case::new("call members.search, 100 members", search),
    ]
}

fn get() -> Work {
    let (client, id) = (workos(documents::USER), UserId::new(USER));
    work(move || completed(client.user_management().users().get(&id).send()))
}

fn delete() -> Work {
    let (client, id) = (workos(""), UserId::new(USER));
    work(move || completed(client.user_management().users().delete(&id).send()))
}

fn list() -> Work {
    let (client, company) = (workos(documents::users(FEW)), Company::new(COMPANY));
    work(move || {
        let request = client.user_management().users().list().organization_id(&company).email(EMAIL);
        completed(request.after(CURSOR).limit(FEW as u32).order("desc".into()).send())
    })
}

fn create() -> Work {
    let client = workos(documents::USER);
    work(move || {
        let request = client
            .user_management()
            .users()
            .create(EMAIL)
            .password(Password::plaintext("i8uv6g34kd490s"))
            .first_name("Marcelina")
            .last_name("Davis")
            .name("Marcelina Davis")
            .email_verified(false)
            .metadata([("language", "en")])
            .external_id(EXTERNAL_ID)
            .ip_address("203.0.113.7");
        completed(request.send())
    })
}

fn search() -> Work {
    let builder = stytch_b2b::Client::builder("project-test-111", "secret-test-111");
    let client = builder.transport(Canned(documents::members(MANY).into())).build().expect("a client");
    let organization = OrganizationId::new(ORGANIZATION);
    work(move || {
        completed(client.organizations().members().search([&organization]).limit(MANY as u32).send())
    })
}

fn workos(body: impl Into<Bytes>) -> workos_api::Client {
    let builder = workos_api::Client::builder("sk_test_111", "client_111");
    builder.transport(Canned(body.into())).build().expect("a client")
}
