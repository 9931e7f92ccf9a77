//! A replacement for WorkOS: it expects the requests of this program and rejects all others.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use workos_api::runtime::Pkce;
use workos_api::runtime::http::Uri;

use super::people::{ADA, APP_CODE, EMAIL_CODE, GRACE, JOAN, Return};

pub const API_KEY: &str = "sk_test_api_key_111";
pub const CLIENT_ID: &str = "client_111";

const CODE: &str = "authorization-code-111";
const MFA_TOKEN: &str = "pending-token-mfa-111";
const CHOICE_TOKEN: &str = "pending-token-choice-111";
const EMAIL_TOKEN: &str = "pending-token-email-111";
const SECOND_CHOICE_TOKEN: &str = "pending-token-choice-222";
const REFRESH_TOKEN: &str = "refresh-token-111";

/// Secrets, which must not be printed.
pub const SECRETS: [&str; 13] = [
    API_KEY,
    CODE,
    MFA_TOKEN,
    CHOICE_TOKEN,
    EMAIL_TOKEN,
    SECOND_CHOICE_TOKEN,
    "refresh-token-",
    "access-token-",
    ADA.password,
    GRACE.password,
    JOAN.password,
    APP_CODE,
    EMAIL_CODE,
];

/// The maximum length of a request body.
const MAX_BODY: usize = 64 * 1024;

/// A status and a body.
type Reply = (StatusCode, Value);

/// Listens on its own port until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    memory: Arc<Mutex<Memory>>,
    serving: JoinHandle<()>,
}

/// The state that the server keeps between requests.
#[derive(Debug, Default)]
struct Memory {
    /// The code challenge of the sign-in that a browser started.
    code_challenge: Option<String>,
    /// The credentials that were exchanged for tokens. Each can be used once.
    used: Vec<Value>,
}

