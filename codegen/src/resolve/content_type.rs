//! The media type of a body, which determines its encoding.

use super::headers::{is_header_value, is_token};
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Body, BodyEncoding};
use crate::source::Span;
use crate::syntax::{OperationDecl, Spanned};

/// The media type of the body of an operation, whether it has a body or not.
pub(super) struct ContentType {
    pub body: Body,
    /// The key `content_type`, if it is given.
    pub span: Option<Span>,
}

impl ContentType {
    /// Returns the encoding of the body.
    pub(super) fn encoding(&self) -> BodyEncoding {
        self.body.encoding
    }
}

impl Resolver<'_> {
    /// Resolves the media type of the body, which is that of JSON by default.
    pub(super) fn content_type(&mut self, decl: &OperationDecl) -> ContentType {
        let Some(written) = &decl.content_type else { return ContentType { body: Body::json(), span: None } };
        let media_type = written.value.trim().to_owned();
        let encoding = encoding_of(&media_type).unwrap_or_else(|label| {
            let message = format!("`{}` is not a media type of a body", written.value);
            let problem = Diagnostic::error(Code::InvalidValue, written.span, message).label(label);
            self.report(problem.help(format!("write {}", meant(&media_type))));
            // The rules of all encodings could apply, so that none of them is checked.
            self.is_partial = true;
            BodyEncoding::Unparsed
        });
        ContentType { body: Body { encoding, media_type }, span: Some(written.span) }
    }
}

impl Resolver<'_> {
    /// Reports a media type of text in another encoding than UTF-8.
    pub(super) fn check_charset(&mut self, media_type: &Spanned<String>) {
        let mut parameters = media_type.value.split(';').skip(1).filter_map(|it| it.split_once('='));
        let charset = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
        let Some((_, charset)) = charset else { return };
        let charset = charset.trim().trim_matches('"');
        if !["utf-8", "utf8", "us-ascii"].iter().any(|known| charset.eq_ignore_ascii_case(known)) {
            let message = format!("text in `{charset}` is not supported");
            self.report(
                Diagnostic::error(Code::InvalidValue, media_type.span, message)
                    .label("text is always UTF-8")
                    .help("write `charset=utf-8`, or `binary` as the type for text in another encoding"),
            );
        }
    }
}

/// Returns the encoding of a media type, or the reason why it is not valid.
fn encoding_of(media_type: &str) -> Result<BodyEncoding, &'static str> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !is_header_value(media_type) {
        return Err("expected visible ASCII");
    }
    let Some((kind, name)) = essence.split_once('/').filter(|(kind, name)| is_token(kind) && is_token(name))
    else {
        return Err("expected a type and a subtype");
    };
    match (kind, name) {
        _ if essence.contains('*') => Err("a body has one media type"),
        _ if name == "json" || name.ends_with("+json") => Ok(BodyEncoding::Json),
        ("application", "x-www-form-urlencoded") if essence.len() < media_type.len() => {
            Err("a form is always UTF-8, so its media type has no parameters")
        }
        ("application", "x-www-form-urlencoded") => Ok(BodyEncoding::Form),
        ("multipart", "form-data") if essence.len() < media_type.len() => {
            Err("the client chooses the boundary")
        }
        ("multipart", "form-data") => Ok(BodyEncoding::Multipart),
        ("multipart", _) => Err("forms are the only multipart bodies"),
        _ => Ok(BodyEncoding::Raw),
    }
}

/// Returns the media type that is most likely meant, and an example for any other text.
fn meant(written: &str) -> &'static str {
    const KNOWN: [(&str, &str); 9] = [
        ("multipart", "`multipart/form-data`"),
        ("form-url", "`application/x-www-form-urlencoded`"),
        ("form", "`application/x-www-form-urlencoded`"),
        ("merge", "`application/merge-patch+json`"),
        ("patch", "`application/json-patch+json`"),
        ("json", "`application/json`"),
        ("text", "`text/plain`"),
        ("image", "`image/png`"),
        ("csv", "`text/csv`"),
    ];
    let written = written.to_ascii_lowercase();
    let found = KNOWN.iter().find(|(part, _)| written.contains(part));
    found.map_or("a media type such as `application/octet-stream`", |(_, media_type)| media_type)
}
