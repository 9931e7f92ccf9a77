//! Collects the body of a response, decoded where that is asked for, up to a limit.

use bytes::{Bytes, BytesMut};
#[cfg(all(feature = "gzip", feature = "hyper"))]
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::response::Parts;

use crate::error::{TransportError, TransportErrorKind};

/// Room that is made for a body that is only announced.
const RESERVED: usize = 64 * 1024;

/// The encodings that are decoded.
#[derive(Clone, Copy)]
pub(crate) enum Decoding {
    None,
    /// A body that is encoded as gzip and nothing else.
    #[cfg(all(feature = "gzip", feature = "hyper"))]
    Gzip,
}

/// The reason why a body cannot be collected.
pub(crate) enum Failure {
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
    /// Prepares for a body of at least the announced length.
    ///
    /// Where the body is decoded, the headers that describe the encoded one are removed.
    pub(crate) fn new(
        decoding: Decoding,
        #[cfg_attr(
            not(all(feature = "gzip", feature = "hyper")),
            expect(unused_variables, reason = "only a body that is decoded changes it")
        )]
        head: &mut Parts,
        announced: usize,
        limit: usize,
    ) -> Result<Self, Failure> {
        match decoding {
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Decoding::Gzip if gzip::is_gzip(&head.headers) => {
                head.headers.remove(CONTENT_ENCODING);
                head.headers.remove(CONTENT_LENGTH);
                Ok(Self::Gzip(Box::new(gzip::Decoder::new(limit))))
            }
            _ if announced > limit => Err(Failure::TooLarge),
            _ => Ok(Self::Plain { body: BytesMut::with_capacity(announced.min(RESERVED)), limit }),
        }
    }

    pub(crate) fn push(&mut self, piece: &Bytes) -> Result<(), Failure> {
        match self {
            Self::Plain { body, limit } if piece.len() > limit.saturating_sub(body.len()) => {
                Err(Failure::TooLarge)
            }
            Self::Plain { body, .. } => {
                body.extend_from_slice(piece);
                Ok(())
            }
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.push(piece),
        }
    }

    /// Returns the whole body.
    pub(crate) fn finish(self) -> Result<Bytes, Failure> {
        match self {
            Self::Plain { body, .. } => Ok(body.freeze()),
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.finish(),
        }
    }

    /// Returns the part of the body that was received.
    pub(crate) fn into_part(self) -> Bytes {
        match self {
            Self::Plain { body, .. } => body.freeze(),
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Gzip(decoder) => decoder.into_part(),
        }
    }
}

impl Failure {
    /// Keeps the head of the response and nothing of its body.
    pub(crate) fn into_error(self, head: Parts, limit: usize) -> TransportError {
        let error = match self {
            Self::TooLarge => {
                let what = format!("the body of the response is longer than {limit} bytes");
                TransportError::new(TransportErrorKind::BodyTooLarge, what)
            }
            #[cfg(all(feature = "gzip", feature = "hyper"))]
            Self::Corrupt(error) => {
                let what = "failed to decode the body of the response as gzip";
                TransportError::new(TransportErrorKind::Protocol, what).with_source(error)
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

    use super::{CONTENT_ENCODING, Failure, RESERVED};

    /// Whether a body has this encoding and no other.
    pub(super) fn is_gzip(headers: &HeaderMap) -> bool {
        let mut lines = headers.get_all(CONTENT_ENCODING).into_iter();
        let only = lines.next().filter(|_| lines.next().is_none()).and_then(|line| line.to_str().ok());
        only.map(str::trim)
            .is_some_and(|name| name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip"))
    }

    /// Decodes a body piece by piece, so that no more of it is ever in memory than the limit allows.
    pub(crate) struct Decoder {
        decoder: MultiGzDecoder<Limited>,
        /// The number of encoded bytes that may still come: some decode to nothing.
        left: usize,
        is_empty: bool,
    }

    struct Limited {
        body: Vec<u8>,
        limit: usize,
        is_exceeded: bool,
    }

    impl Write for Limited {
        fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
            if piece.len() > self.limit.saturating_sub(self.body.len()) {
                self.is_exceeded = true;
                return Err(io::Error::other("the limit is exceeded"));
            }
            self.body.extend_from_slice(piece);
            Ok(piece.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Decoder {
        pub(super) fn new(limit: usize) -> Self {
            let body = Limited { body: Vec::new(), limit, is_exceeded: false };
            // Encoded, a body is hardly longer, however badly it is compressed.
            let left = limit.saturating_mul(2).saturating_add(RESERVED);
            Self { decoder: MultiGzDecoder::new(body), left, is_empty: true }
        }

        pub(super) fn push(&mut self, piece: &Bytes) -> Result<(), Failure> {
            self.left = self.left.checked_sub(piece.len()).ok_or(Failure::TooLarge)?;
            self.is_empty &= piece.is_empty();
            let written = self.decoder.write_all(piece);
            written.map_err(|error| self.failure(error))
        }

        pub(super) fn finish(mut self) -> Result<Bytes, Failure> {
            // As with a status that has no body, such as 304.
            if self.is_empty {
                return Ok(Bytes::new());
            }
            match self.decoder.try_finish() {
                Ok(()) => Ok(self.into_part()),
                Err(error) => Err(self.failure(error)),
            }
        }

        pub(super) fn into_part(self) -> Bytes {
            let mut decoder = self.decoder;
            std::mem::take(&mut decoder.get_mut().body).into()
        }

        fn failure(&self, error: io::Error) -> Failure {
            if self.decoder.get_ref().is_exceeded { Failure::TooLarge } else { Failure::Corrupt(error) }
        }
    }
}
