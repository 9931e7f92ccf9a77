//! An `Option` is passed to a setter only when it has a value.

use std::time::Duration;

use stytch_b2b::organizations::members::requests::CreateRequest;
use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::requests::{DeleteRequest, SearchRequest};
use stytch_b2b::Client;
use stytch_b2b::runtime::Secret;
use workos_api::common::UserId;
use workos_api::user_management::users::requests::UpdateRequest;

pub fn main() {}

pub fn of_every_kind<'c>(
    client: &'c Client,
    organization: &OrganizationId,
    name: Option<&str>,
    owned: Option<String>,
    is_pending: Option<bool>,
    timeout: Option<Duration>,
) -> CreateRequest<'c> {
    client
        .organizations()
        .members()
        .create(organization, "ada@example.com")
        .maybe(name, CreateRequest::name)
        .maybe(owned, CreateRequest::external_id)
        .maybe(is_pending, CreateRequest::create_member_as_pending)
        .maybe(timeout, CreateRequest::timeout)
}

pub fn by_a_closure<'c>(client: &'c Client, page: Option<&str>) -> SearchRequest<'c> {
    client.organizations().search().maybe(page, |request, cursor| request.cursor(cursor).limit(10))
}

/// Sets an option of a single request in the same way.
pub fn of_an_option<'c>(client: &'c Client, organization: &OrganizationId, jwt: Option<&Secret>) -> DeleteRequest<'c> {
    client.organizations().delete(organization).maybe(jwt, DeleteRequest::session_jwt)
}

/// Leaves a nullable value unchanged for `None`; a separate method clears it.
pub fn that_may_be_null<'c>(
    client: &'c workos_api::Client,
    user: &UserId,
    external_id: Option<String>,
    clear: bool,
) -> UpdateRequest<'c> {
    let request = client.user_management().users().update(user).maybe(external_id, UpdateRequest::external_id);
    if clear { request.clear_external_id() } else { request }
}
