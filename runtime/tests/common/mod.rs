//! A small API in the form of a generated package, and an in-memory transport.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use typefoundry_runtime::{
    ApiInfo, Auth, AuthRequirement, Body, BoxFuture, Bytes, Call, CallWithMetadata, Client, Endpoint,
    ErrorSchema, HeaderWriter, IdempotencyKey, Method, Object, Operation, Permission, Request,
    RequestOptions, RequestWriter, RetryPolicy, Secret, Timestamp, Transport, TransportError, UnknownValue,
    Value, http, json_object, open_enum, string_id,
};

pub static API: ApiInfo = ApiInfo {
    name: "petstore",
    user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
    retry_statuses: &[409],
};

pub const ERROR_SCHEMA: ErrorSchema = ErrorSchema {
    code: &["error.type"],
    message: &["error.message", "message"],
    url: &["error.url"],
    details: &["error.details"],
    request_id: &["request_id"],
};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PetId(Box<str>);
string_id!(PetId);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PetStatus {
    Available,
    Sold,
    Unknown(UnknownValue),
}

open_enum!(PetStatus {
    Available = "available",
    Sold = "sold",
});

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tag {
    pub name: String,
    pub weight: Option<f64>,
}

json_object!(Tag { name, weight });

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Pet {
    pub pet_id: PetId,
    pub status: PetStatus,
    pub tags: Vec<Tag>,
    pub labels: BTreeMap<String, i64>,
    pub r#type: Option<String>,
    pub nickname: String,
    pub is_locked: bool,
    pub born_at: Option<Timestamp>,
    pub chip: Option<Secret>,
    pub metadata: Option<Object>,
    pub free: Option<Value>,
    pub parent: Option<Box<Pet>>,
    pub rest: Object,
}

json_object!(Pet {
    pet_id,
    status,
    tags,
    labels,
    r#type = "type",
    nickname = "nickName" else String::new(),
    is_locked else false,
    born_at,
    chip,
    metadata,
    free,
    parent,
    ..rest
});

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Authorization {
    pub session: Option<Secret>,
}

impl RequestOptions for Authorization {
    fn write(&self, headers: &mut HeaderWriter) {
        headers.insert("X-Acme-Session", &self.session);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct UpdateRequestOptions {
    pub authorization: Authorization,
}

impl RequestOptions for UpdateRequestOptions {
    fn write(&self, headers: &mut HeaderWriter) {
        self.authorization.write(headers);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateParams {
    pub shop: String,
    pub pet_id: PetId,
    pub name: Option<String>,
    pub chip: Option<Secret>,
    pub tags: Option<Vec<Tag>>,
    pub dry_run: Option<bool>,
}

impl UpdateParams {
    pub fn new(shop: impl Into<String>, pet_id: impl Into<PetId>) -> Self {
        Self { shop: shop.into(), pet_id: pet_id.into(), name: None, chip: None, tags: None, dry_run: None }
    }
}

impl Endpoint for UpdateParams {
    type Options = UpdateRequestOptions;
    type Response = UpdateResponse;
    const OPERATION: Operation = Operation {
        name: "shops.pets.update",
        method: Method::PUT,
        path: "/v1/shops/{shop}/pets/{pet_id}",
        body: Body::Json,
        auth: AuthRequirement::Client,
        idempotent: true,
        idempotency_key: IdempotencyKey::CallerProvided("x-acme-key"),
        errors: &ERROR_SCHEMA,
        permissions: &[
            Permission::call("acme.pet", "update"),
            Permission::param("name", "acme.pet", "update.name").with_self_resource("acme.self"),
        ],
    };

    fn write(&self, request: &mut RequestWriter) {
        request.path("shop", &self.shop);
        request.path("pet_id", &self.pet_id);
        request.query("dry_run", &self.dry_run);
        request.body("name", &self.name);
        request.body("chip", &self.chip);
        request.body("tags", &self.tags);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateResponse {
    pub request_id: String,
    pub pet: Pet,
    pub status_code: i32,
}

json_object!(UpdateResponse { request_id, pet, status_code });

#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateRequest<'c> {
    request: Request<'c, UpdateParams>,
}

impl<'c> UpdateRequest<'c> {
    pub fn new(client: &'c Client, params: UpdateParams) -> Self {
        Self { request: client.request(params) }
    }

    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.request.params.name = Some(name.into());
        self
    }

    pub fn session(mut self, session: impl Into<Secret>) -> Self {
        self.request.options.authorization.session = Some(session.into());
        self
    }

    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self { request: self.request.retry(policy) }
    }

    pub fn timeout(self, timeout: impl Into<Option<Duration>>) -> Self {
        Self { request: self.request.timeout(timeout) }
    }

    pub fn send(self) -> Call<UpdateResponse> {
        self.request.send()
    }

    pub fn send_with_metadata(self) -> CallWithMetadata<UpdateResponse> {
        self.request.send_with_metadata()
    }
}

pub const PET: &str = r#"{"pet_id":"pet-1","status":"available","tags":[{"name":"small"}]}"#;

pub fn updated() -> String {
    format!(r#"{{"request_id":"request-1","pet":{PET},"status_code":200}}"#)
}

pub fn update(client: &Client) -> UpdateRequest<'_> {
    UpdateRequest::new(client, UpdateParams::new("acme", PetId::new("pet-1")))
}

type CannedResponse = Result<http::Response<Bytes>, TransportError>;

/// Sends these responses in order and records the requests. Without another response, it never responds.
#[derive(Clone, Default)]
pub struct Memory {
    pub sent: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    pub responses: Arc<Mutex<Vec<CannedResponse>>>,
}

impl Memory {
    pub fn responding(status: u16, body: impl Into<Bytes>) -> Self {
        let mut response = http::Response::new(body.into());
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        let memory = Self::default();
        memory.responses.lock().expect("a lock").push(Ok(response));
        memory
    }

    pub fn client(&self) -> Client {
        Client::builder(&API, "https://api.example.com/base/", Auth::basic("user", "hush-111"))
            .transport(self.clone())
            .build()
            .expect("a client")
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent.lock().expect("a lock").push(request);
        match self.responses.lock().expect("a lock").pop() {
            Some(canned) => Box::pin(async { canned }),
            None => Box::pin(pending()),
        }
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
