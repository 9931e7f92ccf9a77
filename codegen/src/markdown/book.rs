//! The pages of a package, with their headings and the links between them.
//!
//! The book is built before any page, so that a page can link to a heading of another page.

use std::collections::BTreeMap;

use super::slug::Slugger;
use crate::doc_text::{self, Link, Resolve, code};
use crate::model::{OperationId, ResourceId, Type, TypeId};
use crate::rust::lower::{Field, LinkTarget, Package, Param, Resource};
use crate::rust::names;

/// The front page, relative to the folder of the package.
pub const README: &str = "README.md";
/// The page that lists all operations.
pub const INDEX: &str = "docs/README.md";
/// The page of the error codes. No resource has this name.
pub const ERRORS: &str = "docs/errors.md";

/// A heading of a resource's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    Title(ResourceId),
    Operations(ResourceId),
    Operation(OperationId),
    Types(ResourceId),
    Type(TypeId),
}

/// The pages of a package.
pub struct Book<'a> {
    pub package: &'a Package<'a>,
    anchors: BTreeMap<Heading, String>,
}

impl<'a> Book<'a> {
    /// Assigns an anchor to every heading.
    pub fn new(package: &'a Package<'a>) -> Self {
        let mut book = Self { package, anchors: BTreeMap::new() };
        for resource in &package.resources {
            let mut slugger = Slugger::default();
            for heading in book.headings(resource) {
                let anchor = slugger.slug(&book.heading_text(heading));
                book.anchors.insert(heading, anchor);
            }
        }
        book
    }

    /// Returns the headings of the page of a resource, from top to bottom.
    pub fn headings(&self, resource: &Resource<'_>) -> Vec<Heading> {
        let model = resource.model;
        let operations = model.operations.iter().copied().map(Heading::Operation);
        let types = model.types.iter().copied().map(Heading::Type);
        let mut headings = vec![Heading::Title(resource.id)];
        headings.extend(operations.len().gt(&0).then_some(Heading::Operations(resource.id)));
        headings.extend(operations);
        headings.extend(types.len().gt(&0).then_some(Heading::Types(resource.id)));
        headings.extend(types);
        headings
    }

    /// Returns a heading as Markdown, without the `#` signs.
    pub fn heading_text(&self, heading: Heading) -> String {
        match heading {
            Heading::Title(id) => self.title(id),
            Heading::Operations(_) => "Operations".to_owned(),
            Heading::Operation(id) => code(&self.short_call(id)),
            Heading::Types(_) => "Types".to_owned(),
            Heading::Type(id) => code(self.package.type_item(id).name.as_str()),
        }
    }

    /// Returns the short name of an operation: `members.create`.
    pub fn short_call(&self, id: OperationId) -> String {
        let operation = self.package.operation(id);
        let resource = self.package.resource(operation.model.resource);
        format!("{}.{}", resource.module.plain(), operation.name.plain())
    }

    /// Returns the name of a resource in running text.
    pub fn title(&self, id: ResourceId) -> String {
        let model = self.package.resource(id).model;
        title(model.name(), &model.doc)
    }

    /// Returns the page of a resource, relative to the folder of the package.
    pub fn page(&self, id: ResourceId) -> String {
        format!("docs/{}.md", self.package.resource(id).model.path.join("/"))
    }

    fn anchor(&self, heading: Heading) -> &str {
        self.anchors.get(&heading).map_or("", String::as_str)
    }
}

/// The page being written, and the resource from which references are resolved.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub book: &'a Book<'a>,
    pub path: &'a str,
    pub resource: Option<ResourceId>,
}

impl<'a> Page<'a> {
    /// Returns the same page with references resolved from another resource.
    pub fn within(self, resource: ResourceId) -> Self {
        Self { resource: Some(resource), ..self }
    }

    /// Renders doc text as Markdown blocks.
    pub fn prose(&self, text: &str) -> String {
        doc_text::github(text, self)
    }

    /// Renders the first sentence of a doc on one line.
    pub fn summary(&self, text: &str) -> String {
        doc_text::github_line(doc_text::summary(text), self)
    }

    /// Returns a link to the section about a target.
    pub fn link(&self, target: LinkTarget, text: &str) -> String {
        link(text, &self.url(target))
    }

    /// Returns the URL of the section about a target, relative to this page.
    fn url(&self, target: LinkTarget) -> String {
        let package = self.book.package;
        let (home, heading) = match target {
            LinkTarget::Resource(id) => (id, None),
            LinkTarget::Operation(id) => (package.operation(id).model.resource, Some(Heading::Operation(id))),
            LinkTarget::Type(id) => (package.type_item(id).model.resource, Some(Heading::Type(id))),
        };
        let anchor = heading.map_or("", |heading| self.book.anchor(heading));
        relative(self.path, &self.book.page(home), anchor)
    }

