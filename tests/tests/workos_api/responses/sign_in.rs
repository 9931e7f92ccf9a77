//! The response to a successful sign-in.

use serde_json::{Value, json};
use workos_api::user_management::authentication::{AuthenticateResponse, AuthenticationMethod};

use super::{bare_user, check_bare_user, check_user, user};

pub(crate) fn sign_in() -> Value {
    json!({
        "user": user(),
        "organization_id": "org_a1",
        "authkit_authorization_code": "hush-authkit-1",
        "access_token": "hush-access-1",
        "refresh_token": "hush-refresh-1",
        "authentication_method": "GitHubOAuth",
        "impersonator": {"email": "help@desk.example", "reason": "A \"ticket\""},
        "oauth_tokens": {
            "provider": "GithubOAuth",
            "refresh_token": "hush-refresh-2",
            "access_token": "hush-access-2",
            "expires_at": 1_927_857_906,
            "scopes": ["repo", "user:email"],
        },
    })
}

pub(crate) fn check_sign_in(response: &AuthenticateResponse) {
    check_user(&response.user);
    assert_eq!(response.organization_id.as_ref().map(|id| id.as_str()), Some("org_a1"));
    let code = response.authkit_authorization_code.as_ref();
    assert_eq!(code.map(|code| code.expose()), Some("hush-authkit-1"));
    assert_eq!(response.access_token.expose(), "hush-access-1");
    assert_eq!(response.refresh_token.expose(), "hush-refresh-1");
    assert_eq!(response.authentication_method, Some(AuthenticationMethod::GitHubOAuth));
    let impersonator = response.impersonator.as_ref().expect("an impersonator");
    assert_eq!(impersonator.email, "help@desk.example");
    assert_eq!(impersonator.reason.as_deref(), Some("A \"ticket\""));
    let tokens = response.oauth_tokens.as_ref().expect("tokens");
    assert_eq!(tokens.provider, "GithubOAuth");
    assert_eq!(tokens.refresh_token.expose(), "hush-refresh-2");
    assert_eq!(tokens.access_token.expose(), "hush-access-2");
    assert_eq!(i64::from(tokens.expires_at), 1_927_857_906);
    assert_eq!(tokens.scopes, ["repo", "user:email"]);
}

pub(crate) fn bare_sign_in() -> Value {
    json!({"user": bare_user(), "access_token": "hush-access-3", "refresh_token": "hush-refresh-3"})
}

pub(crate) fn check_bare_sign_in(response: &AuthenticateResponse) {
    check_bare_user(&response.user);
    assert_eq!(response.access_token.expose(), "hush-access-3");
    assert_eq!(response.refresh_token.expose(), "hush-refresh-3");
    assert_eq!((&response.organization_id, &response.authkit_authorization_code), (&None, &None));
    assert_eq!((&response.authentication_method, &response.impersonator), (&None, &None));
    assert_eq!(response.oauth_tokens, None);
}
