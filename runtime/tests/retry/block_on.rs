//! A call has the same result when another thread drives it.

use std::time::Duration;

use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{
    Auth, BlockingAdapter, BoxFuture, Bytes, Client, ErrorKind, RetryPolicy, Transport, TransportError,
    TransportErrorKind,
};

use crate::script::{API, Ask, Way, both_ways};

/// Has a shorter timeout of its own than the call.
struct Hasty;

impl Transport for Hasty {
    fn send(&self, _: Request<Bytes>) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let response = Response::builder().header("x-request-id", "r-7").body(Bytes::from_static(b"{"));
        let error = TransportError::new(TransportErrorKind::Timeout, "my own time was up");
        Box::pin(async { Err(error.with_response(response.expect("a response"))) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

async fn timeout_of_the_transport_is_not_the_timeout_of_the_call(way: Way) {
    for attempt_timeout in [None, Some(Duration::from_secs(20))] {
        let builder = Client::builder(&API, "https://a.example", Auth::none());
        let builder = builder.transport(Hasty).blocking_transport(BlockingAdapter::new(Hasty));
        let builder = builder.retry(RetryPolicy::default().initial_backoff(Duration::ZERO));
        let builder = match attempt_timeout {
            Some(timeout) => builder.attempt_timeout(timeout),
            None => builder,
        };
        let client = builder.build().expect("a client");
        let error = way.call(client.request(Ask::<'G'>::default()).send()).await.expect_err("a timeout");
        assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Timeout, 3, true));
        assert_eq!(error.to_string(), "pets.ask: my own time was up (200 OK)");
        assert_eq!(error.request_id(), Some("r-7"));
    }
}

both_ways!(timeout_of_the_transport_is_not_the_timeout_of_the_call);
