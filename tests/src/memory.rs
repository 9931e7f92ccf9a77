//! A transport of the user's own, without a network and without tokio.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use stytch_b2b::runtime::{BoxFuture, Bytes, Transport, TransportError, http};

/// Gives one answer to every request, and keeps the requests.
#[derive(Clone, Debug)]
pub struct Memory {
    answer: Bytes,
    sent: Arc<Mutex<Vec<http::Request<Bytes>>>>,
}

impl Memory {
    /// Answers with status 200 and this body.
    pub fn answering(body: impl ToString) -> Self {
        Self { answer: body.to_string().into(), sent: Arc::default() }
    }

    /// Every request until now.
    ///
    /// # Panics
    /// When a test panicked while sending.
    #[must_use]
    pub fn sent(&self) -> Vec<http::Request<Bytes>> {
        self.sent.lock().expect("the requests").clone()
    }
}

impl Transport for Memory {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        self.sent.lock().expect("the requests").push(request);
        Box::pin(std::future::ready(Ok(http::Response::new(self.answer.clone()))))
    }

    fn sleep(&self, _duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
}
