//! URLs to which a browser is redirected. Building them sends no request, and they do not contain the API key.

use typefoundry_tests::{Memory, cases};
use workos_api::common::{ConnectionId, OrganizationId};
use workos_api::runtime::{RequestContext, UrlEndpoint, random_token};
use workos_api::user_management::authentication::params::{AuthorizationUrlParams, LogoutUrlParams};
use workos_api::user_management::authentication::requests::AuthorizationUrlBuilder;
use workos_api::user_management::authentication::{
    AuthorizationProvider, AuthorizationSelector, CodeChallenge, ScreenHint,
};
use workos_api::user_management::users::SessionId;
use workos_api::{Client, ErrorKind};

use crate::case::{API_KEY, CLIENT_ID, Case, client_of};

cases! {
    "user_management.authentication.authorization_url": authorization_required, authorization_everything;
    "user_management.authentication.logout_url": logout_required, logout_everything;
}

/// The start of every authorization URL.
const START: &str = "https://h.example/user_management/authorize?client_id=client_4c0ffee&response_type=code";
/// The end of an authorization URL without optional parameters.
const END: &str = "&redirect_uri=https%3A%2F%2Fapp.example%2F";
const REDIRECT: &str = "https://app.example/";

fn url_of(client: &Client, selector: AuthorizationSelector) -> AuthorizationUrlBuilder<'_> {
    client.user_management().authentication().authorization_url(selector, REDIRECT)
}

fn authkit() -> AuthorizationSelector {
    AuthorizationSelector::Provider(AuthorizationProvider::AuthKit)
}

async fn authorization_required(case: Case) {
    let case = case.line(concat!(
        "GET /user_management/authorize?client_id=client_4c0ffee&response_type=code&provider=authkit",
        "&redirect_uri=https%3A%2F%2Fapp.example%2F",
    ));
    case.url(|client| url_of(client, authkit()).url());
}

async fn authorization_everything(case: Case) {
    let case = case.line(concat!(
        "GET /user_management/authorize?client_id=client_4c0ffee&response_type=code",
        "&organization_id=org_a1&redirect_uri=https%3A%2F%2Fapp.example%2F",
        "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        "&domain_hint=nightingale.example",
        "&provider_query_params%5Bhd%5D=a.example&provider_query_params%5Bprompt+x%5D=a+b%26c%5B%5D",
        "&provider_scopes=openid%2Cmail.read%2Cx%26y",
        "&invitation_token=hush-invite%2F1&max_age=0&screen_hint=sign-up",
        "&login_hint=ada%2B1%40y.example&claim_nonce=hush-nonce%2F1&prompt=login&state=%C3%BC%2Fb%3Dc+d%25%2B",
    ));
    case.url(|client| {
        let selector = AuthorizationSelector::organization(OrganizationId::new("org_a1"));
        url_of(client, selector)
            .code_challenge(CodeChallenge::new("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"))
            .domain_hint("nightingale.example")
            .provider_query_params([("prompt x", "a b&c[]"), ("hd", "a.example")])
            .provider_scopes(["openid", "mail.read", "x&y"])
            .invitation_token("hush-invite/1")
            .max_age(0)
            .screen_hint(ScreenHint::SignUp)
            .login_hint("ada+1@y.example")
            .claim_nonce("hush-nonce/1")
            .prompt("login")
            .state("ü/b=c d%+")
            .url()
    });
}

async fn logout_required(case: Case) {
    let case = case.line("GET /user_management/sessions/logout?session_id=session_7");
    case.url(|client| {
        client.user_management().authentication().logout_url(SessionId::new("session_7")).url()
    });
}

async fn logout_everything(case: Case) {
    let case = case.line(concat!(
        "GET /user_management/sessions/logout?session_id=session%2F7",
        "&return_to=https%3A%2F%2Fapp.example%2Fbye%3Fa%3D1%262%23top",
    ));
    case.url(|client| {
        let authentication = client.user_management().authentication();
        let url = authentication.logout_url(SessionId::new("session/7"));
        url.return_to("https://app.example/bye?a=1&2#top").url()
    });
}

