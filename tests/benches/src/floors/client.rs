//! Calls written by hand: a URL by `format!`, the same headers as those of the packages, one request, a check of the
//! status, and `serde_json` with derives. No retries, timeouts, interceptors or checks of the parameters.

use std::collections::BTreeMap;

use form_urlencoded::Serializer;
use serde::{Deserialize, Serialize};
use workos_api::runtime::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use workos_api::runtime::http::{HeaderValue, Method, Request, StatusCode, request};
use workos_api::runtime::{Bytes, http};

use super::documents::{MemberResponse, Members, User, Users};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The part of an HTTP library that a call needs.
pub trait HttpClient {
    type Error;

    /// Sends one request, and reads the whole response.
    fn send(
        &self,
        request: Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, Self::Error>>;
}

/// The failure of a call.
#[derive(Debug)]
pub enum Error<E> {
    /// The request is not valid.
    Request(http::Error),
    /// No response was received.
    Http(E),
    /// The status of the response is not 2xx.
    Status(StatusCode, Bytes),
    /// The body cannot be encoded or decoded.
    Json(serde_json::Error),
}

impl<E> From<serde_json::Error> for Error<E> {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// A client with one method for each measured call.
pub struct Client<H> {
    http: H,
    base_url: String,
    authorization: HeaderValue,
    user_agent: HeaderValue,
}

/// The query of a list of users.
pub struct ListUsers<'a> {
    pub organization_id: &'a str,
    pub email: &'a str,
    pub after: &'a str,
    pub limit: u32,
    pub order: &'a str,
}

/// The body that creates a user. `S` is the type of strings.
#[derive(Serialize)]
pub struct CreateUser<S> {
    pub email: S,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<S, S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<S>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_address: Option<S>,
}

#[derive(Serialize)]
struct SearchMembers<'a> {
    organization_ids: &'a [&'a str],
    limit: u32,
}

impl<H: HttpClient> Client<H> {
    /// Creates a client.
    pub fn new(http: H, base_url: impl Into<String>, authorization: &'static str) -> Self {
        Self {
            http,
            base_url: base_url.into(),
            authorization: HeaderValue::from_static(authorization),
            user_agent: HeaderValue::from_static("hand-written/0.1.0"),
        }
    }

    pub async fn get_user(&self, id: &str) -> Result<User<String, String>, Error<H::Error>> {
        let request = self.request(Method::GET, format!("{}/user_management/users/{id}", self.base_url));
        decoded(&self.sent(request, Bytes::new()).await?)
    }

    pub async fn delete_user(&self, id: &str) -> Result<(), Error<H::Error>> {
        let request = self.request(Method::DELETE, format!("{}/user_management/users/{id}", self.base_url));
        self.sent(request, Bytes::new()).await.map(drop)
    }

    pub async fn list_users(&self, query: &ListUsers<'_>) -> Result<Users<String, String>, Error<H::Error>> {
        let query = Serializer::new(format!("{}/user_management/users?", self.base_url))
            .append_pair("organization_id", query.organization_id)
            .append_pair("email", query.email)
            .append_pair("after", query.after)
            .append_pair("limit", &query.limit.to_string())
            .append_pair("order", query.order)
            .finish();
        decoded(&self.sent(self.request(Method::GET, query), Bytes::new()).await?)
    }

    pub async fn create_user<S: Serialize>(
        &self,
        body: &CreateUser<S>,
    ) -> Result<User<String, String>, Error<H::Error>> {
        let request = self.request(Method::POST, format!("{}/user_management/users", self.base_url));
        let body = serde_json::to_vec(body)?;
        decoded(&self.sent(request.header(CONTENT_TYPE, JSON), body.into()).await?)
    }

    pub async fn search_members(
        &self,
        ids: &[&str],
        limit: u32,
    ) -> Result<Members<String, String>, Error<H::Error>> {
        let request =
            self.request(Method::POST, format!("{}/v1/b2b/organizations/members/search", self.base_url));
        let body = serde_json::to_vec(&SearchMembers { organization_ids: ids, limit })?;
        decoded(&self.sent(request.header(CONTENT_TYPE, JSON), body.into()).await?)
    }

    pub async fn get_member(
        &self,
        organization: &str,
        id: &str,
    ) -> Result<MemberResponse<String, String>, Error<H::Error>> {
        let url = format!("{}/v1/b2b/organizations/{organization}/member?member_id={id}", self.base_url);
        decoded(&self.sent(self.request(Method::GET, url), Bytes::new()).await?)
    }

    fn request(&self, method: Method, url: String) -> request::Builder {
        Request::builder()
            .method(method)
            .uri(url)
            .header(ACCEPT, JSON)
            .header(AUTHORIZATION, &self.authorization)
            .header(USER_AGENT, &self.user_agent)
    }

    async fn sent(&self, request: request::Builder, body: Bytes) -> Result<Bytes, Error<H::Error>> {
        let request = request.body(body).map_err(Error::Request)?;
        let response = self.http.send(request).await.map_err(Error::Http)?;
        match response.status() {
            status if status.is_success() => Ok(response.into_body()),
            status => Err(Error::Status(status, response.into_body())),
        }
    }
}

fn decoded<'de, R: Deserialize<'de>, E>(body: &'de Bytes) -> Result<R, Error<E>> {
    Ok(serde_json::from_slice(body)?)
}
