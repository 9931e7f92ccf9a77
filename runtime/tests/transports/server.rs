//! A scripted local server, which sends exact bytes and records the requests.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig, ServerConnection, StreamOwned};

const PATIENCE: Duration = Duration::from_secs(20);

pub const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

/// The state of a connection after the response.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// The server reads the next request.
    Keep,
    /// The server closes the connection.
    Close,
    /// The server resets the connection after reading one byte of the request.
    Reset,
    /// The server sends nothing more.
    Stall,
    /// The server sends a byte every ten milliseconds, a thousand in total, then closes the connection.
    Drip,
    /// The server sends 64 KiB at a time, 64 MiB in total, then closes the connection.
    Flood,
}

/// The number of bytes that a flood consists of.
pub const FLOOD: usize = 64 * 1024 * 1024;

pub type CannedResponse = (&'static str, Then);

/// A script for each connection that receives a request, in order.
pub struct Server {
    pub url: String,
    pub port: u16,
    requests: Receiver<(usize, String)>,
    closed: Receiver<()>,
    flooded: Arc<AtomicUsize>,
}

/// An event that a connection reports to the test.
#[derive(Clone)]
struct Reports {
    requests: Sender<(usize, String)>,
    closed: Sender<()>,
    flooded: Arc<AtomicUsize>,
}

impl Server {
    /// Starts a server. Each connection has its own list of responses, one for each request.
    pub fn start(scripts: Vec<Vec<CannedResponse>>) -> Self {
        Self::listen(scripts, |stream| Box::new(stream))
    }

    /// Starts a TLS server with one connection and these responses.
    pub fn secure(responses: Vec<CannedResponse>) -> Self {
        let config = server_config();
        Self::listen(vec![responses], move |stream| {
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            Box::new(StreamOwned::new(session, stream))
        })
    }

    pub fn one(canned: &'static str, then: Then) -> Self {
        Self::start(vec![vec![(canned, then)]])
    }

    fn listen(
        scripts: Vec<Vec<CannedResponse>>,
        wrap: impl Fn(TcpStream) -> Box<dyn ReadWrite> + Clone + Send + 'static,
    ) -> Self {
        let scripts = Arc::new(Mutex::new(scripts.into_iter().enumerate()));
        let ((to_requests, requests), (to_closed, closed)) = (channel(), channel());
        let flooded = Arc::<AtomicUsize>::default();
        let reports = Reports { requests: to_requests, closed: to_closed, flooded: Arc::clone(&flooded) };
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (scripts, wrap, reports) = (Arc::clone(&scripts), wrap.clone(), reports.clone());
                // The time limit ends the thread, whatever the client does.
                stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
                thread::spawn(move || {
                    talk(wrap(stream), || scripts.lock().expect("a lock").next(), &reports);
                    let _ = reports.closed.send(());
                });
            }
        });
        Self { url: format!("http://127.0.0.1:{port}/"), port, requests, closed, flooded }
    }

    /// Returns the next request and the index of its connection.
    pub fn next(&self) -> (usize, String) {
        self.requests.recv_timeout(PATIENCE).expect("a request")
    }

    /// Returns the text of the next request.
    pub fn request(&self) -> String {
        self.next().1
    }

    /// Waits until a connection is closed.
    pub fn wait_for_close(&self) {
        self.closed.recv_timeout(PATIENCE).expect("a connection that ends");
    }

    /// Returns the number of bytes of a flood that were written so far.
    pub fn flooded(&self) -> usize {
        self.flooded.load(Ordering::SeqCst)
    }

    /// Whether no further request has arrived.
    pub fn is_quiet(&self) -> bool {
        self.requests.try_recv().is_err()
    }
}

trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

fn talk(
    mut stream: impl ReadWrite,
    script: impl FnOnce() -> Option<(usize, Vec<CannedResponse>)>,
    reports: &Reports,
) {
    // Some clients open connections that they do not use. Such a connection takes no script.
    let mut first = [0];
    if !matches!(stream.read(&mut first), Ok(1)) {
        return;
    }
    let Some((number, responses)) = script() else { return };
    let mut begun = first.to_vec();
    for (canned, then) in responses {
        if !matches!(then, Then::Reset) {
            let request = read_on(&mut stream, std::mem::take(&mut begun));
            if request.is_empty() || reports.requests.send((number, request)).is_err() {
                return;
            }
        }
        let _ = stream.write_all(canned.as_bytes());
        let _ = stream.flush();
        match then {
            Then::Keep => {}
            Then::Close | Then::Reset => return,
            // Ends when the client closes the connection.
            Then::Stall => {
                while matches!(stream.read(&mut first), Ok(1)) {}
                return;
            }
            Then::Drip => drip(&mut stream),
            Then::Flood => return flood(&mut stream, &reports.flooded),
        }
    }
    // A request after the end of the script gets no response, and the connection stays open.
    let _ = stream.read(&mut first);
}

fn drip(stream: &mut impl Write) {
    for _ in 0..1000 {
        thread::sleep(Duration::from_millis(10));
        if stream.write_all(b"x").and_then(|()| stream.flush()).is_err() {
            return;
        }
    }
}

fn flood(stream: &mut impl Write, flooded: &AtomicUsize) {
    let chunk = vec![b'x'; 64 * 1024];
    while flooded.load(Ordering::SeqCst) < FLOOD {
        if stream.write_all(&chunk).is_err() {
            return;
        }
        flooded.fetch_add(chunk.len(), Ordering::SeqCst);
    }
}

/// Returns a complete request, or an empty string if the client closed the connection first.
pub fn read_request(stream: &mut impl Read) -> String {
    read_on(stream, Vec::new())
}

fn read_on(stream: &mut impl Read, mut bytes: Vec<u8>) -> String {
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let is_whole = match head.contains("transfer-encoding: chunked") {
                true => body.ends_with("0\r\n\r\n"),
                false => body.len() >= length.map_or(0, |length| length.parse().expect("a length")),
            };
            if is_whole {
                return text.into_owned();
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more) {
            Ok(read) if read > 0 => bytes.extend_from_slice(&more[..read]),
            _ => return String::new(),
        }
    }
}

/// Returns a port that refuses connections.
pub fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

fn test_root() -> RootCertStore {
    let root = include_bytes!("../tls/ca.pem");
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(root).expect("PEM")).expect("a certificate");
    roots
}

/// Returns a TLS configuration that trusts the test root, with the crypto provider of the tests.
pub fn trusting_the_test_root() -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(test_root())
        .with_no_client_auth()
}

fn server_config() -> Arc<ServerConfig> {
    let certificate = include_bytes!("../tls/server.pem");
    let key = include_bytes!("../tls/server.key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(certificate).expect("PEM")],
            PrivateKeyDer::from_pem_slice(key).expect("PEM"),
        );
    Arc::new(config.expect("a server"))
}
