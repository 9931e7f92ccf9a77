//! The default transport with a local server, as an application would test itself.

#![cfg(feature = "full")]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use common::{member, organization};
use downstream::{Directory, InviteError, Settings, SignIn};
use serde_json::json;
use stytch_b2b::organizations::OrganizationId;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Sends one response to one request.
struct Server {
    url: String,
    /// The thread returns the request: its head, then its body on the last line.
    request: JoinHandle<std::io::Result<String>>,
}

impl Server {
    fn responding(status: &'static str, body: String) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let request = thread::spawn(move || {
            let (stream, _) = listener.accept()?;
            let request = read_request(BufReader::new(&stream))?;
            let length = body.len();
            write!(
                &stream,
                "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            )?;
            Ok(request)
        });
        Ok(Self { url, request })
    }

    fn directory(&self) -> Result<Directory, stytch_b2b::Error> {
        let settings = Settings {
            project_id: "project-test-111".into(),
            secret: "secret-test-111".into(),
            base_url: Some(self.url.clone()),
        };
        Ok(Directory::new(settings.client()?, OrganizationId::new("organization-111")))
    }

    fn request(self) -> std::io::Result<String> {
        self.request.join().expect("the server does not panic")
    }
}

fn read_request(mut stream: impl BufRead) -> std::io::Result<String> {
    let mut request = String::new();
    while stream.read_line(&mut request)? > 2 {}
    let length = request
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .and_then(|length| length.parse().ok())
        .unwrap_or_default();
    stream.take(length).read_to_string(&mut request)?;
    Ok(request)
}

fn created() -> String {
    json!({
        "member_id": "member-111",
        "member": member("ada@example.com", "pending"),
        "organization": organization(),
        "request_id": "request-111",
        "status_code": 200,
    })
    .to_string()
}

#[tokio::test]
async fn invitation_sends_the_email_address() -> Outcome {
    let server = Server::responding("200 OK", created())?;
    let member_id = server.directory()?.invite("ada@example.com", Some("Ada")).await?;
    assert_eq!(member_id.as_str(), "member-111");

    let request = server.request()?;
    assert!(
        request.starts_with("POST /v1/b2b/organizations/organization-111/members HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains("\r\nauthorization: Basic cHJvamVjdC10ZXN0LTExMTpzZWNyZXQtdGVzdC0xMTE=\r\n"),
        "{request}"
    );
    let body = r#"{"email_address":"ada@example.com","name":"Ada","create_member_as_pending":true}"#;
    assert!(request.ends_with(body), "{request}");
    Ok(())
}

#[tokio::test]
async fn taken_address_is_a_separate_error() -> Outcome {
    let server =
        Server::responding("400 Bad Request", json!({ "error_type": "duplicate_email" }).to_string())?;
    let refused = server.directory()?.invite("ada@example.com", None).await;
    assert!(matches!(refused, Err(InviteError::Taken)), "{refused:?}");
    assert!(!server.request()?.contains("name"), "unset parameters are not sent");
    Ok(())
}

#[tokio::test]
async fn password_is_exchanged_for_a_token() -> Outcome {
    let session = json!({
        "user": {
            "object": "user",
            "id": "user_111",
            "email": "ada@example.com",
            "email_verified": true,
            "created_at": "2026-01-01T00:00:00.000Z",
            "updated_at": "2026-01-01T00:00:00.000Z",
        },
        "access_token": "access-token-111",
        "refresh_token": "refresh-token-111",
    });
    let server = Server::responding("200 OK", session.to_string())?;
    let client = workos_api::Client::builder("sk_test_111", "client_111").base_url(&server.url).build()?;
    let token = SignIn::new(client).with_password("ada@example.com", &"hush-111".into()).await?;
    assert_eq!(token.expose(), "access-token-111");

    let request = server.request()?;
    assert!(request.starts_with("POST /user_management/authenticate HTTP/1.1\r\n"), "{request}");
    assert!(!request.to_lowercase().contains("authorization:"), "{request}");
    assert!(request.contains(r#""grant_type":"password","email":"ada@example.com""#), "{request}");
    Ok(())
}
