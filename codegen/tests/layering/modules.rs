//! The modules of a crate as declared in its source files, and the files from which each file imports names.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, UseTree, Visibility};

/// The path of a module or an item, from the root of the crate.
type Path = Vec<String>;

/// Macros whose tokens are emitted code. Paths in them do not belong to the crate.
const QUOTES: [&str; 4] = ["quote", "quote_spanned", "parse_quote", "format_ident"];

/// The modules of a crate, by path.
#[derive(Debug, Default)]
pub struct Crate {
    modules: BTreeMap<Path, Module>,
}

#[derive(Debug, Default)]
struct Module {
    file: String,
    /// The modules that it declares, in order.
    children: Vec<String>,
    /// The names of its items, other than modules and imports.
    items: BTreeSet<String>,
    /// The path of each imported name.
    imports: BTreeMap<String, Path>,
    globs: Vec<Path>,
    /// The paths in its code, except re-exports.
    named: BTreeSet<Path>,
}

/// The files from which a file imports names, with the names.
pub type Imports = BTreeMap<(String, String), BTreeSet<String>>;

impl Crate {
    /// Reads a crate from pairs of the path below `src` and the text. Test code is omitted.
    pub fn read(sources: &[(String, String)]) -> Self {
        let mut read = Self::default();
        for (file, text) in sources {
            let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file} is not Rust: {error}"));
            read.add(module_path(file), file, parsed.items);
        }
        let tests: Vec<Path> = read.modules.keys().filter(|path| !read.is_declared(path)).cloned().collect();
        for path in tests {
            read.modules.remove(&path);
        }
        read
    }

    /// Returns the modules that a module declares, in order.
    pub fn order(&self, path: &[String]) -> &[String] {
        self.modules.get(path).map_or(&[], |module| &module.children)
    }

    /// Whether every module of the path declares the next one. A declaration under `#[cfg(test)]` does not count.
    fn is_declared(&self, path: &[String]) -> bool {
        let declares = |at: usize| {
            self.modules.get(&path[..at]).is_some_and(|module| module.children.contains(&path[at]))
        };
        (0..path.len()).all(declares)
    }

    fn add(&mut self, path: Path, file: &str, items: Vec<Item>) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        for item in items.into_iter().filter(|item| !is_test(attributes(item))) {
            match item {
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    module.children.push(name.clone());
                    if let Some((_, items)) = inner.content {
                        self.add([path.as_slice(), &[name]].concat(), file, items);
                    }
                }
                Item::Use(import) => {
                    let is_private = matches!(import.vis, Visibility::Inherited);
                    module.import(Vec::new(), &import.tree, is_private);
                }
                // A macro is expanded at its call.
                Item::Macro(item) if item.ident.is_some() => {
                    module.items.extend(item.ident.map(|name| name.to_string()));
                }
                item => {
                    module.items.extend(name_of(&item));
                    module.scan(item.to_token_stream());
                }
            }
        }
        self.modules.insert(path, module);
    }

    /// Returns the imports between files. A re-exported name is attributed to the file that defines it.
    pub fn imports(&self) -> Imports {
        let mut imports = Imports::new();
        for (path, module) in &self.modules {
            for named in &module.named {
                let target = self.resolve(path, named, 0).and_then(|found| self.modules.get(&found));
                if let Some(target) = target.filter(|target| target.file != module.file) {
                    let files = (module.file.clone(), target.file.clone());
                    imports.entry(files).or_default().insert(named.join("::"));
                }
            }
        }
        imports
    }

    /// Returns the module that defines the target of a path in a module, or `None` for other crates.
    fn resolve(&self, home: &[String], path: &[String], depth: usize) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        let module = self.modules.get(home)?;
        match first.as_str() {
            _ if depth > 32 => None,
            "crate" => self.descend(Vec::new(), rest, depth),
            "self" => self.descend(home.to_vec(), rest, depth),
            "super" => {
                let (_, parent) = home.split_last()?;
                match rest.first().is_some_and(|next| next == "super") {
                    true => self.resolve(parent, rest, depth),
                    false => self.descend(parent.to_vec(), rest, depth),
                }
            }
            name => {
                let is_local = module.children.iter().any(|child| child == name)
                    || module.imports.get(name).is_some_and(|to| to != path);
                if is_local { self.descend(home.to_vec(), path, depth) } else { None }
            }
        }
    }

    /// Returns the module at the path from `at`, or the module that defines the item at the path.
    fn descend(&self, mut at: Path, path: &[String], depth: usize) -> Option<Path> {
        for (index, name) in path.iter().enumerate() {
            let module = self.modules.get(&at)?;
            if module.children.iter().any(|child| child == name) {
                at.push(name.clone());
                continue;
            }
            if module.items.contains(name) {
                return Some(at);
            }
            if let Some(target) = module.imports.get(name) {
                let target = [target.as_slice(), &path[index + 1..]].concat();
                return self.resolve(&at, &target, depth + 1);
            }
            let exported = |glob: &Path| {
                let from = self.resolve(&at, glob, depth + 1)?;
                let defines = |module: &Module| {
                    module.items.contains(name)
                        || module.children.iter().any(|child| child == name)
                        || module.imports.contains_key(name)
                };
                self.modules.get(&from).filter(|module| defines(module))?;
                self.descend(from, &path[index..], depth + 1)
            };
            return module.globs.iter().find_map(exported).or(Some(at));
        }
        Some(at)
    }
}

