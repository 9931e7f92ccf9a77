//! Names that a file uses from other modules, and the imports that shorten them.
//!
//! A file is expanded in two passes. The first pass marks every name that can be imported. The marks decide the imports. The
//! second pass writes imported names alone and all others with their path.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::model::{ResourceId, TypeId};
use crate::rust::lower::{LinkTarget, OptionGroup, Package};
use crate::rust::names::RustName;

/// The crate with the runtime of generated code.
const RUNTIME: &str = "typefoundry_runtime";

/// The module that a file, or an example, belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// `lib.rs` itself.
    Lib,
    /// A file beside `lib.rs`.
    Root,
    /// The `mod.rs` of a resource, which exports all names of the resource.
    Resource(ResourceId),
    /// The `types.rs` of a resource.
    Types(ResourceId),
    /// The file of one operation of a resource.
    Operation(ResourceId),
    /// Another crate: a doctest or an integration test.
    Outside,
}

/// The names of one file.
///
/// A name that another item or import of the file already has is written with its full path. A type of the spec can
/// therefore be called `Request`.
pub(super) struct ImportScope<'p, 'a> {
    pub(super) package: &'p Package<'a>,
    location: Location,
    pass: Pass,
}

/// The pass in which a file is expanded.
enum Pass {
    /// Marks names and skips docs.
    Collect,
    /// Writes names as the imports allow.
    Write(Imports),
}

/// The decided imports of a file.
#[derive(Default)]
struct Imports {
    /// By name: the module that it is imported from.
    modules: BTreeMap<Ident, Vec<Ident>>,
    uses_deprecated: bool,
}

