//! The measured calls, written by hand.

use std::collections::BTreeMap;

use serde::Serialize;
use workos_api::runtime::{Bytes, Transport, TransportError, http};

use super::client::{Client, CreateUser, HttpClient, ListUsers};
use crate::canned::{Canned, completed};
use crate::case::{Case, Work, work};
use crate::cases::inputs::{COMPANY, CURSOR, EMAIL, EXTERNAL_ID, FEW, MANY, ORGANIZATION, USER};
use crate::documents;

pub(super) fn floors() -> Vec<Case> {
    vec![
        Case::floor("call users.get", "call users.get, by hand", get),
        Case::floor("call users.delete, without a body", "call users.delete, by hand", delete),
        Case::floor("call users.list, five params, ten users", "call users.list, by hand", list),
        Case::floor("call users.create, nine params", "call users.create, by hand, owned params", || {
            create(|text| text.to_owned())
        }),
        Case::floor("call users.create, nine params", "call users.create, by hand, borrowed", || {
            create(|text| text)
        }),
        Case::floor("call members.search, 100 members", "call members.search, by hand", search),
    ]
}

fn get() -> Work {
    let client = client(documents::USER);
    work(move || completed(client.get_user(USER)))
}

fn delete() -> Work {
    let client = client("");
    work(move || completed(client.delete_user(USER)))
}

fn list() -> Work {
    let client = client(documents::users(FEW));
    work(move || completed(client.list_users(&list_users(FEW as u32))))
}

/// Returns the params of a list of users.
pub(crate) fn list_users(limit: u32) -> ListUsers<'static> {
    ListUsers { organization_id: COMPANY, email: EMAIL, after: CURSOR, limit, order: "desc" }
}

fn create<S: Ord + Serialize + 'static>(string: fn(&'static str) -> S) -> Work {
    let client = client(documents::USER);
    work(move || {
        completed(client.create_user(&CreateUser {
            email: string(EMAIL),
            password: Some(string("i8uv6g34kd490s")),
            first_name: Some(string("Marcelina")),
            last_name: Some(string("Davis")),
            name: Some(string("Marcelina Davis")),
            email_verified: Some(false),
            metadata: BTreeMap::from([(string("language"), string("en"))]),
            external_id: Some(string(EXTERNAL_ID)),
            ip_address: Some(string("203.0.113.7")),
        }))
    })
}

fn search() -> Work {
    let client = client(documents::members(MANY));
    work(move || completed(client.search_members(&[ORGANIZATION], MANY as u32)))
}

fn client(body: impl Into<Bytes>) -> Client<Canned> {
    Client::new(Canned(body.into()), "https://api.example.com", "Bearer sk_test_111")
}

impl HttpClient for Canned {
    type Error = TransportError;

    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> {
        Transport::send(self, request)
    }
}
