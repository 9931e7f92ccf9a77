//! The body of the request of an example.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{self, Body, BodyEncoding, ParamLocation, ParamStyle, plain_text};
use crate::rust::lower::Package;
use crate::value::Value;

use super::test_request::{Sent, sent};
use super::value::raw_string;

/// Whether a body of the API is not JSON, so that the tests compare it in another way.
pub(super) fn has_encoded_bodies(package: &Package<'_>) -> bool {
    package.operations.iter().any(|operation| reader(operation.model).is_some())
}

/// Expands the body of an example, and the function that reads the received one unless it is JSON.
pub(super) fn expand_body(package: &Package<'_>, model: &model::Operation) -> TokenStream {
    let body = raw_string(&body_text(package, model));
    if !has_encoded_bodies(package) {
        return quote!(body: #body);
    }
    match reader(model) {
        Some(reader) => quote!(body: #body, read_body: Some(#reader)),
        None => quote!(body: #body, read_body: None),
    }
}

/// Returns the function that reads the body of a request as text, unless the body is JSON.
fn reader(model: &model::Operation) -> Option<TokenStream> {
    match model.body.as_ref()?.encoding {
        BodyEncoding::Json => None,
        BodyEncoding::Form => Some(quote!(crate::form_body)),
        BodyEncoding::Multipart => Some(quote!(crate::multipart_body)),
        BodyEncoding::Raw | BodyEncoding::Unparsed => Some(quote!(crate::text_body)),
    }
}

/// Returns the header with the media type of the body, unless it is the default one.
pub(super) fn content_type(package: &Package<'_>, model: &model::Operation) -> Option<(String, String)> {
    let body = model.body.as_ref().filter(|body| body.media_type != Body::JSON)?;
    if body.encoding == BodyEncoding::Multipart {
        return None;
    }
    let is_sent = is_object(model) || !body_text(package, model).is_empty();
    is_sent.then(|| ("content-type".to_owned(), body.media_type.clone()))
}

/// Whether the body is an object of parameters, which is sent even if none is set.
fn is_object(model: &model::Operation) -> bool {
    model.params.iter().all(|param| param.location != ParamLocation::WholeBody)
}

/// Returns the expected body, or nothing for a request without a body.
fn body_text(package: &Package<'_>, model: &model::Operation) -> String {
    let Some(body) = &model.body else { return String::new() };
    let mut values = sent(package, model).into_iter().filter(|sent| sent.location.is_body());
    match body.encoding {
        BodyEncoding::Json if is_object(model) => {
            Value::Map(values.map(|sent| (sent.wire, sent.value)).collect()).to_string()
        }
        BodyEncoding::Json => values.next().map(|sent| sent.value.to_string()).unwrap_or_default(),
        BodyEncoding::Multipart => values.flat_map(|sent| parts(&sent)).collect::<String>() + "--boundary--|",
        BodyEncoding::Form => {
            let pairs = values.flat_map(|sent| ParamStyle::pairs(sent.style, &sent.wire, &sent.value));
            pairs.map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&")
        }
        BodyEncoding::Raw | BodyEncoding::Unparsed => {
            values.next().map(|sent| plain_text(&sent.value)).unwrap_or_default()
        }
    }
}

/// Returns the parts of a value, with `|` for each line break.
fn parts(sent: &Sent) -> Vec<String> {
    let pairs = ParamStyle::pairs(sent.style, &sent.wire, &sent.value);
    let part = |(name, text): (String, String)| {
        let headers = match sent.style {
            _ if sent.is_file => {
                format!("; filename=\"{}\"|Content-Type: application/octet-stream", sent.wire)
            }
            Some(ParamStyle::Json) => "|Content-Type: application/json".to_owned(),
            _ => String::new(),
        };
        format!("--boundary|Content-Disposition: form-data; name=\"{name}\"{headers}||{text}|")
    };
    pairs.into_iter().map(part).collect()
}
