//! The generated test of the known error codes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::rust::lower::ERROR_CODE;

use super::import_scope::ImportScope;

/// Expands a test that receives every code in an error, or nothing if the spec lists no codes.
pub(super) fn expand_error_codes(scope: &ImportScope<'_, '_>) -> Option<TokenStream> {
    let path = scope.package.api.errors.code.first().filter(|_| !scope.package.error_codes.is_empty())?;
    let codes: Vec<_> = scope.package.error_codes.iter().map(|code| &code.model.wire).collect();
    // Clippy reports a loop over a list with one item.
    let (given, all) = match codes.len() {
        1 => (Some(quote!(let codes = [#(#codes),*];)), quote!(codes)),
        _ => (None, quote!([#(#codes),*])),
    };
    let body = path.split('.').rev().fold(quote!(code), |value, key| quote!({ #key: #value }));
    let [error_code, errors] = [ERROR_CODE, "ERROR_SCHEMA"].map(|name| scope.error_item(name));
    let [endpoint, method, operation, request_writer, http] =
        scope.runtime(["Endpoint", "Method", "Operation", "RequestWriter", "http"]);
    Some(quote! {
        /// A call that the API rejects.
        struct Refused;

        impl #endpoint for Refused {
            type Options = ();
            type Response = ();
            const OPERATION: #operation = {
                let mut operation = #operation::new("refused", #method::GET, "/");
                operation.errors = &#errors;
                operation
            };

            fn write(&self, _request: &mut #request_writer) {}
        }

        #[test]
        fn error_codes() -> Outcome {
            #given
            for code in #all {
                let body = serde_json::json!(#body).to_string();
                let response = #http::Response::builder().status(400).body(body.into())?;
                let error = Refused::from_response(&response).err().ok_or("no error")?;
                let read: #error_code = error.code_as().ok_or(code)?;
                assert_eq!(read.as_str(), code);
                assert!(!matches!(read, #error_code::Unknown(_)), "{code}");
            }
            Ok(())
        }
    })
}
