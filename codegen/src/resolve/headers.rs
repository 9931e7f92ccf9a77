//! The rules of request headers: valid names, each at most once per request.
//!
//! The runtime applies the same rules, and rejects invalid requests. `tests/tests/agreement` compares both.

use std::collections::BTreeMap;

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, AuthScheme, FixedParam, FixedValue, OptionHeader, ParamLocation};
use crate::source::Span;
use crate::syntax::{FieldDecl, OperationDecl, OptionGroupDecl, ParamDecl, Spanned};
use crate::value::Value;

/// The headers of one request.
#[derive(Default)]
pub(super) struct Headers {
    /// The headers by their names in lower case.
    taken: BTreeMap<String, Span>,
    /// Whether the request carries the credentials of the client.
    sends_credentials: bool,
    /// The headers of API keys by their names in lower case.
    of_keys: BTreeMap<String, Span>,
    /// Whether a parameter is a cookie.
    has_cookies: bool,
}

impl Headers {
    /// Creates the headers of an operation with this authentication.
    pub(super) fn new(api: &Api, decl: &OperationDecl, auth: &[AuthScheme]) -> Self {
        let has_client_auth = decl.auth.is_none() && api.client_auth().is_some();
        let parts: Vec<_> = auth.iter().flat_map(AuthScheme::parts).collect();
        let keys = parts.iter().filter_map(|scheme| match scheme {
            AuthScheme::ApiKey(key) => Some((scheme.header()?, key.span)),
            _ => None,
        });
        Self {
            taken: BTreeMap::new(),
            sends_credentials: has_client_auth || parts.iter().any(|scheme| scheme.is_http()),
            of_keys: keys.collect(),
            has_cookies: false,
        }
    }
}

impl Resolver<'_> {
    /// Checks the name of a header in an operation or in a group of options.
    pub(super) fn check_header_name(&mut self, name: &str, span: Span) {
        if !self.check_header_token(name, span) {
            return;
        }
        let Some((label, help)) = reserved(&name.to_ascii_lowercase()) else { return };
        let message = format!("the header `{name}` cannot be described");
        self.report(Diagnostic::error(Code::ReservedHeader, span, message).label(label).help(help));
    }

    /// Reports a text that is not a valid header name. Returns whether it is one.
    pub(super) fn check_header_token(&mut self, name: &str, span: Span) -> bool {
        if !is_token(name) {
            let repaired = name.split(|c| !is_token_char(c)).filter(|part| !part.is_empty());
            let repaired = repaired.collect::<Vec<_>>().join("-");
            let message = match name {
                "" => "the header has no name".to_owned(),
                name => format!("`{name}` is not a valid header name"),
            };
            let example = if repaired.is_empty() {
                "a name such as `X-Acme-Id`".to_owned()
            } else {
                format!("`{repaired}`")
            };
            self.report(
                Diagnostic::error(Code::InvalidValue, span, message)
                    .label("letters, digits and `-` are expected")
                    .help(format!("write {example}")),
            );
        }
        is_token(name)
    }

    /// Checks the name of a header parameter and registers it for the request.
    pub(super) fn header_param(
        &mut self,
        headers: &mut Headers,
        name: &Spanned<String>,
        decl: &FieldDecl,
        wire: &str,
    ) {
        let span = decl.wire_name.as_ref().map_or(name.span, |wire| wire.span);
        self.check_header_name(wire, span);
        if headers.sends_credentials {
            let help = "write `in: bearer` for a token, or add `auth: none` to the operation";
            self.check_authorization(wire, span, help);
        }
        self.claim_header(headers, wire, span);
    }

    /// Reports an `Authorization` header beside the credentials of the client.
    pub(super) fn check_authorization(&mut self, name: &str, span: Span, help: &str) {
        if name.eq_ignore_ascii_case("authorization") {
            let message = format!("the header `{name}` cannot be described");
            self.report(
                Diagnostic::error(Code::ReservedHeader, span, message)
                    .label("the client sends its credentials in this header")
                    .help(help),
            );
        }
    }

    /// Registers a header for a request. Header names are case-insensitive.
    pub(super) fn claim_header(&mut self, headers: &mut Headers, name: &str, span: Span) {
        if let Some(scheme) = headers.of_keys.get(&name.to_ascii_lowercase()) {
            return self.report(sent_by_auth("header", name, span, *scheme));
        }
        let Some(first) = headers.taken.insert(name.to_ascii_lowercase(), span) else { return };
        // A group of options that is listed twice has a diagnostic of its own.
        if first != span {
            self.report(duplicate(name, span, first));
        }
    }

    /// Registers a cookie. All cookies are in one header, which no other parameter can be.
    pub(super) fn claim_cookie(&mut self, headers: &mut Headers, span: Span) {
        if !headers.has_cookies && !headers.of_keys.contains_key("cookie") {
            self.claim_header(headers, "cookie", span);
        }
        headers.has_cookies = true;
    }

    /// Registers the headers of the options that an operation lists.
    pub(super) fn claim_options(&mut self, headers: &mut Headers, api: &Api, decl: &OperationDecl) {
        for name in &decl.options {
            let Some(group) = api.options.iter().find(|group| group.name == name.value) else { continue };
            let mut own = Headers::default();
            // A header without a name could not be read.
            for OptionHeader { header, span, .. } in group.headers.iter().filter(|it| !it.header.is_empty()) {
                let header = header.to_ascii_lowercase();
                // Two equal headers of one group are reported at the group.
                if own.taken.insert(header.clone(), *span).is_some() {
                    continue;
                }
                if let Some(scheme) = headers.of_keys.get(&header) {
                    let problem = sent_by_auth("header", &header, *span, *scheme);
                    // Several operations can list the group.
                    if !self.problems.contains(&problem) {
                        self.report(problem);
                    }
                    continue;
                }
                match headers.taken.insert(header.clone(), *span) {
                    Some(first) if first != *span => self.report(duplicate(&header, name.span, first)),
                    _ => {}
                }
            }
        }
    }

    /// Reports a header that occurs twice in a group of options.
    pub(super) fn check_group_headers(&mut self, decl: &OptionGroupDecl) {
        let mut taken = Headers::default();
        for (_, header) in decl.headers.iter() {
            self.claim_header(&mut taken, &header.header, header.header.span);
        }
    }

    /// Reports a constant that the runtime rejects.
    pub(super) fn check_fixed(&mut self, fixed: &FixedParam, decl: &OperationDecl) {
        let FixedValue::Constant(value) = &fixed.value else { return };
        let written = decl.params.iter().find(|(name, _)| name.span == fixed.span);
        let constant = written.and_then(|(_, param)| match param.as_param() {
            ParamDecl::Constant(constant) => Some(constant.value.head()),
            ParamDecl::Typed(_) | ParamDecl::Credential(_) => None,
        });
        let span = constant.unwrap_or(fixed.span);
        let text = value.as_text().map_or_else(|| value.to_string(), str::to_owned);
        let problem = match fixed.location {
            ParamLocation::Header if !is_header_value(&text) => Some((
                "cannot be the value of a header",
                "visible ASCII without blanks around it is expected",
                "write a value that is allowed in a header",
            )),
            ParamLocation::Cookie if !is_cookie_value(&text) => Some((
                "cannot be the value of a cookie",
                "visible ASCII without blanks, `\"`, `,`, `;` and `\\` is expected",
                "write a value that is allowed in a cookie",
            )),
            ParamLocation::Path if text.trim().is_empty() || text == "." || text == ".." => Some((
                "is not allowed in a path",
                "URL libraries and servers remove this segment",
                "write the path without the placeholder",
            )),
            _ => None,
        };
        if let Some((what, label, help)) = problem {
            let message = format!("the constant {} {what}", Value::Text(text));
            self.report(Diagnostic::error(Code::InvalidValue, span, message).label(label).help(help));
        }
    }
}

