//! Authentication schemes as values of the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{ApiKey, AuthScheme, KeyLocation};

use super::import_scope::{ImportScope, ident};

/// Expands one scheme. Alternatives are lists of schemes, and the client itself sends the tokens that it fetches.
pub(super) fn expand_scheme(scope: &ImportScope<'_, '_>, scheme: &AuthScheme) -> TokenStream {
    let [auth_scheme] = scope.runtime(["AuthScheme"]);
    let name = |index: usize| scope.package.api.credentials.get(index).map_or("", |it| it.name.as_str());
    match scheme {
        AuthScheme::Basic { username, password } => {
            let (username, password) = (name(*username), name(*password));
            quote!(#auth_scheme::basic(#username, #password))
        }
        AuthScheme::Bearer { token } => {
            let token = name(*token);
            quote!(#auth_scheme::bearer(#token))
        }
        AuthScheme::ApiKey(ApiKey { credential, location, wire, prefix, .. }) => {
            let (location_name, credential) = (ident(location.as_str()), name(*credential));
            let wire = if *location == KeyLocation::Header { &wire.to_ascii_lowercase() } else { wire };
            let prefix = (!prefix.is_empty()).then(|| quote!(.with_prefix(#prefix)));
            quote!(#auth_scheme::#location_name(#wire, #credential) #prefix)
        }
        AuthScheme::AnyOf(_) | AuthScheme::ClientCredentials(_) => TokenStream::new(),
    }
}
