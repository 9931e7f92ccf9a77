//! A way through a proxy, which sees no more of a request than whom it goes to.

use std::io::{self, Read, Write};
use std::sync::Arc;

use http::Uri;
use ureq::unversioned::transport::{ConnectionDetails, Transport, TransportAdapter};

use super::connect::{remaining, step_failed};
use super::proxy::{Proxy, port_of};
use crate::{TransportError, TransportErrorKind};

/// Proxies say little.
const MAX_HEAD_LEN: usize = 16 * 1024;

/// Asks the proxy at the other end for the server.
pub(super) fn open_tunnel(
    stream: Box<dyn Transport>,
    proxy: &Proxy,
    details: &ConnectionDetails<'_>,
) -> Result<Box<dyn Transport>, TransportError> {
    let mut io = TransportAdapter::new(stream, Arc::clone(&details.current_time));
    io.set_timeout(remaining(details));
    let asked = io.write_all(&ask_for(details.uri, proxy)).and_then(|()| read_head(&mut io));
    let head = asked.map_err(|error| {
        step_failed(error.into(), details.timeout, TransportErrorKind::Connect, "cannot use the proxy")
    })?;
    match status_of(&head) {
        Some(200..=299) => Ok(io.into_inner()),
        Some(status) => Err(refused(&format!("the proxy answered with status {status}"))),
        None => Err(refused("the proxy does not speak HTTP")),
    }
}

fn ask_for(uri: &Uri, proxy: &Proxy) -> Vec<u8> {
    let server = format!("{}:{}", uri.host().unwrap_or_default(), port_of(uri));
    let mut ask = format!("CONNECT {server} HTTP/1.1\r\nHost: {server}\r\n").into_bytes();
    if let Some(auth) = proxy.auth() {
        ask.extend_from_slice(b"Proxy-Authorization: ");
        ask.extend_from_slice(auth.expose().as_bytes());
        ask.extend_from_slice(b"\r\n");
    }
    ask.extend_from_slice(b"\r\n");
    ask
}

/// Reads up to the empty line and not a byte more: what follows is the server's.
fn read_head(io: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        io.read_exact(&mut byte)?;
        head.extend_from_slice(&byte);
        if head.len() > MAX_HEAD_LEN {
            return Err(io::Error::other("the answer has no end"));
        }
    }
    Ok(head)
}

fn status_of(head: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(head.split(|byte| *byte == b'\r').next()?).ok()?;
    line.strip_prefix("HTTP/1.")?.split(' ').nth(1)?.parse().ok()
}

fn refused(why: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, why)
}
