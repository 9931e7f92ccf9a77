//! Responses of other media types than JSON, and those that can be read as a stream.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{self, ResponseFormat};
use crate::rust::expand::docs::Doc;
use crate::rust::expand::example::doc_example_stream;
use crate::rust::expand::import_scope::ImportScope;
use crate::rust::lower::Operation;

use super::response_type::item_type;

/// Expands the header that states the media type.
pub(super) fn expand_accept(model: &model::Operation) -> Option<TokenStream> {
    let accept = model.accept.as_ref()?;
    let media_type = &accept.media_type;
    Some(match accept.format.is_streamed() {
        true => quote!(request.header("accept", &Self::ACCEPT);),
        false => quote!(request.header("accept", &#media_type);),
    })
}

/// Expands `read`, unless the type of the response reads itself.
pub(super) fn expand_read(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let accept = operation.model.accept.as_ref()?;
    let media_type = &accept.media_type;
    let read = match accept.format {
        ResponseFormat::Json => return None,
        ResponseFormat::Text => {
            let [read] = scope.runtime(["read_text"]);
            quote!(#read(response, #media_type))
        }
        ResponseFormat::Binary => {
            let [read] = scope.runtime(["read_bytes"]);
            quote!(#read(response, Self::ACCEPT))
        }
        _ => {
            let [read] = scope.runtime(["read_items"]);
            quote!(#read::<Self>(response))
        }
    };
    let [http, bytes, error] = scope.runtime(["http", "Bytes", "DecodeError"]);
    Some(quote! {
        #[inline]
        fn read(response: &#http::Response<#bytes>) -> Result<Self::Response, #error> {
            #read
        }
    })
}

/// Expands `impl Streamed`, if the response can be read as a stream.
pub(super) fn expand_streamed(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> Option<TokenStream> {
    let accept = operation.model.accept.as_ref().filter(|accept| accept.format.is_streamed())?;
    let (params, media_type) = (&operation.params_type, &accept.media_type);
    let [streamed] = scope.runtime(["Streamed"]);
    let (decoder, new) = expand_decoder(scope, operation, accept.format);
    let end = accept.end_marker.as_ref().map(|marker| quote!(.ending_with(#marker)));
    Some(quote! {
        impl #streamed for #params {
            type Decoder = #decoder;
            const ACCEPT: &'static str = #media_type;

            #[inline]
            fn decoder() -> Self::Decoder {
                #new #end
            }
        }
    })
}

/// Expands the type of the decoder, and a new decoder.
fn expand_decoder(
    scope: &ImportScope<'_, '_>,
    operation: &Operation<'_>,
    format: ResponseFormat,
) -> (TokenStream, TokenStream) {
    if let ResponseFormat::Binary = format {
        let [decoder] = scope.runtime(["ByteDecoder"]);
        return (decoder.clone(), quote!(#decoder::new()));
    }
    let item = item_type(scope, operation);
    let [decoder] = scope.runtime([if format.has_events() { "EventDecoder" } else { "JsonLineDecoder" }]);
    let new = match format {
        ResponseFormat::TextEvents => quote!(text),
        ResponseFormat::JsonLines => quote!(lines),
        ResponseFormat::JsonSequence => quote!(sequence),
        _ => quote!(json),
    };
    (quote!(#decoder<#item>), quote!(#decoder::#new()))
}

/// Adds the paragraph about the stream of a response, with an example.
pub(super) fn stream_doc<'s, 'p, 'a>(doc: Doc<'s, 'p, 'a>, operation: &Operation<'a>) -> Doc<'s, 'p, 'a> {
    let format = operation.model.format();
    if !format.is_streamed() {
        return doc;
    }
    let items = match format {
        ResponseFormat::Binary => {
            "the bytes in the chunks in which they arrive. Awaiting the builder reads all bytes"
        }
        _ if format.has_events() => "the events while they arrive. Awaiting the builder reads all of them",
        _ => "the values while they arrive. Awaiting the builder reads all of them",
    };
    let package = doc.package();
    doc.line(format!("[`stream`](crate::Request::stream) returns a stream of {items}."))
        .example(|| doc_example_stream(package, operation.id))
}