/// Tests the five selectors, of which exactly one is set. The two deprecated names are those of version 3.2 of the
/// vendor's Go package.
#[test]
#[allow(deprecated)]
fn exactly_one_selector_is_sent() {
    let (connection, organization) = (ConnectionId::new("conn_7"), OrganizationId::new("org_7"));
    for (selector, expected) in [
        (authkit(), "&provider=authkit"),
        (
            AuthorizationSelector::Provider(AuthorizationProvider::from("FutureOAuth")),
            "&provider=FutureOAuth",
        ),
        (AuthorizationSelector::connection(&connection), "&connection_id=conn_7"),
        (AuthorizationSelector::organization(&organization), "&organization_id=org_7"),
        (AuthorizationSelector::old_connection(&connection), "&connection=conn_7"),
        (AuthorizationSelector::old_organization(&organization), "&organization=org_7"),
    ] {
        let url = url_of(&client_of("https://h.example"), selector).url().expect(expected);
        assert_eq!(url.to_string(), format!("{START}{expected}{END}"));
    }
}

#[test]
fn every_provider_has_a_name() {
    for value in [
        "authkit",
        "AppleOAuth",
        "BitbucketOAuth",
        "GitHubOAuth",
        "GitLabOAuth",
        "GoogleOAuth",
        "IntuitOAuth",
        "LinkedInOAuth",
        "MicrosoftOAuth",
        "SalesforceOAuth",
        "SlackOAuth",
        "VercelMarketplaceOAuth",
        "VercelOAuth",
        "XeroOAuth",
    ] {
        let provider = AuthorizationProvider::from(value);
        assert!(!matches!(provider, AuthorizationProvider::Unknown(_)), "{value}");
        assert_eq!(provider.as_str(), value);
    }
    assert_eq!((ScreenHint::SignUp.as_str(), ScreenHint::SignIn.as_str()), ("sign-up", "sign-in"));
}

/// An empty value is not the same as an unset one, so it is sent.
#[test]
fn empty_value_is_sent() {
    let client = client_of("https://h.example");
    let url = url_of(&client, authkit()).provider_scopes([""; 0]).state("").url().expect("a URL");
    assert_eq!(url.to_string(), format!("{START}&provider=authkit{END}&provider_scopes=&state="));
    let none = [("", ""); 0];
    let url = url_of(&client, authkit()).provider_query_params(none).url().expect("a URL");
    assert_eq!(url.to_string(), format!("{START}&provider=authkit{END}"));
}

/// A random value is a secret until it is sent to the browser, and is passed without conversion to text.
#[test]
fn random_state_is_accepted_as_a_secret() {
    let client = client_of("https://h.example");
    let state = random_token().expect("random bytes");
    for builder in [url_of(&client, authkit()).state(&state), url_of(&client, authkit()).state(state.clone())]
    {
        assert!(!format!("{builder:?}").contains(state.expose()));
        let url = builder.url().expect("a URL").to_string();
        assert_eq!(url, format!("{START}&provider=authkit{END}&state={}", state.expose()));
    }
}

/// The scopes are joined with commas in one parameter, so a scope must not contain a comma.
#[test]
fn ambiguous_scope_is_rejected() {
    let client = client_of("https://h.example");
    let scopes = [["openid", "a,b"], ["openid", ""]];
    let keys = ["", "a[b", "a]b"];
    let of_scopes = scopes.map(|scopes| url_of(&client, authkit()).provider_scopes(scopes).url());
    let of_keys = keys.map(|key| url_of(&client, authkit()).provider_query_params([(key, "x")]).url());
    for url in of_scopes.into_iter().chain(of_keys) {
        let error = url.expect_err("the URL is rejected");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.operation(), Some("user_management.authentication.authorization_url"));
    }
}

/// Without a client, only values that the target contains can be filled in.
#[test]
fn params_become_a_url() {
    let context: RequestContext = "https://h.example/base/".parse().expect("a valid URL");
    let params = AuthorizationUrlParams::new(authkit(), REDIRECT);
    let error = params.to_url(&context).expect_err("the client ID is not known");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("client_id"), "{error}");
    let url = params.to_url(&context.clone().with("client_id", CLIENT_ID)).expect("a URL");
    let start = START.replace("h.example/", "h.example/base/");
    assert_eq!(url.to_string(), format!("{start}&provider=authkit{END}"));
    let url = LogoutUrlParams::new(SessionId::new("session_7")).to_url(&context).expect("a URL");
    assert_eq!(url, "https://h.example/base/user_management/sessions/logout?session_id=session_7");
}

/// Without a custom base URL, the URLs lead to the vendor.
#[test]
fn default_base_url_is_the_vendor() {
    let memory = Memory::responding("{}");
    let client = Client::builder(API_KEY, CLIENT_ID).transport(memory).build().expect("a client");
    let url = url_of(&client, authkit()).url().expect("a URL");
    let start = START.replace("h.example", "api.workos.com");
    assert_eq!(url.to_string(), format!("{start}&provider=authkit{END}"));
}
