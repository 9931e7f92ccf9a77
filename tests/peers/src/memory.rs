//! Other crates without a network. `stytch` has no transport that can be replaced, so only its types are measured.

use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use stytch::b2b::organizations_members::SearchResponse;
use typefoundry_benches::canned::completed;
use typefoundry_benches::cases::inputs::{COMPANY, CURSOR, EMAIL, EXTERNAL_ID, FEW, MANY, USER};
use typefoundry_benches::floors::read;
use typefoundry_benches::{Case, Work, documents, work};
use workos::transport::{HttpRequest, HttpResponse, HttpTransport, TransportError};
use workos::user_management::{CreateUserParams, CreateUserParamsBody, ListUsersParams, Password};
use workos::{Client, PaginationOrder, User, UserList};

pub fn peers() -> Vec<Case> {
    vec![
        Case::floor("call users.get", "call users.get, workos", get),
        Case::floor("call users.list, five params, ten users", "call users.list, workos", list),
        Case::floor("call users.create, nine params", "call users.create, workos", create),
        Case::floor("read 1 user", "read 1 user, workos", || read::<User>(documents::USER.to_owned())),
        Case::floor("read 100 users", "read 100 users, workos", || read::<UserList>(documents::users(MANY))),
        Case::floor("read 1 member", "read 1 member, stytch", || {
            read::<SearchResponse>(documents::members(1))
        }),
        Case::floor("read 100 members", "read 100 members, stytch", || {
            read::<SearchResponse>(documents::members(MANY))
        }),
    ]
}

fn get() -> Work {
    let client = client(documents::USER);
    work(move || completed(client.user_management().get_user(USER)))
}

fn list() -> Work {
    let client = client(documents::users(FEW));
    work(move || completed(client.user_management().list_users(list_params(FEW as i64))))
}

pub fn list_params(limit: i64) -> ListUsersParams {
    ListUsersParams {
        after: Some(CURSOR.to_owned()),
        limit: Some(limit),
        order: Some(PaginationOrder::Desc),
        organization_id: Some(COMPANY.to_owned()),
        email: Some(EMAIL.to_owned()),
        ..ListUsersParams::default()
    }
}

fn create() -> Work {
    let client = client(documents::USER);
    work(move || {
        let mut body = CreateUserParamsBody::new(EMAIL);
        body.password = Some(Password::Plaintext { password: "i8uv6g34kd490s".to_owned() });
        body.first_name = Some("Marcelina".to_owned());
        body.last_name = Some("Davis".to_owned());
        body.name = Some("Marcelina Davis".to_owned());
        body.email_verified = Some(false);
        body.metadata = Some(HashMap::from([("language".to_owned(), "en".to_owned())]));
        body.external_id = Some(EXTERNAL_ID.to_owned());
        body.ip_address = Some("203.0.113.7".to_owned());
        completed(client.user_management().create_user(CreateUserParams::new(body)))
    })
}

fn client(body: impl Into<Bytes>) -> Client {
    Client::builder().api_key("sk_test_111").transport(Arc::new(Canned(body.into()))).build()
}

/// A transport that returns the same bytes at once.
struct Canned(Bytes);

#[async_trait]
impl HttpTransport for Canned {
    async fn execute(&self, _request: HttpRequest) -> Result<HttpResponse, TransportError> {
        Ok(HttpResponse { status: StatusCode::OK, headers: HeaderMap::new(), body: self.0.clone() })
    }
}
