//! A connection as the pool holds it.

use std::io;

use ureq::Error;
use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

/// A connection that tells when it breaks.
///
/// ureq takes one that breaks for one that ends. A body whose length nobody announced would then be cut off, and
/// nobody would notice.
#[derive(Debug)]
pub(super) struct Connection(Box<dyn Transport>);

impl Connection {
    pub(super) fn new(stream: Box<dyn Transport>) -> Self {
        Self(stream)
    }
}

impl Transport for Connection {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.0.transmit_output(amount, timeout)
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.0.await_input(timeout).map_err(|error| match error {
            // Another kind of error, since ureq looks at the kind.
            Error::Io(broken) => Error::Io(io::Error::other(broken)),
            error => error,
        })
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
