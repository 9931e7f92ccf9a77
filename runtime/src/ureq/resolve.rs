//! The addresses of a server, or of the proxy before it.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver as UreqResolver};
use ureq::unversioned::transport::NextTimeout;

use super::connect::late;
use super::proxy::{Proxies, port_of};
use crate::{TransportError, TransportErrorKind};

/// As many as ureq takes.
const MAX_ADDRESSES: usize = 16;

/// Looks up whom to connect to.
#[derive(Debug)]
pub(super) struct Resolver {
    proxies: Arc<Proxies>,
}

impl Resolver {
    pub(super) fn new(proxies: Arc<Proxies>) -> Self {
        Self { proxies }
    }

    fn look_up(&self, uri: &Uri, timeout: NextTimeout) -> Result<Vec<SocketAddr>, TransportError> {
        let next = self.proxies.of(uri)?.map_or(uri, |proxy| proxy.uri());
        let host = next.host().unwrap_or_default();
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let port = port_of(next);
        match bare.parse::<IpAddr>() {
            Ok(address) => Ok(vec![SocketAddr::new(address, port)]),
            Err(_) => ask_the_system(bare.to_owned(), port, timeout),
        }
    }
}

impl UreqResolver for Resolver {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.look_up(uri, timeout).map_err(|error| Error::Other(Box::new(error)))?;
        let mut addresses = self.empty();
        for address in found.into_iter().take(MAX_ADDRESSES) {
            addresses.push(address);
        }
        Ok(addresses)
    }
}

/// The system's own look-up cannot be cut short, so it has a thread of its own, which ends when it will.
fn ask_the_system(host: String, port: u16, timeout: NextTimeout) -> Result<Vec<SocketAddr>, TransportError> {
    let (answer, answered) = sync_channel(1);
    let asking = thread::Builder::new().name("look-up".to_owned()).spawn(move || {
        let found = (host, port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Nobody may be there to hear it any more.
        let _ = answer.send(found);
    });
    asking.map_err(unknown)?;
    match answered.recv_timeout(*timeout.after) {
        Ok(Ok(found)) if !found.is_empty() => Ok(found),
        Ok(Ok(_)) | Err(RecvTimeoutError::Disconnected) => Err(unknown(io::ErrorKind::NotFound.into())),
        Ok(Err(error)) => Err(unknown(error)),
        Err(RecvTimeoutError::Timeout) => Err(late(timeout)),
    }
}

fn unknown(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Connect, "no address was found for the host").with_source(error)
}
