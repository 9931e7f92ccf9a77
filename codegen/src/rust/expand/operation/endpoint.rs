//! The conversion of the parameters of an operation to an HTTP request, and the type of its response.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{
    self, AuthScheme, Body, BodyEncoding, FixedParam, FixedValue, ParamLocation, ParamStyle, Type,
};
use crate::rust::expand::auth::expand_scheme;
use crate::rust::expand::docs::allow_deprecated;
use crate::rust::expand::import_scope::{ImportScope, ident};
use crate::rust::expand::value;
use crate::rust::lower::{Operation, Param};

use super::response_type::response_type;
use super::streamed;

pub(super) fn expand_endpoint(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let params = &operation.params_type;
    let kind = expand_kind(scope, operation);
    let descriptor = expand_descriptor(scope, operation);
    let write = expand_writer(scope, operation);
    let [operation_type] = scope.runtime(["Operation"]);
    let types = (!operation.model.builds_url).then(|| expand_types(scope, operation));
    let statuses = expand_statuses(operation);
    let read = streamed::expand_read(scope, operation);
    quote! {
        impl #kind for #params {
            #types
            const OPERATION: #operation_type = #descriptor;
            #statuses

            #write

            #read
        }
    }
}

/// Expands the trait of the parameters, which sends a request or builds a URL.
fn expand_kind(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let name = if operation.model.builds_url { "UrlEndpoint" } else { "Endpoint" };
    let [kind] = scope.runtime([name]);
    kind
}