/// Creates the diagnostic of a parameter or an option in the place of an API key.
pub(super) fn sent_by_auth(what: &str, name: &str, span: Span, scheme: Span) -> Diagnostic {
    let code = if what == "header" { Code::ReservedHeader } else { Code::NameCollision };
    Diagnostic::error(code, span, format!("the {what} `{name}` cannot be described"))
        .label(format!("`auth` sends a credential in this {what}"))
        .note(scheme, "sent by this scheme")
        .help("remove it, or give the operation an `auth` without this scheme")
}

fn duplicate(name: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(Code::DuplicateHeader, span, format!("the header `{name}` is sent twice"))
        .label("the second")
        .note(first, "the first; header names do not differ by case")
        .help("remove one of them, or give it another name")
}

/// Returns the label and the help for a header that cannot be described.
fn reserved(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "content-type" => Some((
            "the media type of the body belongs to the operation",
            "remove it, and write the media type as `content_type:` of the operation",
        )),
        "accept" => Some((
            "the media type of the response belongs to the operation",
            "remove it, and write the media type as `accept:` of the operation",
        )),
        "user-agent" => Some((
            "the client sets this header",
            "remove it; an application changes the value with `user_agent` of the `ClientBuilder`",
        )),
        "accept-encoding" | "content-encoding" => Some(("the transport decides on compression", "remove it")),
        name if is_framing(name) => Some(("the transport sets this header", "remove it")),
        _ => None,
    }
}

/// Whether the header frames the message or manages the connection.
fn is_framing(name: &str) -> bool {
    const NAMES: [&str; 10] = [
        "connection",
        "content-length",
        "expect",
        "host",
        "http2-settings",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.contains(&name) || name.starts_with("proxy-")
}

/// Whether the text is a token of RFC 9110.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_token_char)
}

fn is_token_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

/// Whether the runtime accepts a text as the value of a header.
pub(super) fn is_header_value(text: &str) -> bool {
    !text.is_empty() && text.trim() == text && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether the runtime accepts a text as the value of a cookie.
pub(super) fn is_cookie_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'!'..=b'~') && !b"\",;\\".contains(&byte))
}
