//! Tests that lowering reserves exactly the names of generated code in each scope.

use std::collections::BTreeSet;

use quote::ToTokens as _;

use crate::rust::lower::reserved::{
    CLIENT, CLIENT_BUILDER, CRATES, CREDENTIALS, REQUEST, RESOURCE, ROOT_MODULES, SETTERS, URL_BUILDER,
    VARIANTS,
};

use super::files;

/// Returns the methods of a generated type, except those for names of the spec.
fn methods(path: &str, ty: &str, of_the_spec: &[&str]) -> BTreeSet<String> {
    let items = parsed(path).into_iter().filter_map(|item| match item {
        syn::Item::Impl(item) if item.trait_.is_none() => Some(item),
        _ => None,
    });
    let items = items.filter(|item| item.self_ty.to_token_stream().to_string().split(' ').next() == Some(ty));
    let names = items.flat_map(|item| item.items).filter_map(|item| match item {
        syn::ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    names.filter(|name| !of_the_spec.contains(&name.as_str())).collect()
}

fn parsed(path: &str) -> Vec<syn::Item> {
    let path = format!("generated/acme-sdk/{path}");
    let file = files().into_iter().find(|file| file.path == path).expect("the file");
    syn::parse_file(&file.text).expect("Rust").items
}

/// Asserts that every emitted name is reserved, and that every reserved name is emitted, derived, or kept for later
/// versions.
#[track_caller]
fn assert_reserved(emitted: &BTreeSet<String>, reserved: &[&str], others: &[&str]) {
    let expected: BTreeSet<String> =
        reserved.iter().filter(|name| !others.contains(name)).map(|name| (*name).to_owned()).collect();
    assert_eq!(*emitted, expected);
}

#[test]
fn names_of_generated_code_are_reserved() {
    // Only an API with an optional secret has public clients.
    assert_reserved(
        &methods("src/client.rs", "Client", &["logins", "things"]),
        CLIENT,
        &["clone", "public", "public_builder"],
    );
    // `stream` exists only in packages with streamed responses.
    let later = ["clone", "into_future", "params", "stream"];
    assert_reserved(&methods("src/request.rs", "Request", &[]), REQUEST, &later);
    assert_reserved(
        &methods("src/logins/url.rs", "UrlBuilder", &["scopes", "selector"]),
        URL_BUILDER,
        &["clone", "params"],
    );
    let modules = ["clone", "params", "requests", "types"];
    let operations = ["create", "delete", "many", "r#move", "nothing", "parts", "ping", "search", "walk"];
    assert_reserved(&methods("src/things/mod.rs", "Things", &operations), RESOURCE, &modules);
    assert_reserved(&methods("src/things/types.rs", "Empty", &["a", "at", "when"]), SETTERS, &["clone"]);
}

#[test]
fn methods_of_the_builder_are_reserved() {
    // These exist only in packages with several servers, or with tokens that the client fetches.
    assert_reserved(
        &methods("src/client.rs", "ClientBuilder", &[]),
        CLIENT_BUILDER,
        &["access_token", "server", "token_url"],
    );
}

#[test]
fn modules_of_generated_code_are_reserved() {
    let modules = parsed("src/lib.rs").into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) => Some(module.ident.to_string()),
        _ => None,
    });
    let modules: BTreeSet<String> =
        modules.filter(|name| !["logins", "things"].contains(&name.as_str())).collect();
    // `bin` is a folder, and `readme` a page.
    assert_reserved(&modules, ROOT_MODULES, &["bin", "readme"]);
}

#[test]
fn reserved_names_are_documented() {
    let reference = include_str!("../../../../../spec/README.md");
    let (_, section) = reference.split_once("\n## Names in Rust\n").expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    for names in [
        CLIENT,
        CLIENT_BUILDER,
        CRATES,
        CREDENTIALS,
        REQUEST,
        RESOURCE,
        ROOT_MODULES,
        SETTERS,
        URL_BUILDER,
        VARIANTS,
    ] {
        for name in names {
            assert!(section.contains(&format!("`{name}`")), "`{name}` is missing in the reference");
        }
    }
}