fn expand_types(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let options = operation.options_type.as_ref().map_or_else(|| quote!(()), |name| quote!(#name));
    let response = response_type(scope, operation);
    quote! {
        type Options = #options;
        type Response = #response;
    }
}

/// Expands the success statuses, unless they are all 2xx statuses.
fn expand_statuses(operation: &Operation<'_>) -> Option<TokenStream> {
    let statuses = operation.model.success_statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let statuses: Vec<_> = statuses.collect();
    (!statuses.is_empty()).then(|| quote!(const SUCCESS_STATUSES: &'static [u16] = &[#(#statuses),*];))
}

fn expand_descriptor(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let model = operation.model;
    let dotted = format!("{}.{}", scope.package.resource(model.resource).model.dotted(), model.name);
    let constant = ident(model.method.as_str());
    let path = &model.path;
    let body = expand_body(scope, model.body.as_ref());
    let auth_kind = ident(if model.authenticated { "Client" } else { "None" });
    let idempotent = model.idempotent;
    let idempotency_key = expand_idempotency_key(scope, model);
    let errors = expand_errors(scope);
    let permissions = expand_permissions(scope, model);
    let [descriptor, method, auth] = scope.runtime(["Operation", "Method", "AuthRequirement"]);
    quote! {
        #descriptor {
            name: #dotted,
            method: #method::#constant,
            path: #path,
            body: #body,
            auth: #auth::#auth_kind,
            idempotent: #idempotent,
            idempotency_key: #idempotency_key,
            errors: #errors,
            permissions: #permissions,
        }
    }
}

fn expand_body(scope: &ImportScope<'_, '_>, body: Option<&Body>) -> TokenStream {
    let [kind] = scope.runtime(["Body"]);
    let media_type = body.map_or("", |body| body.media_type.as_str());
    match body.map(|body| body.encoding) {
        None => quote!(#kind::None),
        Some(BodyEncoding::Json) if media_type == Body::JSON => quote!(#kind::Json),
        Some(BodyEncoding::Json) => quote!(#kind::JsonAs(#media_type)),
        Some(BodyEncoding::Form) => quote!(#kind::Form),
        Some(BodyEncoding::Multipart) => quote!(#kind::Multipart),
        Some(BodyEncoding::Raw | BodyEncoding::Unparsed) => quote!(#kind::Raw(#media_type)),
    }
}

/// Expands the idempotency header, if the API names one and the operation accepts it.
fn expand_idempotency_key(scope: &ImportScope<'_, '_>, model: &model::Operation) -> TokenStream {
    let api = scope.package.api;
    let [key] = scope.runtime(["IdempotencyKey"]);
    match api.idempotency_header(model) {
        None => quote!(#key::Unsupported),
        Some(header) if model.generates_key => quote!(#key::Generated(#header)),
        Some(header) => quote!(#key::CallerProvided(#header)),
    }
}

/// Expands the locations of fields in error bodies.
fn expand_errors(scope: &ImportScope<'_, '_>) -> TokenStream {
    match scope.package.error_schema() {
        Some(_) => {
            let errors = scope.error_item("ERROR_SCHEMA");
            quote!(&#errors)
        }
        None => {
            let [schema] = scope.runtime(["ErrorSchema"]);
            quote!(&#schema::NONE)
        }
    }
}

fn expand_permissions(scope: &ImportScope<'_, '_>, model: &model::Operation) -> TokenStream {
    let call = model.permission.iter().map(|permission| (None, permission));
    let params = model.params.iter().filter_map(|param| {
        let field = &param.field;
        Some((Some(&field.name), field.permission.as_ref()?))
    });
    let all = call.chain(params).map(|(param, it)| expand_permission(scope, param, it));
    quote!(&[#(#all),*])
}

fn expand_permission(
    scope: &ImportScope<'_, '_>,
    param: Option<&String>,
    model: &model::Permission,
) -> TokenStream {
    let [permission] = scope.runtime(["Permission"]);
    let (resource, action) = (&model.resource, &model.action);
    let made = match param {
        None => quote!(#permission::call(#resource, #action)),
        Some(param) => quote!(#permission::param(#param, #resource, #action)),
    };
    let self_resource = model.self_resource.as_ref().map(|own| quote!(.with_self_resource(#own)));
    quote!(#made #self_resource)
}

/// Expands `write`: the media type, authentication and fixed values first, then parameters, in the order of the spec.
fn expand_writer(scope: &ImportScope<'_, '_>, operation: &Operation<'_>) -> TokenStream {
    let server = operation.model.server.and_then(|at| scope.package.api.servers.get(at));
    let server = server.map(|server| {
        let name = &server.name;
        quote!(request.server(#name);)
    });
    let accept = streamed::expand_accept(operation.model);
    let auth = expand_auth(scope, operation.model);
    let fixed = operation.model.fixed.iter().map(|fixed| expand_fixed(scope, fixed));
    let encoding = operation.model.body.as_ref().map(|body| body.encoding);
    let params = operation.params.iter().map(|param| match param.location {
        ParamLocation::WholeBody => expand_whole_body(param, encoding),
        _ => expand_write(scope, param),
    });
    let writes: Vec<_> = server.into_iter().chain(accept).chain(auth).chain(fixed).chain(params).collect();
    let request = if writes.is_empty() { ident("_request") } else { ident("request") };
    let allow = allow_deprecated(operation.params.iter().map(|param| param.field.model));
    let [writer] = scope.runtime(["RequestWriter"]);
    quote! {
        #allow
        #[inline]
        fn write(&self, #request: &mut #writer) {
            #(#writes)*
        }
    }
}

/// Expands the authentication that the client does not send.
fn expand_auth(scope: &ImportScope<'_, '_>, operation: &model::Operation) -> Option<TokenStream> {
    let written = || operation.written_auth();
    let is_plain = |scheme: &&AuthScheme| !matches!(scheme, AuthScheme::AnyOf(_));
    let plain: Vec<_> = written().filter(is_plain).map(|scheme| expand_scheme(scope, scheme)).collect();
    let plain = (!plain.is_empty()).then(|| quote!(request.authenticate(&[#(#plain),*]);));
    let alternatives = written().filter_map(|scheme| match scheme {
        AuthScheme::AnyOf(alternatives) => Some(expand_alternatives(scope, alternatives)),
        _ => None,
    });
    let all: Vec<_> = plain.into_iter().chain(alternatives).collect();
    (!all.is_empty()).then(|| quote!(#(#all)*))
}

fn expand_alternatives(scope: &ImportScope<'_, '_>, alternatives: &[Vec<AuthScheme>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|schemes| {
        let schemes = schemes.iter().map(|scheme| expand_scheme(scope, scheme));
        quote!(&[#(#schemes),*])
    });
    quote!(request.authenticate_any(&[#(#alternatives),*]);)
}

fn expand_fixed(scope: &ImportScope<'_, '_>, fixed: &FixedParam) -> TokenStream {
    let location = ident(fixed.location.as_str());
    let wire = wire_name(fixed.location, &fixed.wire);
    match &fixed.value {
        FixedValue::Flag => quote!(request.query_flag(#wire);),
        FixedValue::Constant(constant) => {
            let constant = value::encoded(scope, constant);
            quote!(request.#location(#wire, &#constant);)
        }
        FixedValue::Credential(index) => {
            let credential = scope.package.credential(*index);
            let name = credential.map_or("", |credential| credential.model.name.as_str());
            let get = ident(if fixed.optional { "optional_credential" } else { "credential" });
            quote! {
                let credential = request.#get(#name);
                request.#location(#wire, &credential);
            }
        }
    }
}

/// Returns the wire name. Header names are case-insensitive, and lower case in HTTP/2.
fn wire_name(location: ParamLocation, wire: &str) -> String {
    if location == ParamLocation::Header { wire.to_ascii_lowercase() } else { wire.to_owned() }
}

/// Expands the line that writes the whole body.
fn expand_whole_body(param: &Param<'_>, encoding: Option<BodyEncoding>) -> TokenStream {
    let name = &param.field.name;
    match (encoding, &param.field.model.ty) {
        (Some(BodyEncoding::Raw), Type::Binary) if param.field.optional => {
            quote!(request.body_content(self.#name.as_ref());)
        }
        (Some(BodyEncoding::Raw), Type::Binary) => quote!(request.body_content(Some(&self.#name));),
        (Some(BodyEncoding::Raw), _) => quote!(request.body_text(&self.#name);),
        _ => quote!(request.body_value(&self.#name);),
    }
}

/// Expands the line that writes one or several files.
fn expand_files(param: &Param<'_>, wire: &str) -> TokenStream {
    let name = &param.field.name;
    let wire = if param.style == Some(ParamStyle::Brackets) { format!("{wire}[]") } else { wire.to_owned() };
    let files = match (&param.field.model.ty, param.field.optional) {
        (Type::List(_), true) => quote!(self.#name.iter().flatten()),
        (Type::List(_), false) | (_, true) => quote!(&self.#name),
        (_, false) => quote!([&self.#name]),
    };
    quote!(request.part_files(#wire, #files);)
}

fn expand_write(scope: &ImportScope<'_, '_>, param: &Param<'_>) -> TokenStream {
    let location = ident(param.location.as_str());
    let wire = wire_name(param.location, &param.field.model.wire);
    let name = &param.field.name;
    if param.flatten {
        let write = ident(&format!("{}_flattened", param.location.as_str()));
        return quote!(request.#write(&self.#name););
    }
    if param.location == ParamLocation::Bearer {
        return quote!(request.bearer(&self.#name););
    }
    if param.field.model.ty.contains_binary() {
        return expand_files(param, &wire);
    }
    let types = &scope.package.api.types;
    let is_in_query = param.location == ParamLocation::Query;
    match (param.style, &param.field.model.ty) {
        (Some(ParamStyle::Brackets), Type::Map(item)) if is_in_query && item.is_text(types) => {
            quote!(request.query_map(#wire, &self.#name);)
        }
        (Some(style), Type::List(item))
            if is_in_query && item.is_text(types) && style != ParamStyle::Json =>
        {
            let [list_style] = scope.runtime(["ListStyle"]);
            let style = ident(style.rust());
            quote!(request.query_list(#wire, #list_style::#style, &self.#name);)
        }
        (None, ty) if ty.is_text(types) || param.location == ParamLocation::Body => {
            quote!(request.#location(#wire, &self.#name);)
        }
        (None, _) if param.location == ParamLocation::Cookie => {
            quote!(request.cookie_value(#wire, &self.#name);)
        }
        (style, _) => {
            let [param_style] = scope.runtime(["ParamStyle"]);
            let style = ident(style.map_or("Plain", ParamStyle::rust));
            let write = ident(&format!("{}_value", param.location.as_str()));
            quote!(request.#write(#wire, #param_style::#style, &self.#name);)
        }
    }
}
