//! The body of a request: bytes, or a source that is read while the request is sent.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::chunks::Chunks;
use super::reader_chunks::read_error;
use super::request_body_reader::RequestBodyReader;
use super::request_body_stream::RequestBodyStream;
use super::source::BodySource;
use crate::error::TransportError;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The body of a request: bytes, or a reader or stream that is read while the request is sent.
///
/// A request with a known length has the header `content-length`. Other requests are sent in chunks.
///
/// Clones share their source. A reader or stream can be sent only once, so a call with such a body is not retried after
/// the transport began to read it. A function that opens the source again, as in [`RequestBody::file`] and
/// [`RequestBody::reader_from`], allows retries.
///
/// ```
/// use typefoundry_runtime::RequestBody;
///
/// let text = RequestBody::from("a,b\n1,2\n");
/// assert_eq!(text.content_length(), Some(8));
///
/// let reader = RequestBody::reader(std::io::Cursor::new("a,b\n1,2\n"));
/// assert_eq!(reader.content_length(), None);
/// assert_eq!(reader.with_length(8).content_length(), Some(8));
/// ```
#[derive(Clone)]
pub struct RequestBody {
    source: BodySource,
    len: Option<u64>,
}

impl RequestBody {
    /// Creates a body from a reader, which is read once.
    ///
    /// An async transport reads it on the thread that sends the request, 64 KiB at a time. Use [`RequestBody::stream`]
    /// for a reader that waits for a network or for a user. Blocking transports have no such limitation.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::once(Chunks::reader(reader))
    }

    /// Creates a body from a function that opens a reader for each attempt, so that the call can be retried.
    pub fn reader_from<R, F>(open: F) -> Self
    where
        R: Read + Send + 'static,
        F: Fn() -> io::Result<R> + Send + Sync + 'static,
    {
        Self {
            source: BodySource::Open(Arc::new(move || open().map(Chunks::reader).map_err(read_error))),
            len: None,
        }
    }

    /// Creates a body from a file, which each attempt opens again.
    ///
    /// Pipes and devices, such as `/dev/stdin`, are read once and have no known length.
    ///
    /// # Errors
    /// Returns an error if the file does not exist or its length cannot be read.
    pub fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let metadata = path.metadata()?;
        if !metadata.is_file() {
            return Ok(Self::reader(FileReader::Unopened(path)));
        }
        // Virtual files, such as those in `/proc`, have the length 0.
        let is_virtual = metadata.len() == 0 && File::open(&path)?.read(&mut [0])? > 0;
        let body = Self::reader_from(move || File::open(&path));
        Ok(if is_virtual { body } else { body.with_length(metadata.len()) })
    }

    /// Creates a body from a stream, which is read once.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
    {
        Self::once(Chunks::stream(stream))
    }

    /// Creates a body from a function that returns a stream for each attempt, so that the call can be retried.
    pub fn stream_from<S, B, E, F>(open: F) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Source>,
        F: Fn() -> S + Send + Sync + 'static,
    {
        Self { source: BodySource::Open(Arc::new(move || Ok(Chunks::stream(open())))), len: None }
    }

    fn once(chunks: Chunks) -> Self {
        Self { source: BodySource::Once(Arc::new(Mutex::new(Some(chunks)))), len: None }
    }

    /// Sets the length in bytes, which becomes the header `content-length`. The length of bytes never changes.
    ///
    /// If the source has another length, the request fails with
    /// [`TransportErrorKind::RequestBody`](crate::TransportErrorKind::RequestBody).
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if !matches!(self.source, BodySource::Bytes(_)) {
            self.len = Some(bytes);
        }
        self
    }

    /// Returns the length in bytes, if it is known.
    pub fn content_length(&self) -> Option<u64> {
        self.len
    }

    /// Returns the bytes, if the body is not a reader or stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            BodySource::Bytes(bytes) => Some(bytes),
            BodySource::Once(_) | BodySource::Open(_) => None,
        }
    }

    /// Returns whether the body can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        !matches!(self.source, BodySource::Once(_))
    }

    /// Returns whether the body can still be sent: a reader or stream can be sent once.
    pub fn is_available(&self) -> bool {
        match &self.source {
            BodySource::Bytes(_) | BodySource::Open(_) => true,
            BodySource::Once(chunks) => chunks.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
        }
    }

    /// Returns a body whose readers are read on the threads of a runtime for blocking functions.
    #[cfg(all(feature = "blocking", feature = "tokio"))]
    pub(crate) fn offloaded(self, runtime: &tokio::runtime::Handle) -> Self {
        if self.as_bytes().is_some() {
            return self;
        }
        let (source, runtime) = (self.source, runtime.clone());
        let open = move || source.open().map(|chunks| chunks.offloaded(&runtime));
        Self { source: BodySource::Open(Arc::new(open)), len: self.len }
    }

    /// Returns the chunks of the body, for an async transport. The source is opened when the first chunk is polled.
    pub fn into_stream(self) -> RequestBodyStream {
        RequestBodyStream::new(self.source, self.len)
    }

    /// Reads the whole body into memory, for a transport that cannot send streams.
    ///
    /// # Errors
    /// Returns an error of kind [`TransportErrorKind::RequestBody`](crate::TransportErrorKind::RequestBody) if the source
    /// fails.
    pub async fn into_bytes(self) -> Result<Bytes, TransportError> {
        self.into_stream().into_bytes().await
    }

    /// Returns a reader of the body, for a blocking transport. The source is opened at the first read.
    pub fn into_reader(self) -> RequestBodyReader {
        RequestBodyReader::new(self.into_stream())
    }
}

/// A file that is opened at the first read, because opening a named pipe waits for a writer.
enum FileReader {
    Unopened(PathBuf),
    Open(File),
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Self::Unopened(path) = self {
            *self = Self::Open(File::open(path)?);
        }
        match self {
            Self::Open(file) => file.read(buffer),
            Self::Unopened(_) => Ok(0),
        }
    }
}

impl<B: Into<Bytes>> From<B> for RequestBody {
    fn from(bytes: B) -> Self {
        let bytes = bytes.into();
        let len = u64::try_from(bytes.len()).ok();
        Self { source: BodySource::Bytes(bytes), len }
    }
}

impl Default for RequestBody {
    /// Returns an empty body.
    fn default() -> Self {
        Self::from(Bytes::new())
    }
}

impl PartialEq for RequestBody {
    /// Compares bytes by value, and readers and streams by identity.
    fn eq(&self, other: &Self) -> bool {
        let same_source = match (&self.source, &other.source) {
            (BodySource::Bytes(one), BodySource::Bytes(other)) => one == other,
            (BodySource::Once(one), BodySource::Once(other)) => Arc::ptr_eq(one, other),
            (BodySource::Open(one), BodySource::Open(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        same_source && self.len == other.len
    }
}

impl fmt::Debug for RequestBody {
    /// Omits the content, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody").field("content_length", &self.len).finish_non_exhaustive()
    }
}
