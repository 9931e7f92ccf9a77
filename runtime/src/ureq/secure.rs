//! TLS on top of a connection.

use std::fmt;
use std::io::{Read, Write};
use std::sync::Arc;

use http::Uri;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, LazyBuffers, NextTimeout, Transport, TransportAdapter,
};

use super::connect::{remaining, step_failed};
use crate::{TransportError, TransportErrorKind};

const WHAT: &str = "no secure connection";

/// Shakes hands with the server.
pub(super) fn secure(
    stream: Box<dyn Transport>,
    tls: &Arc<ClientConfig>,
    details: &ConnectionDetails<'_>,
) -> Result<Box<dyn Transport>, TransportError> {
    let name = server_name(details.uri)
        .ok_or_else(|| TransportError::new(TransportErrorKind::Tls, "no certificate can name this host"))?;
    let mut session = ClientConnection::new(Arc::clone(tls), name)
        .map_err(|error| TransportError::new(TransportErrorKind::Tls, WHAT).with_source(error))?;
    let mut io = TransportAdapter::new(stream, Arc::clone(&details.current_time));
    io.set_timeout(remaining(details));
    session
        .complete_io(&mut io)
        .map_err(|error| step_failed(error.into(), details.timeout, TransportErrorKind::Tls, WHAT))?;
    let config = details.config;
    let buffers = LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size());
    Ok(Box::new(Secure { buffers, stream: StreamOwned::new(session, io) }))
}

fn server_name(uri: &Uri) -> Option<ServerName<'static>> {
    let host = uri.host()?;
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    ServerName::try_from(bare.to_owned()).ok()
}

/// A connection that only the two ends can read.
struct Secure {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl Transport for Secure {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        let output = self.buffers.output().get(..amount).unwrap_or_default();
        self.stream.write_all(output)?;
        // A write alone keeps to itself what goes wrong below it.
        self.stream.flush()?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let read = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    /// Whether another request may go out: what the server said has all been read, and it has not said goodbye.
    fn is_open(&mut self) -> bool {
        let state = self.stream.conn.process_new_packets();
        state.is_ok_and(|state| state.plaintext_bytes_to_read() == 0 && !state.peer_has_closed())
            && self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

impl fmt::Debug for Secure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secure").finish_non_exhaustive()
    }
}
