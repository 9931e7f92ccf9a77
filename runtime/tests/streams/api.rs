//! Operations with streams, and a client of a local server.

use std::time::Duration;

use typefoundry_runtime::{
    ApiInfo, Auth, BlockingAdapter, Body, ByteDecoder, Bytes, Client, ClientBuilder, DecodeError, Endpoint,
    Error, Event, EventDecoder, HyperTransport, JsonLineDecoder, Method, Operation, RequestBody,
    RequestWriter, ResponseStream, RetryPolicy, StreamDecoder, Streamed, http, read_bytes, read_items,
};

use crate::transports::server::{CannedResponse, Server};

static API: ApiInfo = ApiInfo { name: "lab", user_agent: "lab/1", retry_statuses: &[] };

/// Longer than any test takes.
pub const PATIENCE: Duration = Duration::from_secs(20);
pub const SHORT: Duration = Duration::from_millis(150);

macro_rules! streamed {
    ($($name:ident: $response:ty = $read:expr, $decoder:ty = $new:expr, $accept:literal;)*) => {
        $(
            #[derive(Clone, Debug)]
            pub struct $name;

            impl Endpoint for $name {
                type Options = ();
                type Response = $response;
                const OPERATION: Operation = Operation::new(stringify!($name), Method::GET, "/");

                fn write(&self, request: &mut RequestWriter) {
                    request.header("accept", &Self::ACCEPT);
                }

                fn read(response: &http::Response<Bytes>) -> Result<Self::Response, DecodeError> {
                    $read(response)
                }
            }

            impl Streamed for $name {
                type Decoder = $decoder;
                const ACCEPT: &'static str = $accept;

                fn decoder() -> Self::Decoder {
                    $new
                }
            }
        )*
    };
}

streamed! {
    Download: Bytes = |response| read_bytes(response, "application/pdf"),
        ByteDecoder = ByteDecoder::new(), "application/pdf";
    Watch: Vec<Event<Vec<i64>>> = read_items::<Watch>,
        EventDecoder<Vec<i64>> = EventDecoder::json().ending_with("[DONE]"), "text/event-stream";
    Log: Vec<Event<String>> = read_items::<Log>,
        EventDecoder<String> = EventDecoder::text(), "text/event-stream";
    Export: Vec<i64> = read_items::<Export>,
        JsonLineDecoder<i64> = JsonLineDecoder::lines(), "application/jsonl";
}

/// An upload of a body, with an idempotent method.
#[derive(Clone, Debug)]
pub struct Upload(pub RequestBody);

impl Endpoint for Upload {
    type Options = ();
    type Response = String;
    const OPERATION: Operation = {
        let mut operation = Operation::new("lab.upload", Method::PUT, "/upload");
        operation.body = Body::Raw("image/png");
        operation
    };

    fn write(&self, request: &mut RequestWriter) {
        request.body_content(Some(&self.0));
    }
}

pub fn builder(url: &str) -> ClientBuilder {
    let transport = || HyperTransport::builder().no_proxy().build().expect("a transport");
    Client::builder(&API, url.trim_end_matches('/'), Auth::none())
        .transport(transport())
        .blocking_transport(BlockingAdapter::new(transport()))
        .retry(RetryPolicy::default().initial_backoff(Duration::from_millis(1)))
}

/// Starts a server with these connections for each driver, and returns what both of them do.
pub fn with_both<T>(
    scripts: &[&[CannedResponse]],
    asynchronous: impl AsyncFn(&Client, &Server) -> T,
    blocking: impl Fn(&Client, &Server) -> T,
) -> [T; 2] {
    let start = || Server::start(scripts.iter().map(|script| script.to_vec()).collect());
    let server = start();
    let client = builder(&server.url).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let one = runtime.block_on(async {
        tokio::time::timeout(PATIENCE, asynchronous(&client, &server)).await.expect("an end")
    });
    let server = start();
    let client = builder(&server.url).build().expect("a client");
    [one, blocking(&client, &server)]
}

/// All items of a stream, and the stream after its end.
pub type Read<D> = (Vec<Result<<D as StreamDecoder>::Item, Error>>, ResponseStream<D>);

/// Reads a stream to its end with both drivers.
pub fn read<D: StreamDecoder>(
    scripts: &[&[CannedResponse]],
    stream: impl Fn(&Client) -> ResponseStream<D>,
) -> [Read<D>; 2] {
    with_both(
        scripts,
        async |client, _| {
            let (mut items, mut stream) = (Vec::new(), stream(client));
            while let Some(item) = stream.next().await {
                items.push(item);
            }
            (items, stream)
        },
        |client, _| {
            let mut stream = stream(client).blocking();
            let items = stream.by_ref().collect();
            (items, stream.into_inner())
        },
    )
}

/// Returns the only error, which is the last item.
pub fn last_error<T: std::fmt::Debug>(mut items: Vec<Result<T, Error>>) -> (Vec<T>, Error) {
    let error = items.pop().expect("an item").expect_err("an error");
    (items.into_iter().map(|item| item.expect("an item")).collect(), error)
}
