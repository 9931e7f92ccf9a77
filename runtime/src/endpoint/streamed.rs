//! The trait of operations whose responses can be read as a stream.

use super::http_endpoint::Endpoint;
use crate::stream::StreamDecoder;

/// The parameters of an operation whose response can be read as a stream.
///
/// ```
/// use typefoundry_runtime::{
///     Bytes, DecodeError, Endpoint, Event, EventDecoder, Method, Operation, RequestWriter, Streamed, http, read_items,
/// };
///
/// struct WatchTemperature;
///
/// impl Endpoint for WatchTemperature {
///     type Options = ();
///     type Response = Vec<Event<f64>>;
///     const OPERATION: Operation = Operation::new("temperature.watch", Method::GET, "/temperature");
///
///     fn write(&self, request: &mut RequestWriter) {
///         request.header("accept", &Self::ACCEPT);
///     }
///
///     fn read(response: &http::Response<Bytes>) -> Result<Self::Response, DecodeError> {
///         read_items::<Self>(response)
///     }
/// }
///
/// impl Streamed for WatchTemperature {
///     type Decoder = EventDecoder<f64>;
///     const ACCEPT: &'static str = "text/event-stream";
///
///     fn decoder() -> Self::Decoder {
///         EventDecoder::json()
///     }
/// }
///
/// let response = http::Response::new("data: 20.5\n\ndata: 21\n\n".into());
/// let events = WatchTemperature::from_response(&response)?;
/// assert_eq!(events, [Event::new(20.5), Event::new(21.0)]);
/// # Ok::<(), typefoundry_runtime::Error>(())
/// ```
pub trait Streamed: Endpoint {
    /// The decoder of the items.
    type Decoder: StreamDecoder;

    /// The media type of the response.
    const ACCEPT: &'static str;

    /// Creates the decoder of a response.
    fn decoder() -> Self::Decoder;
}
