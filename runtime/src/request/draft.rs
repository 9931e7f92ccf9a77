//! The parts of a request that differ between calls.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};

use super::page_url::PageUrl;
use crate::body::RequestBody;
use crate::error::Error;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The number of headers that the client and the transport add to most requests.
const SHARED_HEADERS: usize = 5;

/// The parts of a request that differ between calls, from which each attempt of a call builds its request.
///
/// A copy of a request would allocate its headers again, although most of them are the same for all calls.
pub(crate) struct RequestDraft {
    pub(super) uri: Uri,
    /// The headers of the parameters and the options.
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// `None` if the request has no body.
    pub(super) body: Option<Bytes>,
    /// A body that each attempt reads from its source, in place of `body`. Boxed, because few requests have one.
    pub(super) streamed_body: Option<Box<RequestBody>>,
    /// The media type of the body, if it is not that of JSON.
    pub(super) content_type: Option<HeaderValue>,
}

impl RequestDraft {
    /// Replaces the URL with that of a page.
    ///
    /// # Errors
    /// Returns an error of kind [`ErrorKind::Pagination`](crate::ErrorKind::Pagination) if the URL has another origin.
    pub(crate) fn set_page_url(&mut self, url: &PageUrl) -> Result<(), Error> {
        self.uri = url.resolve(&self.uri)?;
        Ok(())
    }

    /// Returns whether a parameter or an option set this header.
    pub(crate) fn contains_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(other, _)| other.as_str().eq_ignore_ascii_case(name))
    }

    /// Adds a header, which is not set yet.
    pub(crate) fn push_header(&mut self, name: HeaderName, value: HeaderValue) {
        self.headers.push((name, value));
    }

    /// Returns the body that each attempt reads from its source, if there is one.
    pub(crate) fn streamed_body(&self) -> Option<&RequestBody> {
        self.streamed_body.as_deref()
    }

    /// Returns the whole request, without the headers of the client.
    pub(crate) fn to_request(&self, method: &Method) -> Request<Bytes> {
        let mut request = Request::new(self.body.clone().unwrap_or_default());
        *request.method_mut() = method.clone();
        *request.uri_mut() = self.uri.clone();
        let headers = request.headers_mut();
        *headers = HeaderMap::with_capacity(self.headers.len() + SHARED_HEADERS);
        headers.extend(self.headers.iter().cloned());
        headers.entry(ACCEPT).or_insert(JSON);
        if self.body.is_some() || self.streamed_body.is_some() {
            headers.entry(CONTENT_TYPE).or_insert_with(|| self.content_type.clone().unwrap_or(JSON));
        }
        request
    }
}