impl<'p, 'a> ImportScope<'p, 'a> {
    /// Expands a file that defines `locals`, and decides its imports.
    pub(super) fn resolve_imports<'n>(
        package: &'p Package<'a>,
        location: Location,
        locals: impl IntoIterator<Item = &'n RustName>,
        expand: impl Fn(&Self) -> TokenStream,
    ) -> (Self, TokenStream) {
        let locals = locals.into_iter().map(|name| name.as_str().to_owned()).collect();
        let marked = expand(&Self { package, location, pass: Pass::Collect });
        let mut imports = Imports::default();
        imports.decide(marked, &locals);
        let scope = Self { package, location, pass: Pass::Write(imports) };
        let items = expand(&scope);
        (scope, items)
    }

    /// Creates the scope of a file without imports.
    pub(super) fn without_imports(package: &'p Package<'a>, location: Location) -> Self {
        Self { package, location, pass: Pass::Write(Imports::default()) }
    }

    /// Whether this pass only collects names, so that docs can be omitted.
    pub(super) fn is_collecting(&self) -> bool {
        matches!(self.pass, Pass::Collect)
    }

    /// Returns items of the runtime.
    pub(super) fn runtime<const N: usize>(&self, names: [&str; N]) -> [TokenStream; N] {
        let module = match self.location {
            Location::Outside => vec![self.root(), ident("runtime")],
            _ => vec![ident(RUNTIME)],
        };
        names.map(|name| self.name(&module, ident(name)))
    }

    /// Returns an item of the runtime with its full path, for code that depends on features.
    pub(super) fn runtime_path(&self, name: &str) -> TokenStream {
        let (runtime, name) = (ident(RUNTIME), ident(name));
        quote!(#runtime::#name)
    }

    /// Returns an item of the standard library that is not in the prelude.
    pub(super) fn std(&self, module: &str, name: &str) -> TokenStream {
        self.name(&[ident("std"), ident(module)], ident(name))
    }

    /// Returns an item of the crate root.
    pub(super) fn crate_item(&self, name: &str) -> TokenStream {
        self.name(&[self.root()], ident(name))
    }

    /// Returns an item of the module `errors`.
    pub(super) fn error_item(&self, name: &str) -> TokenStream {
        self.name(&[self.root(), ident("errors")], ident(name))
    }

    /// Returns the type of an option group.
    pub(super) fn option_group(&self, group: &OptionGroup<'_>) -> TokenStream {
        self.name(&[self.root(), ident("options")], group.name.ident())
    }

    /// Returns a type of the spec.
    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        let item = self.package.type_item(id);
        let mark = self.deprecated_use(item.model.deprecated.is_some());
        let name = match self.has_items_of(item.model.resource) {
            true => item.name.to_token_stream(),
            false => self.name(&self.module(item.model.resource), item.name.ident()),
        };
        quote!(#mark #name)
    }

    /// Marks the use of a deprecated item, so that the file allows it.
    pub(super) fn deprecated_use(&self, is_deprecated: bool) -> TokenStream {
        match self.pass {
            Pass::Collect if is_deprecated => mark(TokenStream::new()),
            Pass::Collect | Pass::Write(_) => TokenStream::new(),
        }
    }

    /// Returns the path of a reference in a doc of this file. The name alone suffices if it is in scope.
    pub(super) fn link(&self, from: Option<ResourceId>, reference: &str) -> Option<String> {
        let target = self.package.target(from, reference)?;
        let name = match target {
            LinkTarget::Type(id) => self.has_type(id).then(|| &self.package.type_item(id).name),
            LinkTarget::Resource(id) => self.has_module(id).then(|| &self.package.resource(id).module),
            LinkTarget::Operation(_) => None,
        };
        name.map(|name| name.plain().to_owned()).or_else(|| self.package.target_path(target))
    }

    /// Returns the Markdown link to a type of the spec.
    pub(super) fn type_link(&self, id: TypeId) -> String {
        let name = self.package.type_item(id).name.plain();
        match self.package.target_path(LinkTarget::Type(id)) {
            Some(path) if !self.has_type(id) => format!("[`{name}`]({path})"),
            _ => format!("[`{name}`]"),
        }
    }

    fn has_type(&self, id: TypeId) -> bool {
        let item = self.package.type_item(id);
        self.has_items_of(item.model.resource)
            || match &self.pass {
                Pass::Collect => false,
                Pass::Write(imports) => imports.has(&self.module(item.model.resource), &item.name.ident()),
            }
    }

    fn has_module(&self, id: ResourceId) -> bool {
        match (self.location, self.package.resource(id).model.parent) {
            (Location::Lib, None) => true,
            (Location::Resource(here), Some(parent)) => here == parent,
            _ => false,
        }
    }

    /// Whether the file has all names of the resource in scope.
    fn has_items_of(&self, resource: ResourceId) -> bool {
        matches!(self.location, Location::Types(here) | Location::Resource(here) if here == resource)
    }

    /// Returns the module from which the items of a resource are imported.
    fn module(&self, resource: ResourceId) -> Vec<Ident> {
        if self.location == Location::Operation(resource) {
            return vec![ident("super")];
        }
        let modules = self.package.resource(resource).path.iter().map(RustName::ident);
        std::iter::once(self.root()).chain(modules).collect()
    }

    fn root(&self) -> Ident {
        match self.location {
            Location::Outside => ident(&self.package.crate_name),
            _ => ident("crate"),
        }
    }

    fn name(&self, module: &[Ident], name: Ident) -> TokenStream {
        match &self.pass {
            Pass::Collect => mark(quote!(#(#module::)* #name)),
            Pass::Write(imports) if imports.has(module, &name) => quote!(#name),
            Pass::Write(_) => quote!(#(#module::)* #name),
        }
    }

    /// Returns the imports, one `use` per module, in the order of rustfmt.
    pub(super) fn imports(&self) -> TokenStream {
        match &self.pass {
            Pass::Collect => TokenStream::new(),
            Pass::Write(imports) => imports.expand(),
        }
    }

    /// Returns the attribute that allows deprecated items, for the first line of the module.
    pub(super) fn allow(&self) -> Option<TokenStream> {
        match &self.pass {
            Pass::Write(imports) if imports.uses_deprecated => Some(quote!(#![allow(deprecated)])),
            Pass::Collect | Pass::Write(_) => None,
        }
    }

    /// Returns a whole file: its docs, its imports and its items.
    pub(super) fn file(&self, doc: &TokenStream, items: &TokenStream) -> TokenStream {
        let imports = self.imports();
        let allow = self.allow();
        quote! {
            #doc
            #allow
            #imports
            #items
        }
    }
}

impl Imports {
    /// Registers the first marked path of each name, unless the file defines an item of that name.
    fn decide(&mut self, marked: TokenStream, locals: &BTreeSet<String>) {
        for token in marked {
            let TokenTree::Group(group) = token else { continue };
            match group.delimiter() {
                Delimiter::None => self.take(group.stream(), locals),
                _ => self.decide(group.stream(), locals),
            }
        }
    }

    /// Registers the content of a mark: a path, or nothing for the use of a deprecated item.
    fn take(&mut self, mark: TokenStream, locals: &BTreeSet<String>) {
        let mut path: Vec<Ident> = mark
            .into_iter()
            .filter_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident),
                _ => None,
            })
            .collect();
        match path.pop() {
            None => self.uses_deprecated = true,
            Some(name) if locals.contains(&name.to_string()) => {}
            Some(name) => {
                self.modules.entry(name).or_insert(path);
            }
        }
    }

    fn has(&self, module: &[Ident], name: &Ident) -> bool {
        self.modules.get(name).is_some_and(|from| from == module)
    }

    fn expand(&self) -> TokenStream {
        let mut modules: BTreeMap<(u8, Vec<String>), Use> = BTreeMap::new();
        for (name, module) in &self.modules {
            let mut key: Vec<_> = module.iter().map(Ident::to_string).collect();
            // Items of a module follow its submodules.
            key.push("~".to_owned());
            let entry = modules.entry((rank(&key), key));
            entry.or_insert_with(|| (module.clone(), Vec::new())).1.push(name.clone());
        }
        modules.into_values().map(|(module, names)| expand_use(&module, &names)).collect()
    }
}

/// A module and the names that are imported from it.
type Use = (Vec<Ident>, Vec<Ident>);

/// Returns a mark: a group without delimiters, which no emitter produces otherwise.
fn mark(tokens: TokenStream) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::None, tokens)).into()
}

fn expand_use(module: &[Ident], names: &[Ident]) -> TokenStream {
    match names {
        [name] => quote!(use #(#module::)* #name;),
        names => quote!(use #(#module::)* {#(#names),*};),
    }
}

fn rank(module: &[String]) -> u8 {
    match module.first().map(String::as_str) {
        Some("super") => 0,
        Some("crate") => 1,
        _ => 2,
    }
}

pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
