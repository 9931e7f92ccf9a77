//! An update keeps, clears or sets a field, and there is one way to express each.

use workos_api::common::UserId;
use workos_api::runtime::{Endpoint, Patch, RequestContext, http};
use workos_api::user_management::users::params::UpdateParams;
use workos_api::user_management::users::requests::UpdateRequest;
use workos_api::{Client, Error};

fn request(params: &UpdateParams) -> Result<http::Request<workos_api::runtime::Bytes>, Error> {
    let target: RequestContext = "https://api.example.com".parse()?;
    params.to_request(&target, &())
}

pub fn main() -> Result<(), Error> {
    let mut params = UpdateParams::new(UserId::new("user_111"));
    assert_eq!(request(&params)?.body(), "{}");

    params.external_id = Patch::Null;
    params.locale = "de".to_owned().into();
    params.metadata = Patch::Value([("plan".to_owned(), None)].into());
    assert_eq!(request(&params)?.body(), r#"{"metadata":{"plan":null},"external_id":null,"locale":"de"}"#);

    // The value of a form in which an empty field means no value.
    params = UpdateParams::new(UserId::new("user_111"));
    params.locale = Patch::or_null(Some("de".to_owned()));
    params.external_id = Patch::or_null(None);
    assert_eq!(request(&params)?.body(), r#"{"external_id":null,"locale":"de"}"#);
    Ok(())
}

pub fn by_the_builder<'c>(client: &'c Client, user: &UserId) -> UpdateRequest<'c> {
    let request = client.user_management().users().update(user);
    request.clear_external_id().locale("de").metadata([("plan", Some("pro")), ("trial", None)])
}
