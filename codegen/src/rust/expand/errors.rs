//! The file `errors.rs`: locations of fields in error bodies, and the known error codes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Errors;
use crate::rust::doc;
use crate::rust::lower::{ERROR_CODE, EnumVariant, Package};

use super::docs::Doc;
use super::enums::expand_open_enum;
use super::example::printed;
use super::import_scope::{ImportScope, Location, ident};

/// The number of codes in the example.
const MATCHED: usize = 2;

/// Expands the file, or nothing if the spec does not describe errors.
pub(super) fn expand_errors(package: &Package<'_>) -> Option<TokenStream> {
    let shape = package.error_schema()?;
    let (scope, items) = ImportScope::resolve_imports(package, Location::Root, [], |scope| {
        let shape = expand_shape(scope, shape);
        let codes = (!package.error_codes.is_empty()).then(|| expand_codes(scope));
        quote!(#shape #codes)
    });
    let doc = Doc::new(&scope, None)
        .line("Error codes of the API, and the locations of the standard fields in its error bodies.")
        .inner();
    Some(scope.file(&doc, &items))
}

fn expand_shape(scope: &ImportScope<'_, '_>, errors: &Errors) -> TokenStream {
    let [error_schema] = scope.runtime(["ErrorSchema"]);
    let Errors { code, message, url, details, request_id, codes: _ } = errors;
    quote! {
        /// Locations of the standard fields in the error bodies of the API.
        pub const ERROR_SCHEMA: #error_schema = #error_schema {
            code: &[#(#code),*],
            message: &[#(#message),*],
            url: &[#(#url),*],
            details: &[#(#details),*],
            request_id: &[#(#request_id),*],
        };
    }
}

fn expand_codes(scope: &ImportScope<'_, '_>) -> TokenStream {
    let name = ident(ERROR_CODE);
    let doc = Doc::new(scope, None)
        .line("An error code of the API, read by [`Error::code_as`](crate::Error::code_as).");
    let doc = match scope.package.types.iter().any(|item| item.model.in_errors) {
        true => doc.line("[`Error::body_as`](crate::Error::body_as) decodes other fields of an error body."),
        false => doc,
    };
    let doc = doc.example(|| example_lines(scope.package)).outer();
    let codes = expand_open_enum(scope, &name, &doc, None, &scope.package.error_codes);
    let [api_error_code] = scope.runtime(["ApiErrorCode"]);
    quote! {
        #codes

        impl #api_error_code for #name {}
    }
}

fn example_lines(package: &Package<'_>) -> Vec<String> {
    let fence = || std::iter::once("```".to_owned());
    fence().chain(example_match(package).lines().map(str::to_owned)).chain(fence()).collect()
}

/// Returns an example of matching codes, as Rust text.
pub fn example_match(package: &Package<'_>) -> String {
    let (scope, function) =
        ImportScope::resolve_imports(package, Location::Outside, [], |scope| expand_reason(scope));
    format!("{}\n\n{}", printed(scope.imports()).join("\n"), printed(function).join("\n"))
}

/// Returns an example of matching the kind of an error, as Rust text.
pub fn example_report(package: &Package<'_>) -> String {
    let (scope, function) =
        ImportScope::resolve_imports(package, Location::Outside, [], |scope| expand_report(scope));
    format!("{}\n\n{}", printed(scope.imports()).join("\n"), printed(function).join("\n"))
}

fn expand_report(scope: &ImportScope<'_, '_>) -> TokenStream {
    let (error, kind) = (scope.crate_item("Error"), scope.crate_item("ErrorKind"));
    quote! {
        fn report(error: &#error) {
            match (error.kind(), error.api_error()) {
                (#kind::Timeout | #kind::Transport, _) => {
                    eprintln!("no response: {error}")
                }
                (_, Some(api)) => {
                    let (code, request_id) = (api.code(), api.request_id());
                    eprintln!("{}: {code:?} ({request_id:?})", api.status())
                }
                _ => eprintln!("{error}"),
            }
        }
    }
}

fn expand_reason(scope: &ImportScope<'_, '_>) -> TokenStream {
    let (error, code) = (scope.crate_item("Error"), scope.error_item(ERROR_CODE));
    let current = scope.package.error_codes.iter().filter(|code| code.model.deprecated.is_none());
    let arms = current.take(MATCHED).map(|known| {
        let EnumVariant { name, model } = known;
        let text = doc::plain(doc::summary(model.doc.as_ref().unwrap_or(&model.wire)));
        quote!(Some(#code::#name) => #text.to_owned(),)
    });
    quote! {
        fn reason(error: &#error) -> String {
            match error.code_as::<#code>() {
                #(#arms)*
                Some(other) => format!("the API says {other}"),
                None => error.to_string(),
            }
        }
    }
}
