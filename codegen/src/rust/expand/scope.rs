//! What a file calls the things that it does not define, and the imports that this takes.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::model::{ResourceId, TypeId};
use crate::rust::lower::{OptionGroup, Package, Target};
use crate::rust::names::RustName;

/// The crate that generated code calls.
const RUNTIME: &str = "typefoundry_runtime";

/// Where a file, or an example, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// `lib.rs` itself.
    Lib,
    /// A file beside `lib.rs`.
    Root,
    /// The `mod.rs` of a resource, which has all names of the resource.
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
/// A name that is taken, by an item of the file or by another import, is spelled with its whole path. So a type of the
/// spec may be called `Request` without harm.
pub(super) struct Scope<'p, 'a> {
    pub(super) package: &'p Package<'a>,
    home: Home,
    locals: BTreeSet<String>,
    /// By name: the module that it is imported from.
    imports: RefCell<BTreeMap<Ident, Vec<Ident>>>,
    uses_deprecated: Cell<bool>,
    /// The types that were looked for among the imports and not found.
    missed: RefCell<Vec<TypeId>>,
}

impl<'p, 'a> Scope<'p, 'a> {
    /// A file with these items of its own.
    pub(super) fn new<'n>(
        package: &'p Package<'a>,
        home: Home,
        locals: impl IntoIterator<Item = &'n RustName>,
    ) -> Self {
        Self {
            package,
            home,
            locals: locals.into_iter().map(|name| name.as_str().to_owned()).collect(),
            imports: RefCell::default(),
            uses_deprecated: Cell::new(false),
            missed: RefCell::default(),
        }
    }

    /// Items of the runtime.
    pub(super) fn runtime<const N: usize>(&self, names: [&str; N]) -> [TokenStream; N] {
        let module = match self.home {
            Home::Outside => vec![self.root(), ident("runtime")],
            _ => vec![ident(RUNTIME)],
        };
        names.map(|name| self.import(&module, ident(name)))
    }

    /// An item of the runtime by its whole path, for code that is not there under all features.
    pub(super) fn runtime_path(&self, name: &str) -> TokenStream {
        let (runtime, name) = (ident(RUNTIME), ident(name));
        quote!(#runtime::#name)
    }

    /// An item of the standard library that is not in its prelude.
    pub(super) fn std(&self, module: &str, name: &str) -> TokenStream {
        self.import(&[ident("std"), ident(module)], ident(name))
    }

    /// An item of the root of the package.
    pub(super) fn crate_item(&self, name: &str) -> TokenStream {
        self.import(&[self.root()], ident(name))
    }

    /// A group of options.
    pub(super) fn option_group(&self, group: &OptionGroup<'_>) -> TokenStream {
        self.import(&[self.root(), ident("options")], group.name.ident())
    }

    /// A type of the spec.
    pub(super) fn named(&self, id: TypeId) -> TokenStream {
        let item = self.package.type_item(id);
        if item.model.deprecated.is_some() {
            self.touch_deprecated();
        }
        self.item(item.model.resource, &item.name)
    }

    /// An item of a resource.
    fn item(&self, resource: ResourceId, name: &RustName) -> TokenStream {
        if self.is_home(resource) { quote!(#name) } else { self.import(&self.module(resource), name.ident()) }
    }

    /// Where a reference in a doc of this file leads: by its name alone where the file has the name anyway.
    pub(super) fn link(&self, from: Option<ResourceId>, reference: &str) -> Option<String> {
        let target = self.package.target(from, reference)?;
        let name = match target {
            Target::Type(id) => self.has_type(id).then(|| &self.package.type_item(id).name),
            Target::Resource(id) => self.has_module(id).then(|| &self.package.resource(id).module),
            Target::Operation(_) => None,
        };
        name.map(|name| name.plain().to_owned()).or_else(|| self.package.target_path(target))
    }

    fn has_type(&self, id: TypeId) -> bool {
        let has = self.is_home(self.package.type_item(id).model.resource) || self.imports_type(id);
        if !has {
            self.missed.borrow_mut().push(id);
        }
        has
    }

    fn imports_type(&self, id: TypeId) -> bool {
        let item = self.package.type_item(id);
        self.imports.borrow().get(&item.name.ident()) == Some(&self.module(item.model.resource))
    }

    fn has_module(&self, id: ResourceId) -> bool {
        match (self.home, self.package.resource(id).model.parent) {
            (Home::Lib, None) => true,
            (Home::Resource(here), Some(parent)) => here == parent,
            _ => false,
        }
    }

    /// Whether the file has all names of the resource.
    fn is_home(&self, resource: ResourceId) -> bool {
        matches!(self.home, Home::Types(here) | Home::Resource(here) if here == resource)
    }

    /// Expands again where a link was made to a type that was imported only later.
    pub(super) fn settled(&self, expand: impl Fn(&Self) -> TokenStream) -> TokenStream {
        let items = expand(self);
        let missed = self.missed.take();
        if missed.into_iter().any(|id| self.imports_type(id)) { expand(self) } else { items }
    }

    /// Says that the file uses something deprecated, and must not be warned about it.
    pub(super) fn touch_deprecated(&self) {
        self.uses_deprecated.set(true);
    }

    /// Where the items of a resource are imported from.
    fn module(&self, resource: ResourceId) -> Vec<Ident> {
        if self.home == Home::Operation(resource) {
            return vec![ident("super")];
        }
        let modules = self.package.resource(resource).path.iter().map(RustName::ident);
        std::iter::once(self.root()).chain(modules).collect()
    }

    fn root(&self) -> Ident {
        match self.home {
            Home::Outside => ident(&self.package.crate_name),
            _ => ident("crate"),
        }
    }

    fn import(&self, module: &[Ident], name: Ident) -> TokenStream {
        let mut imports = self.imports.borrow_mut();
        let free = !self.locals.contains(&name.to_string());
        if free && imports.entry(name.clone()).or_insert_with(|| module.to_vec()) == module {
            return quote!(#name);
        }
        quote!(#(#module::)* #name)
    }

    /// The imports, one `use` a module, sorted as rustfmt sorts them.
    pub(super) fn imports(&self) -> TokenStream {
        let mut modules: BTreeMap<(u8, Vec<String>), Use> = BTreeMap::new();
        for (name, module) in self.imports.borrow().iter() {
            let mut words: Vec<_> = module.iter().map(Ident::to_string).collect();
            // What a module holds itself stands behind the modules in it.
            words.push("~".to_owned());
            let entry = modules.entry((rank(&words), words));
            entry.or_insert_with(|| (module.clone(), Vec::new())).1.push(name.clone());
        }
        modules.into_values().map(|(module, names)| expand_use(&module, &names)).collect()
    }

    /// What keeps the compiler from warning of our own use of deprecated things, as the first line of the module.
    pub(super) fn allow(&self) -> Option<TokenStream> {
        self.uses_deprecated.get().then(|| quote!(#![allow(deprecated)]))
    }

    /// A whole file: its docs, its imports, its items.
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

/// A module and what is imported from it.
type Use = (Vec<Ident>, Vec<Ident>);

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