impl Server {
    /// # Errors
    /// Returns an error if no port is free.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let memory = Arc::default();
        let router = Router::new().fallback(serve).with_state(Arc::clone(&memory));
        let serving = tokio::spawn(async move {
            let _ended = axum::serve(listener, router).await;
        });
        Ok(Self { address, memory, serving })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Signs Ada in, and returns the parameters of the redirect.
    ///
    /// # Errors
    /// Returns an error if a parameter is missing, wrong or unexpected.
    pub fn authorize(&self, url: &Uri) -> Result<Return, String> {
        if url.authority().map(ToString::to_string) != Some(self.address.to_string()) {
            return Err("the URL leads to another server".into());
        }
        if url.path() != "/user_management/authorize" {
            return Err(format!("the URL leads to {}", url.path()));
        }
        let pairs = url.query().unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
        let mut query: BTreeMap<_, _> = pairs.collect();
        let (Some(challenge), Some(state)) = (query.remove("code_challenge"), query.remove("state")) else {
            return Err("missing `code_challenge` or `state` in the URL".into());
        };
        let expected = [
            ("client_id", CLIENT_ID),
            ("code_challenge_method", "S256"),
            ("provider", "authkit"),
            ("redirect_uri", "https%3A%2F%2Fapp.example.com%2Fcallback"),
            ("response_type", "code"),
        ];
        if query != BTreeMap::from(expected) {
            return Err(format!("unexpected parameters in the URL: {:?}", query.keys()));
        }
        lock(&self.memory).code_challenge = Some(challenge.to_owned());
        Ok(Return { code: CODE.to_owned(), state: state.to_owned() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn lock(memory: &Mutex<Memory>) -> MutexGuard<'_, Memory> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(State(memory): State<Arc<Mutex<Memory>>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let line = line(&head.method, &head.uri);
    let authorization = head.headers.get(header::AUTHORIZATION).map(|value| value.as_bytes());
    let (status, reply) = match to_bytes(body, MAX_BODY).await {
        Ok(body) => lock(&memory).answer(&line, authorization, &body),
        Err(_) => rejection(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", "a body of this size"),
    };
    let mut response = Response::new(Body::from(reply.to_string()));
    *response.status_mut() = status;
    response
}

/// Returns the request line, with the query parameters sorted, because their order has no meaning.
fn line(method: &Method, uri: &Uri) -> String {
    let mut pairs: Vec<_> = uri.query().into_iter().flat_map(|query| query.split('&')).collect();
    pairs.sort_unstable();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{method} {}{mark}{}", uri.path(), pairs.join("&"))
}

impl Memory {
    fn answer(&mut self, line: &str, authorization: Option<&[u8]>, body: &[u8]) -> Reply {
        let body = match body {
            [] => Value::Null,
            body => serde_json::from_slice(body).unwrap_or("not JSON".into()),
        };
        // The body contains the credentials of this request, because public clients use it too.
        if line == "POST /user_management/authenticate" {
            return match authorization {
                None => self.authenticate(body),
                Some(_) => rejection(
                    StatusCode::BAD_REQUEST,
                    "unexpected",
                    "an authorization header with a client secret",
                ),
            };
        }
        if authorization != Some(format!("Bearer {API_KEY}").as_bytes()) {
            return rejection(StatusCode::UNAUTHORIZED, "unauthorized", "a request without the API key");
        }
        match line {
            "POST /auth/factors/auth_factor_01ada/challenge" if body == json!({}) => {
                (StatusCode::CREATED, challenge())
            }
            "GET /user_management/users?limit=2" if body.is_null() => {
                users(&["ada", "grace"], Some("cursor-2"))
            }
            "GET /user_management/users?after=cursor-2&limit=2" if body.is_null() => {
                users(&["joan", "katherine"], Some("cursor-3"))
            }
            "GET /user_management/users?after=cursor-3&limit=2" if body.is_null() => users(&["mary"], None),
            _ => rejection(StatusCode::NOT_FOUND, "unexpected", line),
        }
    }

    fn authenticate(&mut self, mut body: Value) -> Reply {
        if let Some(verifier) = body.as_object_mut().and_then(|body| body.remove("code_verifier")) {
            let challenge = verifier.as_str().and_then(|verifier| Pkce::from_verifier(verifier).ok());
            if challenge.is_none()
                || challenge.map(|pkce| pkce.challenge().to_owned()) != self.code_challenge.take()
            {
                return rejection(StatusCode::BAD_REQUEST, "invalid_grant", "a verifier of another sign-in");
            }
        } else if body["grant_type"] == "authorization_code" {
            return rejection(StatusCode::BAD_REQUEST, "invalid_grant", "a code without its verifier");
        }
        let Some((_, reply)) = grants().into_iter().find(|(expected, _)| *expected == body) else {
            return match body["grant_type"].as_str() {
                Some("password") => {
                    rejection(StatusCode::UNAUTHORIZED, "invalid_credentials", "this email and password")
                }
                _ => rejection(StatusCode::BAD_REQUEST, "invalid_grant", "this grant"),
            };
        };
        if self.used.contains(&body) {
            return rejection(StatusCode::BAD_REQUEST, "invalid_grant", "credentials that were used before");
        }
        self.used.push(body);
        reply
    }
}

/// Returns every accepted body, with its response.
fn grants() -> [(Value, Reply); 9] {
    let urn = |name: &str| format!("urn:workos:oauth:grant-type:{name}");
    let password =
        |email: &str, password: &str| grant("password", json!({ "email": email, "password": password }));
    let choice = |token: &str, organization: &str| {
        let params = json!({ "pending_authentication_token": token, "organization_id": organization });
        grant(&urn("organization-selection"), params)
    };
    let totp = json!({
        "code": APP_CODE,
        "pending_authentication_token": MFA_TOKEN,
        "authentication_challenge_id": "auth_challenge_01ada",
    });
    let email = json!({ "code": EMAIL_CODE, "pending_authentication_token": EMAIL_TOKEN });
    [
        (grant("authorization_code", json!({ "code": CODE })), session("ada", Some("org_01acme"), 1)),
        (
            grant("refresh_token", json!({ "refresh_token": REFRESH_TOKEN })),
            session("ada", Some("org_01acme"), 2),
        ),
        (password(ADA.email, ADA.password), mfa_challenge()),
        (grant(&urn("mfa-totp"), totp), session("ada", None, 3)),
        (password(GRACE.email, GRACE.password), organization_selection("grace", CHOICE_TOKEN)),
        (choice(CHOICE_TOKEN, "org_01initech"), session("grace", Some("org_01initech"), 4)),
        (password(JOAN.email, JOAN.password), email_verification()),
        (grant(&urn("email-verification:code"), email), organization_selection("joan", SECOND_CHOICE_TOKEN)),
        (choice(SECOND_CHOICE_TOKEN, "org_01initech"), session("joan", Some("org_01initech"), 5)),
    ]
}

fn grant(grant_type: &str, params: Value) -> Value {
    let mut body = json!({ "client_id": CLIENT_ID, "client_secret": API_KEY, "grant_type": grant_type });
    if let (Some(body), Value::Object(params)) = (body.as_object_mut(), params) {
        body.extend(params);
    }
    body
}

/// Returns an error response. It does not repeat the body, because errors are printed.
fn rejection(status: StatusCode, code: &str, what: &str) -> Reply {
    (status, json!({ "code": code, "message": format!("The server does not accept {what}.") }))
}

fn session(name: &str, organization: Option<&str>, number: u8) -> Reply {
    let mut body = json!({
        "user": user(name),
        "access_token": format!("access-token-{number}{number}{number}"),
        "refresh_token": format!("refresh-token-{number}{number}{number}"),
    });
    if let Some(organization) = organization {
        body["organization_id"] = organization.into();
    }
    (StatusCode::OK, body)
}

fn mfa_challenge() -> Reply {
    let body = json!({
        "code": "mfa_challenge",
        "message": "The user must complete an MFA challenge to finish authenticating.",
        "pending_authentication_token": MFA_TOKEN,
        "user": user("ada"),
        "authentication_factors": [{ "id": "auth_factor_01ada", "type": "totp" }],
    });
    (StatusCode::FORBIDDEN, body)
}

fn organization_selection(name: &str, token: &str) -> Reply {
    let body = json!({
        "code": "organization_selection_required",
        "message": "The user must choose an organization to finish their authentication.",
        "pending_authentication_token": token,
        "user": user(name),
        "organizations": [
            { "id": "org_01acme", "name": "Acme" },
            { "id": "org_01initech", "name": "Initech" },
        ],
    });
    (StatusCode::FORBIDDEN, body)
}

fn email_verification() -> Reply {
    let body = json!({
        "code": "email_verification_required",
        "message": "Email ownership must be verified before authentication.",
        "pending_authentication_token": EMAIL_TOKEN,
        "email": JOAN.email,
        "email_verification_id": "email_verification_01joan",
    });
    (StatusCode::FORBIDDEN, body)
}

fn challenge() -> Value {
    json!({
        "object": "authentication_challenge",
        "id": "auth_challenge_01ada",
        "authentication_factor_id": "auth_factor_01ada",
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-01T00:00:00.000Z",
    })
}

fn users(names: &[&str], after: Option<&str>) -> Reply {
    let data: Vec<_> = names.iter().map(|name| user(name)).collect();
    let body = json!({ "object": "list", "data": data, "list_metadata": { "before": null, "after": after } });
    (StatusCode::OK, body)
}

fn user(name: &str) -> Value {
    json!({
        "object": "user",
        "id": format!("user_01{name}"),
        "email": format!("{name}@example.com"),
        "email_verified": true,
        "first_name": null,
        "last_name": null,
        "profile_picture_url": null,
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-01T00:00:00.000Z",
    })
}
