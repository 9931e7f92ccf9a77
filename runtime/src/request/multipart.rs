//! The parts of a form of the media type `multipart/form-data` (RFC 7578).

use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;

use super::file_part::FilePart;
use super::param_style::ParamStyle;
use super::structured::Structured;
use crate::body::{RequestBody, RequestBodyStream};
use crate::error::TransportError;
use crate::json::Encode;
use crate::text::TextProblem;

/// The parts in the order of writing.
#[derive(Default)]
pub(super) struct Multipart(Vec<Part>);

/// A part: its headers and its content.
struct Part {
    head: String,
    content: RequestBody,
}

/// A body with its media type, which names the boundary.
pub(super) struct MultipartBody {
    pub(super) content_type: HeaderValue,
    pub(super) body: RequestBody,
}

impl Multipart {
    /// Writes a part that is text.
    pub(super) fn push_text(&mut self, name: &str, text: &str) {
        self.push(head(name), Bytes::copy_from_slice(text.as_bytes()));
    }

    /// Writes a value in a style. Returns an error if the value would be ambiguous for the server.
    pub(super) fn push_value(
        &mut self,
        name: &str,
        style: ParamStyle,
        value: &dyn Encode,
    ) -> Result<(), String> {
        Structured::write_value(value, ("part", name), style, &mut |name, text| {
            let mut head = head(name);
            if style == ParamStyle::Json {
                head.push_str("\r\nContent-Type: application/json");
            }
            self.push(head, Bytes::copy_from_slice(text.as_bytes()));
        })
    }

    /// Writes a file. Returns an error if its media type is not valid.
    pub(super) fn push_file(&mut self, name: &str, file: &FilePart) -> Result<(), String> {
        let content_type = file.content_type().unwrap_or("application/octet-stream");
        if let Some(problem) = TextProblem::of_header(content_type) {
            return Err(format!("invalid media type of the file `{name}`: {}", problem.rule()));
        }
        let file_name = escaped(file.name().unwrap_or(name.trim_end_matches("[]")));
        let mut head = head(name);
        let _ = write!(head, "; filename=\"{file_name}\"\r\nContent-Type: {content_type}");
        self.push(head, file.content().clone());
        Ok(())
    }

    fn push(&mut self, head: String, content: impl Into<RequestBody>) {
        self.0.push(Part { head, content: content.into() });
    }

    /// Returns the body with a random boundary.
    pub(super) fn finish(self) -> Result<MultipartBody, String> {
        let boundary = self.boundary()?;
        let content_type = HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}"))
            .map_err(|_| "invalid boundary of the parts".to_owned())?;
        Ok(MultipartBody { content_type, body: self.with_boundary(&boundary) })
    }

    /// Returns a boundary of 128 random bits, which no content can foresee.
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    fn boundary(&self) -> Result<String, String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| format!("failed to generate a boundary: {error}"))?;
        Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
    }

    /// Returns a boundary that no part contains, since there is no source of randomness.
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    fn boundary(&self) -> Result<String, String> {
        Ok(self.free_boundary())
    }

    /// Returns the first of several boundaries that no part in memory contains.
    #[cfg(any(test, all(target_family = "wasm", target_os = "unknown")))]
    fn free_boundary(&self) -> String {
        let contains = |part: &Part, text: &str| {
            let bytes = part.content.as_bytes().map_or(&b""[..], |bytes| bytes);
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        };
        let mut boundaries = (0_u64..).map(|number| format!("typefoundry-{number}-"));
        let free = boundaries.find(|boundary| !self.0.iter().any(|part| contains(part, boundary)));
        free.unwrap_or_default()
    }

    /// Returns the body: bytes if all parts are in memory, else a stream of the parts.
    fn with_boundary(self, boundary: &str) -> RequestBody {
        let mut pieces: Vec<RequestBody> = Vec::new();
        for Part { head, content } in self.0 {
            pieces.push(format!("--{boundary}\r\n{head}\r\n\r\n").into());
            pieces.push(content);
            pieces.push("\r\n".into());
        }
        pieces.push(format!("--{boundary}--\r\n").into());
        joined(pieces)
    }
}

/// Returns the first header of a part, up to its name.
fn head(name: &str) -> String {
    format!("Content-Disposition: form-data; name=\"{}\"", escaped(name))
}

/// Escapes a name as browsers do, so that it cannot end its quotes or its line.
fn escaped(name: &str) -> String {
    name.replace('\r', "%0D").replace('\n', "%0A").replace('"', "%22")
}