impl Module {
    fn import(&mut self, before: Path, tree: &UseTree, is_private: bool) {
        match tree {
            UseTree::Path(inner) => {
                self.import([before, vec![inner.ident.to_string()]].concat(), &inner.tree, is_private);
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(before.clone(), tree, is_private));
            }
            UseTree::Glob(_) => {
                self.named.extend(is_private.then(|| before.clone()));
                self.globs.push(before);
            }
            UseTree::Name(name) => self.import_as(before, &name.ident.to_string(), None, is_private),
            UseTree::Rename(name) => {
                self.import_as(before, &name.ident.to_string(), Some(name.rename.to_string()), is_private);
            }
        }
    }

    fn import_as(&mut self, mut path: Path, name: &str, rename: Option<String>, is_private: bool) {
        if name != "self" {
            path.push(name.to_owned());
        }
        self.named.extend(is_private.then(|| path.clone()));
        if let Some(name) = rename.or_else(|| path.last().cloned()) {
            self.imports.insert(name, path);
        }
    }

    /// Records the paths in code.
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let is_member = at > 0 && (is_sign(&tokens[at - 1], '.') || is_sign(&tokens[at - 1], '\''));
            match token {
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Ident(_) if !is_member => {
                    at = self.scan_path(&tokens, at);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Records the path that begins at a token, and returns the position after it.
    fn scan_path(&mut self, tokens: &[TokenTree], mut at: usize) -> usize {
        let mut path = Path::new();
        while let Some(TokenTree::Ident(name)) = tokens.get(at) {
            path.push(name.to_string());
            at += 1;
            if !tokens.get(at).is_some_and(|token| is_sign(token, ':'))
                || !tokens.get(at + 1).is_some_and(|token| is_sign(token, ':'))
            {
                break;
            }
            at += 2;
        }
        let calls_macro = tokens.get(at).is_some_and(|token| is_sign(token, '!'));
        if calls_macro && QUOTES.iter().any(|name| path.last().is_some_and(|last| last == name)) {
            return tokens.len().min(at + 2);
        }
        match tokens.get(at) {
            // A `use crate::a::{b, c};` in a function.
            Some(TokenTree::Group(group)) if path.len() > 1 && group.delimiter() == Delimiter::Brace => {
                let follows = at > 1 && is_sign(&tokens[at - 1], ':');
                if follows {
                    self.scan_group(&path, group.stream());
                    return at + 1;
                }
            }
            _ => {}
        }
        // A single name can be a variable or a field.
        let is_item = path.len() > 1 || path[0].starts_with(char::is_uppercase) || calls(tokens.get(at));
        self.named.extend(is_item.then_some(path));
        at
    }

    fn scan_group(&mut self, before: &[String], group: TokenStream) {
        let first = |token: &TokenTree| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        };
        self.named.extend(
            group.into_iter().filter_map(|token| first(&token)).map(|name| [before, &[name]].concat()),
        );
    }
}

fn calls(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == sign)
}

/// Returns the module of a file. Both `a/mod.rs` and `a.rs` are the module `a`.
pub fn module_path(file: &str) -> Path {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Path::new() } else { path.split('/').map(str::to_owned).collect() }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.to_token_stream().to_string().replace(' ', "") == "#[cfg(test)]")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn name_of(item: &Item) -> Option<String> {
    Some(match item {
        Item::Const(item) => item.ident.to_string(),
        Item::Enum(item) => item.ident.to_string(),
        Item::Fn(item) => item.sig.ident.to_string(),
        Item::Static(item) => item.ident.to_string(),
        Item::Struct(item) => item.ident.to_string(),
        Item::Trait(item) => item.ident.to_string(),
        Item::Type(item) => item.ident.to_string(),
        Item::Union(item) => item.ident.to_string(),
        _ => return None,
    })
}
