//! Tests of the runtime's API list: it is complete, and the table of macros matches the macros.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::common::{in_package, read};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use typefoundry_codegen::public_api::{FILE, list, outlines};
use typefoundry_codegen::source::Source;

/// Reads the Rust files of the runtime.
fn runtime() -> Vec<Source> {
    let root = in_package("../runtime");
    let mut sources = Vec::new();
    let mut open = vec![root.join("src")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                sources.push(Source::new(slashed(&root, &path), read(&path)));
            }
        }
    }
    sources
}

fn slashed(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).expect("below").components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn listing(sources: &[Source]) -> String {
    list("typefoundry_runtime", "runtime/src", &outlines(sources).expect("Rust"))
}

#[test]
fn every_export_of_the_root_is_listed() {
    let sources = runtime();
    let root = sources.iter().find(|source| source.path == "src/lib.rs").expect("the root");
    let file = syn::parse_file(&root.text).expect("Rust");
    let exported: BTreeSet<String> = file.items.iter().flat_map(exported).collect();
    assert!(exported.len() > 40, "found only {exported:?}");
    let listing = listing(&sources);
    let is_listed = |name: &String| {
        listing.lines().any(|line| {
            let mut words = line.split([' ', '<', '(', '{', ';', ':']).filter(|word| !word.is_empty());
            line.starts_with("pub ")
                && words.by_ref().any(|word| word == "typefoundry_runtime")
                && words.next() == Some(name)
        })
    };
    let missing: Vec<&String> = exported.iter().filter(|name| !is_listed(name)).collect();
    assert!(missing.is_empty(), "{missing:?} are not in\n{listing}");
}

/// Returns the names that an item of the root exports.
fn exported(item: &syn::Item) -> Vec<String> {
    let is_public = |visibility: &syn::Visibility| matches!(visibility, syn::Visibility::Public(_));
    let is_hidden = |attrs: &[syn::Attribute]| {
        attrs.iter().any(|attr| attr.to_token_stream().to_string().contains("hidden"))
    };
    match item {
        syn::Item::Use(item) if is_public(&item.vis) => last_names(&item.tree),
        syn::Item::Mod(item) if is_public(&item.vis) && !is_hidden(&item.attrs) => {
            vec![item.ident.to_string()]
        }
        syn::Item::Type(item) if is_public(&item.vis) => vec![item.ident.to_string()],
        _ => Vec::new(),
    }
}

fn last_names(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => last_names(&path.tree),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Rename(name) => vec![name.rename.to_string()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(last_names).collect(),
        syn::UseTree::Glob(_) => panic!("the root exports by name"),
    }
}

#[test]
fn lists_contain_no_unlisted_items() {
    assert!(!listing(&runtime()).contains("unlisted"));
    let packages = std::fs::read_dir(in_package("../generated")).expect("the output");
    let listings: Vec<PathBuf> = packages.map(|entry| entry.expect("an entry").path().join(FILE)).collect();
    assert!(!listings.is_empty());
    for path in listings {
        assert!(!read(&path).contains("unlisted"), "{}", path.display());
    }
}

#[test]
fn changed_runtime_signature_changes_its_line() {
    let mut sources = runtime();
    let before = listing(&sources);
    let changed = sources.iter_mut().find(|source| source.path == "src/value/secret.rs").expect("the file");
    let signature = "pub fn expose(&self) -> &str";
    assert!(changed.text.contains(signature));
    changed.text = changed.text.replace(signature, "pub fn expose(&self) -> String");
    let after = listing(&sources);
    let changed: Vec<&str> = after.lines().filter(|line| !before.lines().any(|also| also == *line)).collect();
    assert_eq!(changed, ["    pub fn expose(&self) -> String {}"]);
}

/// Returns the definitions of the macros that are called among items.
fn macros() -> Vec<(String, TokenStream)> {
    let mut macros = Vec::new();
    for source in runtime().iter().filter(|source| source.path.contains("/macros/")) {
        for item in syn::parse_file(&source.text).expect("Rust").items {
            if let syn::Item::Macro(item) = item
                && let Some(name) = &item.ident
            {
                macros.push((name.to_string(), item.mac.tokens));
            }
        }
    }
    macros
}

/// Returns the expansion, for a type `X`, of the first rule of a macro that contains impls.
fn expansion(macros: &[(String, TokenStream)], name: &str) -> TokenStream {
    let (_, rules) = macros.iter().find(|(known, _)| known == name).expect("the macro");
    let mut arrows = 0;
    let bodies = rules.clone().into_iter().filter_map(|token| match token {
        TokenTree::Punct(sign) if sign.as_char() == '>' => {
            arrows += 1;
            None
        }
        TokenTree::Group(body) if arrows > 0 => {
            arrows = 0;
            Some(body.stream())
        }
        _ => None,
    });
    let body = bodies
        .into_iter()
        .find(|body| body.to_string().contains("impl"))
        .expect("a rule that contains impls");
    let code = with_names(without_bodies(body)).to_string();
    let mut tokens = TokenStream::new();
    for item in
        syn::parse_str::<syn::File>(&code).unwrap_or_else(|error| panic!("{name}: {error}\n{code}")).items
    {
        match item {
            syn::Item::Macro(call) => tokens
                .extend(expansion(macros, &call.mac.path.segments.last().expect("a name").ident.to_string())),
            item => item.to_tokens(&mut tokens),
        }
    }
    tokens
}

/// Empties the functions: their bodies are not part of the API, and not valid Rust before the macro is expanded.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    let mut in_function = false;
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Ident(word) => {
            in_function |= word == "fn";
            TokenTree::Ident(word)
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let inside = if std::mem::take(&mut in_function) {
                TokenStream::new()
            } else {
                without_bodies(group.stream())
            };
            TokenTree::Group(Group::new(Delimiter::Brace, inside))
        }
        tree => tree,
    });
    trees.collect()
}

/// Replaces `$name` by `X`, `$crate::__private` by the crate that its traits belong to, and `$crate` by the runtime. Names
/// of the prelude lose their paths.
fn with_names(tokens: TokenStream) -> TokenStream {
    let code =
        tokens.to_string().replace("$ ", "$").replace(" ::", "::").replace(":: ", "::").replace("$name", "X");
    let code =
        code.replace("$crate::__private::", "::serde_core::").replace("$crate::", "::typefoundry_runtime::");
    let names = ["AsRef", "From", "Into"].map(|name| ("::core::convert::", name));
    let prelude = names.into_iter().chain([("::std::string::", "String")]);
    let code =
        prelude.fold(code, |code, (path, name)| code.replace(&format!("{path}{name}"), &format!(" {name}")));
    code.parse().expect("tokens")
}

/// Returns the list of a crate that contains only `X`.
fn list_of(items: &TokenStream) -> String {
    let source = Source::new("src/lib.rs", quote!(pub struct X; #items).to_string());
    list("a", "here", &outlines(&[source]).expect("Rust"))
}

#[test]
fn macro_table_matches_the_expansions() {
    let macros = macros();
    for name in ["json_object", "json_union", "string_id", "secret_id", "open_enum", "open_integer_enum"] {
        let call: TokenStream = format!("{name}!(X {{}});").parse().expect("tokens");
        let known = list_of(&call);
        assert!(known.contains("impl typefoundry_runtime::Decode for a::X {}"), "{known}");
        assert_eq!(known, list_of(&expansion(&macros, name)), "{name}");
    }
    let private = macros.iter().filter(|(name, _)| name.starts_with("__")).count();
    assert_eq!(macros.len() - private, 6, "an exported macro is not compared");
}