/// Returns one body with the contents of all `pieces`.
fn joined(pieces: Vec<RequestBody>) -> RequestBody {
    let in_memory = pieces.iter().map(|piece| piece.as_bytes().map(|bytes| &bytes[..]));
    if let Some(bytes) = in_memory.collect::<Option<Vec<_>>>() {
        return bytes.concat().into();
    }
    let len = pieces.iter().try_fold(0_u64, |sum, piece| sum.checked_add(piece.content_length()?));
    let is_repeatable = pieces.iter().all(RequestBody::is_repeatable);
    let open = move || Pieces { current: None, rest: pieces.clone().into_iter() };
    let body = if is_repeatable { RequestBody::stream_from(open) } else { RequestBody::stream(open()) };
    match len {
        Some(len) => body.with_length(len),
        None => body,
    }
}

/// The chunks of several bodies, one after the other.
struct Pieces {
    current: Option<Pin<Box<RequestBodyStream>>>,
    rest: std::vec::IntoIter<RequestBody>,
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(current) = &mut self.current {
                match current.as_mut().poll_next(cx) {
                    Poll::Ready(None) => self.current = None,
                    polled => return polled,
                }
            }
            match self.rest.next() {
                Some(next) => self.current = Some(Box::pin(next.into_stream())),
                None => return Poll::Ready(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parts: Multipart) -> String {
        let body = parts.with_boundary("b");
        String::from_utf8(body.as_bytes().expect("bytes").to_vec()).expect("text")
    }

    #[test]
    fn parts_have_their_headers() {
        let mut parts = Multipart::default();
        parts.push_text("title", "\u{e9} \"a\"\r\n");
        parts.push_value("data", ParamStyle::Json, &vec![1, 2]).expect("a value");
        parts.push_value("tags", ParamStyle::Repeat, &vec!["a", "b"]).expect("a value");
        parts
            .push_file("file", &FilePart::from("x").with_name("a.txt").with_content_type("text/plain"))
            .expect("a file");
        assert_eq!(
            text(parts),
            "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\u{e9} \"a\"\r\n\r\n\
             --b\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: application/json\r\n\r\n[1,2]\r\n\
             --b\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\na\r\n\
             --b\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\nb\r\n\
             --b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
             Content-Type: text/plain\r\n\r\nx\r\n--b--\r\n"
        );
        assert_eq!(text(Multipart::default()), "--b--\r\n");
    }

    #[test]
    fn names_cannot_end_their_quotes_or_lines() {
        let mut parts = Multipart::default();
        parts.push_file("a\"b\r\nc", &FilePart::from("x").with_name("d\"; e\r\nf: \u{e9}")).expect("a file");
        assert!(text(parts).starts_with(
            "--b\r\nContent-Disposition: form-data; name=\"a%22b%0D%0Ac\"; filename=\"d%22; e%0D%0Af: \u{e9}\"\r\n"
        ));
    }

    #[test]
    fn file_without_a_name_has_that_of_its_part() {
        let mut parts = Multipart::default();
        parts.push_file("photos[]", &FilePart::from("x")).expect("a file");
        assert!(text(parts).contains(
            "name=\"photos[]\"; filename=\"photos\"\r\nContent-Type: application/octet-stream\r\n"
        ));
    }

    #[test]
    fn invalid_media_type_of_a_file_is_rejected() {
        for bad in ["", "a\r\nb: c", " a"] {
            let file = FilePart::from("x").with_content_type(bad);
            let error = Multipart::default().push_file("file", &file).expect_err("a rejection");
            assert!(error.starts_with("invalid media type of the file `file`: must not"), "{error}");
        }
    }

    #[test]
    fn boundary_is_random_and_in_no_part() {
        let boundary = || Multipart::default().boundary().expect("random bytes");
        let boundaries: std::collections::BTreeSet<_> = (0..1000).map(|_| boundary()).collect();
        assert_eq!(boundaries.len(), 1000);
        assert!(
            boundaries.iter().all(|it| it.len() == 32 && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
        );
        let mut parts = Multipart::default();
        parts.push_text("a", "typefoundry-0- typefoundry-1-");
        assert_eq!(parts.free_boundary(), "typefoundry-2-");
    }

    #[test]
    fn stream_keeps_its_length_and_can_be_sent_as_often_as_its_parts() {
        let parts = |content: RequestBody| {
            let mut parts = Multipart::default();
            parts.push_file("f", &content.into()).expect("a file");
            parts.with_boundary("b")
        };
        let bytes = parts("abc".into());
        let reader = || std::io::Cursor::new("abc");
        let opened = parts(RequestBody::reader_from(move || Ok(reader())).with_length(3));
        assert_eq!((opened.content_length(), opened.is_repeatable()), (bytes.content_length(), true));
        let once = parts(RequestBody::reader(reader()));
        assert_eq!((once.content_length(), once.is_repeatable()), (None, false));
        for body in [opened, once] {
            let mut read = Vec::new();
            std::io::Read::read_to_end(&mut body.into_reader(), &mut read).expect("a body");
            assert_eq!(Some(&read[..]), bytes.as_bytes().map(|bytes| &bytes[..]));
        }
    }
}
