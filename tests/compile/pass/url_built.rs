//! A URL is built from parameters alone, and omits parameters that are not set.

use workos_api::common::{ConnectionId, OrganizationId};
use workos_api::user_management::authentication::{AuthorizationProvider, AuthorizationSelector, CodeChallenge};
use workos_api::user_management::authentication::params::{AuthorizationUrlParams, LogoutUrlParams};
use workos_api::user_management::users::SessionId;
use workos_api::{Client, ErrorKind};
use workos_api::runtime::{RequestContext, UrlEndpoint};

const CALLBACK: &str = "https://example.com/callback";

fn query(selector: AuthorizationSelector, target: &RequestContext) -> Result<String, workos_api::Error> {
    let mut params = AuthorizationUrlParams::new(selector, CALLBACK);
    params.code_challenge = Some(CodeChallenge::new("challenge-111"));
    Ok(params.to_url(target)?.query().unwrap_or_default().to_owned())
}

pub fn main() -> Result<(), workos_api::Error> {
    let target = "https://api.example.com".parse::<RequestContext>()?.with("client_id", "client_111");
    let connection = ConnectionId::new("conn_111");
    let selectors = [
        (AuthorizationSelector::Provider(AuthorizationProvider::AuthKit), "provider=authkit"),
        (AuthorizationSelector::Provider("NewOAuth".into()), "provider=NewOAuth"),
        (AuthorizationSelector::connection(&connection), "connection_id=conn_111"),
        (AuthorizationSelector::Organization(OrganizationId::new("org_111")), "organization_id=org_111"),
    ];
    for (selector, pair) in selectors {
        let expected = format!(
            "client_id=client_111&response_type=code&{pair}&redirect_uri=https%3A%2F%2Fexample.com%2Fcallback\
             &code_challenge_method=S256&code_challenge=challenge-111"
        );
        assert_eq!(query(selector, &target)?, expected);
    }

    let bare = "https://api.example.com".parse()?;
    let refused =
        query(AuthorizationSelector::connection(connection), &bare).expect_err("the client ID is not set");
    assert_eq!(refused.kind(), ErrorKind::Credentials);
    Ok(())
}

pub fn by_the_client(client: &Client, session: &SessionId) -> Result<String, workos_api::Error> {
    let url = client.user_management().authentication().logout_url(session).url()?;
    let same = client.url_request(LogoutUrlParams::new(session)).url()?;
    assert_eq!(url, same);
    Ok(url.to_string())
}
