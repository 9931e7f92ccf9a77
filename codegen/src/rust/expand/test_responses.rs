//! Responses that the server of a test sends. The status and the headers of some of them count.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{self, FieldLocation, Response, ResponseFormat};
use crate::rust::lower::{Field, Operation, Package};
use crate::value::Value;

use super::import_scope::ImportScope;
use super::value::raw_string;

/// Whether any response of the package is more than the JSON of its body.
pub(super) fn package_reads_heads(package: &Package<'_>) -> bool {
    package.api.operations.iter().any(model::Operation::reads_heads)
}

/// A response that the server of a test sends.
pub(super) struct Reply<'r> {
    status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) response: &'r Response,
    pub(super) example: Option<&'r Value>,
    /// The comparison of the value, unless the value is the JSON of the body.
    pub(super) comparison: Option<TokenStream>,
}

impl Reply<'_> {
    /// Returns the status as a literal.
    pub(super) fn status(&self) -> Literal {
        Literal::u16_unsuffixed(self.status)
    }
}

/// Returns the example responses of an operation.
pub(super) fn replies<'r>(scope: &ImportScope<'_, '_>, operation: &'r Operation<'_>) -> Vec<Reply<'r>> {
    let model = operation.model;
    let (Response::ByStatus(_), Some(name)) = (&model.response, &operation.response_type) else {
        let example = model.example.response.as_ref();
        let comparison = match model.format() {
            ResponseFormat::Json => {
                model.response.has_parts().then(|| compare_fields(&operation.response, example))
            }
            format => Some(compare_format(format, example)),
        };
        let status = model.success_statuses.first().copied().unwrap_or(200);
        let headers = headers(&operation.response);
        return vec![Reply { status, headers, response: &model.response, example, comparison }];
    };
    let modules = &scope.package.resource(model.resource).path;
    let root = scope.package.crate_name.as_str();
    let replies = operation.statuses.iter().map(|status| {
        let variant = &status.name;
        let root = super::import_scope::ident(root);
        let path = quote!(#root::#(#modules::)*#name::#variant);
        let example = status.model.example.as_ref();
        let (pattern, comparison) = match &status.model.response {
            Response::Empty => (path, quote!(Ok(()))),
            response if response.has_parts() => {
                (quote!(#path(response)), compare_fields(&status.fields, example))
            }
            _ => (quote!(#path(response)), compare_body(example)),
        };
        let comparison = quote! {
            match response {
                #pattern => #comparison,
                other => Err(format!("read as another status: {other:?}").into()),
            }
        };
        Reply {
            status: status.model.status,
            headers: headers(&status.fields),
            response: &status.model.response,
            example,
            comparison: Some(comparison),
        }
    });
    replies.collect()
}

/// Returns the headers of the example.
fn headers(fields: &[Field<'_>]) -> Vec<(String, String)> {
    let in_header = fields.iter().filter(|field| field.model.location == FieldLocation::Header);
    let texts =
        in_header.map(|field| (field.model.wire.to_ascii_lowercase(), header_text(&field.model.example)));
    texts.collect()
}

fn header_text(value: &Value) -> String {
    match value {
        Value::List(items) => items.iter().map(header_text).collect::<Vec<_>>().join(", "),
        value => value.as_text().map_or_else(|| value.to_string(), str::to_owned),
    }
}

/// Expands the comparison of a value with the body of the example.
fn compare_body(body: Option<&Value>) -> TokenStream {
    match body {
        Some(body) => {
            let expected = raw_string(&body.to_string());
            quote!(crate::check_value(#expected, &response))
        }
        None => quote!(Ok(())),
    }
}

/// Expands the comparison of a response that is not JSON.
fn compare_format(format: ResponseFormat, example: Option<&Value>) -> TokenStream {
    let example = example.unwrap_or(&Value::Null);
    let (text, json) = (raw_string(example.as_text().unwrap_or_default()), raw_string(&example.to_string()));
    match format {
        ResponseFormat::Json | ResponseFormat::Text | ResponseFormat::Binary => quote!({
            assert_eq!(response, #text);
            Ok(())
        }),
        ResponseFormat::TextEvents => quote!({
            let data: Vec<_> = response.iter().map(|event| event.data.as_str()).collect();
            assert_eq!(data, [#text]);
            Ok(())
        }),
        ResponseFormat::Events => quote!(match response.as_slice() {
            [event] => crate::check_value(#json, &event.data),
            other => Err(format!("read as {} events", other.len()).into()),
        }),
        ResponseFormat::JsonLines | ResponseFormat::JsonSequence => quote!(match response.as_slice() {
            [value] => crate::check_value(#json, value),
            other => Err(format!("read as {} values", other.len()).into()),
        }),
    }
}

/// Expands the comparison of each field with its example.
fn compare_fields(fields: &[Field<'_>], body: Option<&Value>) -> TokenStream {
    let checks = fields.iter().filter_map(|field| {
        let name = &field.name;
        let expected = match field.model.location {
            FieldLocation::WholeBody => body,
            FieldLocation::Header => Some(&field.model.example),
            FieldLocation::Key => body.and_then(|body| body.get(&field.model.wire)),
        };
        let expected = raw_string(&expected?.to_string());
        Some(quote!(crate::check_value(#expected, &response.#name)?;))
    });
    let checks: Vec<_> = checks.collect();
    quote!({ #(#checks)* Ok(()) })
}

/// Expands a server without a response.
pub(super) fn expand_empty_server(package: &Package<'_>) -> TokenStream {
    let head = package_reads_heads(package).then(|| quote!(status: 200, headers: &[],));
    quote!(Server { #head response: String::new(), received: Default::default() })
}

/// Expands the check of a response that is more than the JSON of its body.
pub(super) fn expand_part_check(scope: &ImportScope<'_, '_>) -> TokenStream {
    let client = scope.crate_item("Client");
    let [call, encode, json] = scope.runtime(["Call", "Encode", "json"]);
    let [context, poll, waker] = ["Context", "Poll", "Waker"].map(|name| scope.std("task", name));
    let pin = scope.std("pin", "pin");
    quote! {
        /// Sends the request like `check`, and compares the parts of the response.
        fn check_parts<R>(
            example: &Example,
            call: impl FnOnce(&#client) -> Result<#call<R>, Error>,
            compare: impl FnOnce(R) -> Outcome,
        ) -> Outcome {
            let server = Server::new(example);
            let mut call = #pin!(call(&server.client()?)?);
            let #poll::Ready(response) = call.as_mut().poll(&mut #context::from_waker(#waker::noop())) else {
                return Err("the call did not end".into());
            };
            server.check_request(example)?;
            compare(response?)
        }

        /// Compares a value with its JSON.
        fn check_value(expected: &str, found: &dyn #encode) -> Outcome {
            check_kept(expected, &#json::to_vec(found)?)
        }
    }
}
