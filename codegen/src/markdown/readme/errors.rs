//! The section about the errors of a call.

use super::lists;
use crate::doc_text::{code, code_block};
use crate::markdown::errors::{render_error_bodies, render_link};
use crate::markdown::page::Page;
use crate::markdown::text::{bullets, listed};
use crate::model::Errors;
use crate::rust::lower::ERROR_CODE;
use crate::rust::{example_match, example_report};

/// The kinds of errors. The kind of pagination errors is listed only if the API has paginated lists.
const KINDS: [(&str, &str); 8] = [
    ("Config", "Invalid configuration of the client, its transport or its proxy. No request was sent."),
    (
        "InvalidRequest",
        "Invalid parameters, such as an empty path parameter, or a rejection by an `Interceptor`. The attempt was not sent.",
    ),
    ("Credentials", "A credential is missing or invalid. The attempt was not sent."),
    ("Transport", "No response, or an incomplete one. The server may have received the request."),
    ("Timeout", "No response in time. The server may have processed the request."),
    ("Api", "The server returned an error status."),
    ("Decode", "The server returned success with an unexpected body."),
    ("AlreadyPolled", "The call was polled after it had completed."),
];

const PAGINATION: (&str, &str) = ("Pagination", "A page of a list refers to an earlier page.");

/// Returns the section as blocks.
pub fn render(page: Page<'_>) -> Vec<String> {
    let package = page.links.package;
    let kinds = KINDS.into_iter().chain(lists::any(package).then_some(PAGINATION));
    let kinds = bullets(kinds.map(|(kind, meaning)| format!("{}: {meaning}", code(kind))));
    let intro =
        "All calls return the same error type. `kind()` returns one of these variants of `ErrorKind`:";
    let mut blocks = vec![
        "## Errors".to_owned(),
        code_block("rust", &example_report(package)),
        intro.to_owned(),
        kinds,
        render_error_parts(&package.api.errors),
        render_error_bodies(page),
    ];
    blocks.extend(render_error_codes(page));
    blocks
}

/// Renders how to match known error codes.
fn render_error_codes(page: Page<'_>) -> Vec<String> {
    let Some(codes) = render_link(page, "known codes") else { return Vec::new() };
    let intro = format!(
        "{} converts the code to {}, an open enum of the {codes}:",
        code("error.code_as()"),
        code(ERROR_CODE),
    );
    vec![intro, code_block("rust", &example_match(page.links.package))]
}

/// Renders the accessors of an error, with the fields of the error body that they return.
fn render_error_parts(errors: &Errors) -> String {
    let of_api = [
        ("code()", "the error code", &errors.code),
        ("message()", "a message for people", &errors.message),
        ("url()", "a page with more information", &errors.url),
        ("details()", "further JSON", &errors.details),
    ];
    let known = of_api.iter().filter(|(.., paths)| !paths.is_empty());
    let known = known.map(|(method, what, paths)| format!("{}: {what}, from {}", code(method), any(paths)));
    let known = bullets(known);
    let response = "`Display` prints one line, without the body and without secrets. If a response was received, `status()`, \
                    `request_id()`, `headers()` and `body()` return its parts.";
    match known.is_empty() {
        true => response.to_owned(),
        false => format!(
            "{response}\n\nFor the kind `Api`, `api_error()` returns the parts of the error body:\n\n{known}"
        ),
    }
}

fn any(paths: &[String]) -> String {
    listed(&paths.iter().map(|path| code(path)).collect::<Vec<_>>(), "or")
}