    /// Returns a link to the section about a target, with the text of its heading.
    pub fn link_by_name(&self, target: LinkTarget) -> String {
        self.link(target, &self.name(target))
    }

    fn name(&self, target: LinkTarget) -> String {
        match target {
            LinkTarget::Resource(id) => self.book.title(id),
            LinkTarget::Operation(id) => self.book.heading_text(Heading::Operation(id)),
            LinkTarget::Type(id) => self.book.heading_text(Heading::Type(id)),
        }
    }

    /// Returns a Rust type as code, with a link to the section of the named type in it.
    pub fn rust_type(&self, ty: &Type) -> String {
        self.typed(ty, &self.book.package.type_text(ty))
    }

    /// Returns a type behind a pointer.
    pub fn boxed_type(&self, ty: &Type) -> String {
        self.typed(ty, &format!("Box<{}>", self.book.package.type_text(ty)))
    }

    /// Returns an optional type.
    pub fn optional_type(&self, id: TypeId) -> String {
        self.rust_type(&Type::Nullable(Box::new(Type::Named(id))))
    }

    /// Returns the type of a field, including its pointer and its `Option` or `Patch`.
    pub fn field_type(&self, field: &Field<'_>) -> String {
        let ty = &field.model.ty;
        let bare = self.book.package.type_text(ty);
        let boxed = if field.model.boxed { format!("Box<{bare}>") } else { bare };
        let around = match field.clear {
            Some(_) => Some("Patch"),
            None => field.optional.then_some("Option"),
        };
        self.typed(ty, &around.map_or(boxed.clone(), |around| format!("{around}<{boxed}>")))
    }

    /// Returns the type of a param as callers pass it. Another column states whether it is required, so only null is marked.
    pub fn param_type(&self, param: &Param<'_>) -> String {
        let ty = &param.field.model.ty;
        let bare = self.book.package.type_text(ty);
        let rust = match param.field.clear {
            None => bare,
            Some(_) if param.positional() => format!("Option<{bare}>"),
            Some(_) => format!("Patch<{bare}>"),
        };
        self.typed(ty, &rust)
    }

    fn typed(&self, ty: &Type, rust: &str) -> String {
        ty.named().map_or_else(|| code(rust), |id| self.link(LinkTarget::Type(id), &code(rust)))
    }
}

impl Resolve for Page<'_> {
    fn resolve(&self, name: &str) -> Option<Link> {
        let target = self.book.package.target(self.resource, name)?;
        Some(Link { label: self.name(target), target: self.url(target) })
    }
}

/// Returns a name as a heading: `oauth_providers` gives `OAuth Providers`. Acronyms are spelled as in the doc.
fn title(name: &str, doc: &str) -> String {
    let spelled = |word: &String| {
        let mut words = doc.split(|c: char| !c.is_alphanumeric());
        let acronym =
            words.find(|spelling| spelling.to_lowercase() == *word && spelling.to_uppercase() == *spelling);
        let camel = || names::type_name(word).map_or_else(|_| word.clone(), |name| name.plain().to_owned());
        acronym.map_or_else(camel, str::to_owned)
    };
    names::words(name).iter().map(spelled).collect::<Vec<_>>().join(" ")
}

/// Returns a Markdown link.
pub fn link(text: &str, target: &str) -> String {
    format!("[{text}]({target})")
}

/// Returns the relative URL from one page to an anchor of another. Both are relative to the folder of the package.
pub fn relative(from: &str, to: &str, anchor: &str) -> String {
    let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
    if from == to && !anchor.is_empty() {
        return anchor;
    }
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = from.len().min(to.len()) - 1;
    let shared = (0..folders).take_while(|at| from[*at] == to[*at]).count();
    let up = "../".repeat(from.len() - 1 - shared);
    format!("{up}{}{anchor}", to[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::{relative, title};

    #[test]
    fn title_is_split_into_words() {
        assert_eq!(title("oauth_providers", "Who signs users in."), "OAuth Providers");
        assert_eq!(title("sso", "SSO is one key for all doors."), "SSO");
    }

    #[test]
    fn links_are_relative_to_the_page() {
        assert_eq!(relative("README.md", "docs/a/b.md", "x"), "docs/a/b.md#x");
        assert_eq!(relative("docs/a/b.md", "docs/a.md", ""), "../a.md");
        assert_eq!(relative("docs/a.md", "docs/a/b.md", ""), "a/b.md");
        assert_eq!(relative("docs/a/b.md", "docs/a/b.md", "x"), "#x");
        assert_eq!(relative("docs/a/b/c.md", "README.md", ""), "../../../README.md");
    }
}
