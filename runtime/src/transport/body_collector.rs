//! Collects the body of a response up to a limit, and decodes it if requested.

use bytes::{Bytes, BytesMut};
#[cfg(all(feature = "gzip", feature = "hyper"))]
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::response::Parts;

use crate::error::{TransportError, TransportErrorKind};

/// The maximum capacity in bytes that is reserved for an announced body.
const MAX_INITIAL_CAPACITY: usize = 64 * 1024;

/// The encodings that are decoded.
#[derive(Clone, Copy)]
pub(crate) enum Decoding {
    None,
    /// A body whose only encoding is gzip.
    #[cfg(all(feature = "gzip", feature = "hyper"))]
    Gzip,
}

/// The reason why a body cannot be collected.
pub(crate) enum CollectError {
    TooLarge,
    #[cfg(all(feature = "gzip", feature = "hyper"))]
    Corrupt(std::io::Error),
}

/// A body that is being received.
pub(crate) enum Collector {
    Plain {
        body: BytesMut,
        limit: usize,
    },
    #[cfg(all(feature = "gzip", feature = "hyper"))]
    Gzip(Box<gzip::Decoder>),
}

impl Collector {
    /// Creates a collector for a body of at least the announced length.
    ///
    /// If the body is decoded, the headers that describe the encoded body are removed.
    pub(crate) fn new(
        decoding: Decoding,
        #[cfg_attr(
            not(all(feature = "gzip", feature = "hyper")),
            expect(unused_variables, reason = "only a body that is decoded changes it")
        )]
        head: &mut Parts,
        expected_len: usize,
        limit: usize,
    ) -> Result<Self, CollectError> {
        match decoding {
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Decoding::Gzip if gzip::is_gzip(&head.headers) => {
                head.headers.remove(CONTENT_ENCODING);
                head.headers.remove(CONTENT_LENGTH);
                Ok(Self::Gzip(Box::new(gzip::Decoder::new(limit))))
            }
            _ if expected_len > limit => Err(CollectError::TooLarge),
            _ => Ok(Self::Plain {
                body: BytesMut::with_capacity(expected_len.min(MAX_INITIAL_CAPACITY)),
                limit,
            }),
        }
    }

    pub(crate) fn push(&mut self, chunk: &Bytes) -> Result<(), CollectError> {
        match self {
            Self::Plain { body, limit } if chunk.len() > limit.saturating_sub(body.len()) => {
                Err(CollectError::TooLarge)
            }
            Self::Plain { body, .. } => {
                body.extend_from_slice(chunk);
                Ok(())
            }
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.push(chunk),
        }
    }

    /// Returns the whole body.
    pub(crate) fn finish(self) -> Result<Bytes, CollectError> {
        match self {
            Self::Plain { body, .. } => Ok(body.freeze()),
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.finish(),
        }
    }

    /// Returns the part of the body that was received.
    pub(crate) fn into_received(self) -> Bytes {
        match self {
            Self::Plain { body, .. } => body.freeze(),
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.into_received(),
        }
    }
}

impl CollectError {
    /// Converts the failure into an error that contains the head of the response, without the body.
    pub(crate) fn into_transport_error(self, head: Parts, limit: usize) -> TransportError {
        let error = match self {
            Self::TooLarge => {
                let message = format!("the body of the response is longer than {limit} bytes");
                TransportError::new(TransportErrorKind::BodyTooLarge, message)
            }
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Corrupt(error) => {
                let message = "failed to decode the body of the response as gzip";
                TransportError::new(TransportErrorKind::Protocol, message).with_source(error)
            }
        };
        error.with_response(http::Response::from_parts(head, Bytes::new()))
    }
}

#[cfg(all(feature = "gzip", feature = "hyper"))]
mod gzip {
    use std::io::{self, Write};

    use bytes::Bytes;
    use flate2::write::MultiGzDecoder;
    use http::HeaderMap;

    use super::{CONTENT_ENCODING, CollectError, MAX_INITIAL_CAPACITY};

    /// Returns whether gzip is the only encoding of a body.
    pub(super) fn is_gzip(headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(CONTENT_ENCODING).into_iter();
        let only = lines.next().filter(|_| lines.next().is_none()).and_then(|line| line.to_str().ok());
        only.map(str::trim)
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip"))
    }

    /// A decoder that stops at the limit, so that no larger body is ever in memory.
    pub(crate) struct Decoder {
        decoder: MultiGzDecoder<Limited>,
        /// The number of encoded bytes that can still be accepted. Some encoded bytes decode to nothing.
        remaining_input: usize,
        is_empty: bool,
    }

    struct Limited {
        body: Vec<u8>,
        limit: usize,
        is_exceeded: bool,
    }

    impl Write for Limited {
        fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
            if chunk.len() > self.limit.saturating_sub(self.body.len()) {
                self.is_exceeded = true;
                return Err(io::Error::other("the limit is exceeded"));
            }
            self.body.extend_from_slice(chunk);
            Ok(chunk.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Decoder {
        pub(super) fn new(limit: usize) -> Self {
            let body = Limited { body: Vec::new(), limit, is_exceeded: false };
            // Even a badly compressed body is hardly longer than the decoded body.
            let remaining_input = limit.saturating_mul(2).saturating_add(MAX_INITIAL_CAPACITY);
            Self { decoder: MultiGzDecoder::new(body), remaining_input, is_empty: true }
        }

        pub(super) fn push(&mut self, chunk: &Bytes) -> Result<(), CollectError> {
            self.remaining_input =
                self.remaining_input.checked_sub(chunk.len()).ok_or(CollectError::TooLarge)?;
            self.is_empty &= chunk.is_empty();
            let written = self.decoder.write_all(chunk);
            written.map_err(|error| self.collect_error(error))
        }

        pub(super) fn finish(mut self) -> Result<Bytes, CollectError> {
            // A response without a body, such as one with the status 304, may have this header.
            if self.is_empty {
                return Ok(Bytes::new());
            }
            match self.decoder.try_finish() {
                Ok(()) => Ok(self.into_received()),
                Err(error) => Err(self.collect_error(error)),
            }
        }

        pub(super) fn into_received(self) -> Bytes {
            let mut decoder = self.decoder;
            std::mem::take(&mut decoder.get_mut().body).into()
        }

        fn collect_error(&self, error: io::Error) -> CollectError {
            if self.decoder.get_ref().is_exceeded {
                CollectError::TooLarge
            } else {
                CollectError::Corrupt(error)
            }
        }
    }
}
