//! Certificates of the system, certificates that are passed in, and client certificates.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::WebPkiClientVerifier;
use rustls_native_certs::{CertificateResult, load_certs_from_paths};
use tokio_rustls::TlsAcceptor;

use super::https::{serve_tls, server_config};
use super::*;
use crate::error::{Error, ErrorKind};
use crate::transport::hyper::crypto::provider;

const ROOT: &[u8] = include_bytes!("../../../../tests/tls/ca.pem");
const CLIENT_ROOT: &[u8] = include_bytes!("../../../../tests/tls/client-ca.pem");
const CLIENT: &[u8] = include_bytes!("../../../../tests/tls/client.pem");
const CLIENT_KEY: &str = include_str!("../../../../tests/tls/client.key");
const OTHER_KEY: &str = include_str!("../../../../tests/tls/server.key");

fn der(pem: &[u8]) -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(pem).expect("PEM")
}

fn transport(tls: Tls) -> HyperTransport {
    HyperTransport::builder().assemble_with(Proxies::none(), tls)
}

async fn fails(transport: &HyperTransport, url: &str) -> TransportError {
    transport.send(request(url)).await.expect_err("no secure connection")
}

#[tokio::test]
async fn given_root_is_trusted() {
    let builder = || HyperTransport::builder().no_proxy();
    for builder in [
        builder().root_certificates_pem(ROOT),
        builder().root_certificate_der(der(ROOT).to_vec()),
        builder().root_certificates_pem([CLIENT_ROOT, ROOT].concat()),
    ] {
        let (address, _served) = serve_tls(false).await;
        let transport = builder.build().expect("a transport");
        let sent = transport.send(request(format!("https://localhost:{}/", address.port()))).await;
        assert_eq!(sent.expect("a response").body().as_ref(), b"hello");
    }
}

#[test]
fn invalid_certificate_is_rejected_by_the_builder() {
    let builder = || HyperTransport::builder().no_proxy();
    for (builder, said) in [
        (builder().root_certificates_pem("hush"), "invalid root certificate: the text has no section"),
        (builder().root_certificates_pem(CLIENT_KEY), "invalid root certificate: the text has no section"),
        (
            builder().root_certificates_pem(&ROOT[..200]),
            "invalid root certificate: the text is not valid PEM",
        ),
        (builder().root_certificate_der(*b"hush"), "invalid root certificate: "),
        (builder().client_certificate_pem("hush", CLIENT_KEY), "invalid client certificate: the text has no"),
        (
            builder().client_certificate_pem(CLIENT, "hush"),
            "invalid client certificate: the key has no section",
        ),
        (
            builder().client_certificate_pem(CLIENT, OTHER_KEY),
            "invalid client certificate: the key cannot be used",
        ),
    ] {
        let error = builder.build().expect_err(said);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
    }
}

#[test]
fn client_key_is_not_shown() {
    let builder = HyperTransport::builder().client_certificate_pem(CLIENT, CLIENT_KEY);
    let transport = builder.clone().no_proxy().build().expect("a transport");
    let shown = format!("{builder:?} {transport:?}");
    assert!(
        !shown.contains("Key") && !shown.contains("CERTIFICATE") && !shown.contains("ertificates"),
        "{shown}"
    );
}

/// Serves one request of a client whose certificate is signed by the root for clients.
async fn serve_known_clients() -> String {
    let mut roots = RootCertStore::empty();
    roots.add(der(CLIENT_ROOT)).expect("a certificate");
    let provider = Arc::new(provider().expect("a provider"));
    let clients = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider).build();
    let config = server_config(Some(clients.expect("a verifier")));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}/", listener.local_addr().expect("an address").port());
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("a connection");
        if let Ok(mut secure) = TlsAcceptor::from(Arc::new(config)).accept(stream).await {
            talk(&mut secure, &[HELLO]).await;
        }
    });
    url
}

#[tokio::test]
async fn client_certificate_is_presented() {
    let builder = HyperTransport::builder().no_proxy().root_certificates_pem(ROOT);
    let known = builder.clone().client_certificate_pem(CLIENT, CLIENT_KEY).build().expect("a transport");
    known.send(request(serve_known_clients().await)).await.expect("a response");

    let unknown = builder.build().expect("a transport");
    let error = fails(&unknown, &serve_known_clients().await).await;
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
    assert!(error.to_string().contains("certificate"), "{error}");
}

static LOADED_ON: Mutex<Option<ThreadId>> = Mutex::new(None);

/// Reading hundreds of files would delay all tasks of the thread.
#[tokio::test]
async fn certificates_are_loaded_on_another_thread() {
    let tls = Tls::with_roots(Certificates::default(), false, || {
        *LOADED_ON.lock().expect("a lock") = Some(thread::current().id());
        let mut loaded = CertificateResult::default();
        loaded.certs.push(der(ROOT));
        loaded
    });
    let transport = transport(tls);
    assert_eq!(
        *LOADED_ON.lock().expect("a lock"),
        None,
        "certificates are loaded by the first https connection"
    );
    let (address, _served) = serve_tls(false).await;
    transport.send(request(format!("https://localhost:{}/", address.port()))).await.expect("a response");
    let loaded_on = LOADED_ON.lock().expect("a lock").expect("a thread");
    assert_ne!(loaded_on, thread::current().id());
}

fn load_missing_file() -> CertificateResult {
    load_certs_from_paths(Some(Path::new("/nonexistent/roots.pem")), None)
}

#[tokio::test]
async fn missing_roots_are_an_error_with_remedies() {
    for (load, why) in [
        (CertificateResult::default as fn() -> _, "this system has none"),
        (load_missing_file, "/nonexistent/roots.pem"),
        (
            || {
                let mut loaded = CertificateResult::default();
                loaded.certs.push(CertificateDer::from(b"nonsense".to_vec()));
                loaded
            },
            "1 of them are not valid certificates",
        ),
    ] {
        let transport = transport(Tls::with_roots(Certificates::default(), false, load));
        let error = fails(&transport, "https://127.0.0.1:1/").await;
        assert_eq!(error.kind(), TransportErrorKind::Config, "{error:?}");
        let error = Error::from_transport(error);
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Config, false));
        let said = error.to_string();
        assert!(said.contains(why) && said.contains("`SSL_CERT_FILE`"), "{said}");
        assert!(said.contains("HyperTransportBuilder::root_certificates_pem"), "{said}");
    }
}

static IS_INSTALLED: AtomicBool = AtomicBool::new(false);

#[tokio::test]
async fn missing_roots_are_loaded_again() {
    let transport = transport(Tls::with_roots(Certificates::default(), false, || {
        let mut loaded = CertificateResult::default();
        loaded.certs.extend(IS_INSTALLED.load(Ordering::SeqCst).then(|| der(ROOT)));
        loaded
    }));
    let (address, _served) = serve_tls(false).await;
    let url = format!("https://localhost:{}/", address.port());
    assert_eq!(fails(&transport, &url).await.kind(), TransportErrorKind::Config);
    IS_INSTALLED.store(true, Ordering::SeqCst);
    transport.send(request(url)).await.expect("a response");
}

#[tokio::test]
async fn error_of_an_untrusted_server_names_unread_root() {
    let roots = vec![der(CLIENT_ROOT)];
    let tls = Tls::with_roots(Certificates { roots, identity: None }, false, load_missing_file);
    let (address, _served) = serve_tls(false).await;
    let error = fails(&transport(tls), &format!("https://localhost:{}/", address.port())).await;
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
    assert!(error.to_string().contains("/nonexistent/roots.pem"), "{error}");
}
