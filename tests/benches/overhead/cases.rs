//! The benchmark cases. Each does its work once; some have floors for comparison.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde::de::DeserializeOwned;
use stytch_b2b::organizations::{OrganizationId, members};
use stytch_b2b::runtime::{
    BoxFuture, Bytes, Call, Endpoint, RequestContext, Transport, TransportError, http,
};
use workos_api::common::{OrganizationId as Company, UserId};
use workos_api::user_management::users;

use crate::documents;
use crate::floor::{Members, Moment, User};

/// One unit of work.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Whether this is a floor: a lower bound for the preceding case that is not a floor.
    pub(crate) is_floor: bool,
    pub(crate) run: Box<dyn Fn()>,
}

/// Returns all cases. Floors follow the case that they belong to.
pub(crate) fn all() -> Vec<Case> {
    [requests(), calls(), reads()].into_iter().flatten().collect()
}

fn requests() -> Vec<Case> {
    let context: RequestContext = "https://api.example.com".parse().expect("a valid URL");
    let (get, list, create) = (users::params::GetParams::new(user_id()), list_params(), create_params());
    let (second, third) = (context.clone(), context.clone());
    vec![
        case("request: users.get, one id", move || get.to_request(&context, &())),
        case("request: users.list, five query params", move || list.to_request(&second, &())),
        case("request: users.create, nine params in the body", move || {
            create.to_request(&third, &users::requests::CreateRequestOptions::default())
        }),
    ]
}

fn calls() -> Vec<Case> {
    let user = Bytes::from_static(documents::USER.as_bytes());
    let workos = || workos_api::Client::builder("sk_test_111", "client_111");
    let client = workos().transport(Canned(user)).build().expect("a client");
    let stytch = stytch_b2b::Client::builder("project-test-111", "secret-test-111");
    let second = stytch.transport(Canned(documents::members().into())).build().expect("a client");
    let (user, organization) = (user_id(), OrganizationId::new("organization-test-07971b06"));
    vec![
        case("call: users.get", move || ended(client.user_management().users().get(&user).send())),
        case("call: members.search, a page of 100", move || {
            ended(second.organizations().members().search([&organization]).limit(100).send())
        }),
    ]
}

fn reads() -> Vec<Case> {
    let user = || documents::USER.to_owned();
    let page = documents::members;
    vec![
        reads_by::<users::params::GetParams>("read: a user", user()),
        floor::<User<String>>("  floor: timestamps as text", user()),
        floor::<User<Moment>>("  floor: timestamps by chrono", user()),
        reads_by::<members::params::SearchParams>("read: a page of 100 members", page()),
        floor::<Members<String>>("  floor: timestamps as text", page()),
        floor::<Members<Moment>>("  floor: timestamps by chrono", page()),
    ]
}

fn case<T>(name: &'static str, work: impl Fn() -> T + 'static) -> Case {
    let run = move || drop(black_box(work()));
    Case { name, is_floor: false, run: Box::new(run) }
}

fn reads_by<E: Endpoint>(name: &'static str, body: String) -> Case {
    let response = http::Response::new(Bytes::from(body));
    case(name, move || E::from_response(black_box(&response)).expect("the document decodes"))
}

fn floor<T: DeserializeOwned>(name: &'static str, body: String) -> Case {
    let work = move || serde_json::from_slice::<T>(black_box(body.as_bytes())).expect("the document decodes");
    Case { is_floor: true, ..case(name, work) }
}

fn user_id() -> UserId {
    UserId::new("user_01E4ZCR3C56J083X43JQXF3JK5")
}

fn list_params() -> users::params::ListParams {
    let mut params = users::params::ListParams::new();
    params.organization_id = Some(Company::new("org_01EHT88Z8J8795GZNQ4ZP1J81T"));
    params.email = Some("marcelina.davis@example.com".to_owned());
    params.after = Some("user_01EJBGJT2PC6638TN5Y380M40Z".to_owned());
    params.limit = Some(100);
    params.order = Some("desc".into());
    params
}

fn create_params() -> users::params::CreateParams {
    let text = |text: &str| text.to_owned().into();
    let mut params = users::params::CreateParams::new("marcelina.davis@example.com");
    params.password = Some(users::Password::plaintext("i8uv6g34kd490s"));
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

/// A transport that returns the same bytes at once. The box of its future is its only allocation.
struct Canned(Bytes);

impl Transport for Canned {
    fn send(
        &self,
        _request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(Ok(http::Response::new(self.0.clone()))))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}

/// Polls a call that never has to wait, and returns its result.
fn ended<R>(call: Call<R>) -> R {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(call).poll(&mut context) {
        Poll::Ready(response) => response.expect("a response"),
        Poll::Pending => panic!("the call is pending"),
    }
}
