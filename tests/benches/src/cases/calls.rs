//! Whole calls in memory. The floors are written by hand.

use std::collections::BTreeMap;

use stytch_b2b::organizations::OrganizationId;
use workos_api::common::{OrganizationId as Company, UserId};
use workos_api::runtime::Bytes;
use workos_api::user_management::users::Password;

use crate::canned::{Canned, completed};
use crate::case::{Case, Work, work};
use crate::documents;
use crate::floor::call::{Client, CreateUser, ListUsers};

/// The ID of a user.
pub const USER: &str = "user_01E4ZCR3C56J083X43JQXF3JK5";
/// The ID of an organization of the API with members.
pub const ORGANIZATION: &str = "organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931";

const COMPANY: &str = "org_01EHT88Z8J8795GZNQ4ZP1J81T";
const CURSOR: &str = "user_01EJBGJT2PC6638TN5Y380M40Z";
const EMAIL: &str = "marcelina.davis@example.com";

/// The number of users in a page, which is the default of the API.
const PAGE: usize = 10;
const MEMBERS: usize = 100;

pub(super) fn cases() -> Vec<Case> {
    vec![
        Case::new("call users.get", get),
        Case::floor("call users.get, by hand", get_by_hand),
        Case::new("call users.delete, without a body", delete),
        Case::floor("call users.delete, by hand", delete_by_hand),
        Case::new("call users.list, five params, ten users", list),
        Case::floor("call users.list, by hand", list_by_hand),
        Case::new("call users.create, nine params", create),
        Case::floor("call users.create, by hand, owned params", || create_by_hand(|text| text.to_owned())),
        Case::floor("call users.create, by hand, borrowed", || create_by_hand(|text| text)),
        Case::new("call members.search, 100 members", search),
        Case::floor("call members.search, by hand", search_by_hand),
    ]
}

fn get() -> Work {
    let (client, id) = (workos(documents::USER), UserId::new(USER));
    work(move || completed(client.user_management().users().get(&id).send()))
}

fn get_by_hand() -> Work {
    let client = by_hand(documents::USER);
    work(move || completed(client.get_user(USER)))
}

fn delete() -> Work {
    let (client, id) = (workos(""), UserId::new(USER));
    work(move || completed(client.user_management().users().delete(&id).send()))
}

fn delete_by_hand() -> Work {
    let client = by_hand("");
    work(move || completed(client.delete_user(USER)))
}

fn list() -> Work {
    let (client, company) = (workos(documents::users(PAGE)), Company::new(COMPANY));
    work(move || {
        let request = client.user_management().users().list().organization_id(&company).email(EMAIL);
        completed(request.after(CURSOR).limit(PAGE as u32).order("desc".into()).send())
    })
}

fn list_by_hand() -> Work {
    let client = by_hand(documents::users(PAGE));
    work(move || {
        completed(client.list_users(ListUsers {
            organization_id: COMPANY,
            email: EMAIL,
            after: CURSOR,
            limit: PAGE as u32,
            order: "desc",
        }))
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
            .external_id("f1ffa2b2-c20b-4d39-be5c-212726e11222")
            .ip_address("203.0.113.7");
        completed(request.send())
    })
}

fn create_by_hand<S: Ord + serde::Serialize + 'static>(string: fn(&'static str) -> S) -> Work {
    let client = by_hand(documents::USER);
    work(move || {
        completed(client.create_user(&CreateUser {
            email: string(EMAIL),
            password: Some(string("i8uv6g34kd490s")),
            first_name: Some(string("Marcelina")),
            last_name: Some(string("Davis")),
            name: Some(string("Marcelina Davis")),
            email_verified: Some(false),
            metadata: BTreeMap::from([(string("language"), string("en"))]),
            external_id: Some(string("f1ffa2b2-c20b-4d39-be5c-212726e11222")),
            ip_address: Some(string("203.0.113.7")),
        }))
    })
}

fn search() -> Work {
    let builder = stytch_b2b::Client::builder("project-test-111", "secret-test-111");
    let client = builder.transport(Canned(documents::members(MEMBERS).into())).build().expect("a client");
    let organization = OrganizationId::new(ORGANIZATION);
    work(move || {
        completed(client.organizations().members().search([&organization]).limit(MEMBERS as u32).send())
    })
}

fn search_by_hand() -> Work {
    let client = by_hand(documents::members(MEMBERS));
    work(move || completed(client.search_members(&[ORGANIZATION], MEMBERS as u32)))
}

fn workos(body: impl Into<Bytes>) -> workos_api::Client {
    let builder = workos_api::Client::builder("sk_test_111", "client_111");
    builder.transport(Canned(body.into())).build().expect("a client")
}

fn by_hand(body: impl Into<Bytes>) -> Client<Canned> {
    Client::new(Canned(body.into()), "https://api.example.com", "Bearer sk_test_111")
}
