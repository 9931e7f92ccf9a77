//! What comes of a call is the same where a thread of its own carries it on.

use std::time::Duration;

use typefoundry_runtime::http::{Request, Response};
use typefoundry_runtime::{
    Auth, BlockOn, BoxFuture, Bytes, Client, ErrorKind, RetryPolicy, Transport, TransportError,
    TransportErrorKind,
};

use crate::script::{API, Ask, Way, both_ways};

/// Gives an answer less time than the call has.
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

async fn a_time_of_the_transport_itself_is_not_that_of_the_call(way: Way) {
    for attempt_timeout in [None, Some(Duration::from_secs(20))] {
        let builder = Client::builder(&API, "https://a.example", Auth::none());
        let builder = builder.transport(Hasty).blocking_transport(BlockOn::new(Hasty));
        let builder = builder.retry(RetryPolicy::default().base(Duration::ZERO));
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

both_ways!(a_time_of_the_transport_itself_is_not_that_of_the_call);
