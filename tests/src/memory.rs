//! A custom transport that uses neither a network nor tokio.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stytch_b2b::runtime::{BoxFuture, Bytes, Transport, TransportError, http};

/// Sends one response to every request, and records the requests.
#[derive(Clone, Debug)]
pub struct Memory {
    response: Bytes,
    sent: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl Memory {
    /// Responds with status 200 and this body.
    pub fn responding(body: impl ToString) -> Self {
        Self { response: body.to_string().into(), sent: Arc::default() }
    }

    /// Returns all requests received so far.
    ///
    /// # Panics
    /// Panics if a test panicked while sending.
    #[must_use]
    pub fn sent(&self) -> Vec<http::Request<Bytes>> {
        self.sent.lock().expect("no test panicked while sending").clone()
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent.lock().expect("no test panicked while sending").push(request);
        Box::pin(std::future::ready(Ok(http::Response::new(self.response.clone()))))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}
