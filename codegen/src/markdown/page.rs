//! The page that is being written: its links, its types and its docs.

use super::link_index::{Heading, LinkIndex};
use super::text::{link, relative};
use crate::doc_text::{self, Link, Resolve, code};
use crate::model::{OperationId, ResourceId, Type, TypeId};
use crate::rust::lower::{Field, LinkTarget, Param};

/// The page that is being written, and the resource from which its docs resolve references.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub links: &'a LinkIndex<'a>,
    pub path: &'a str,
    pub resource: Option<ResourceId>,
}

impl<'a> Page<'a> {
    /// Returns the same page with references resolved from a resource.
    pub fn within(self, resource: ResourceId) -> Self {
        Self { resource: Some(resource), ..self }
    }

    /// Returns doc text as Markdown blocks.
    pub fn prose(&self, text: &str) -> String {
        doc_text::github(text, self)
    }

    /// Returns the first sentence of a doc on one line.
    pub fn summary(&self, text: &str) -> String {
        doc_text::github_line(doc_text::summary(text), self)
    }

    /// Returns a link to the section about a target, or the text alone if there are no such sections.
    pub fn link(&self, target: LinkTarget, text: &str) -> String {
        self.url(target).map_or_else(|| text.to_owned(), |url| link(text, &url))
    }

    /// Returns the URL of the section about a target, relative to this page; nothing if the settings exclude the pages.
    fn url(&self, target: LinkTarget) -> Option<String> {
        if !self.links.package.settings.docs {
            return None;
        }
        let package = self.links.package;
        let (home, heading) = match target {
            LinkTarget::Resource(id) => (id, None),
            LinkTarget::Operation(id) => (package.operation(id).model.resource, Some(Heading::Operation(id))),
            LinkTarget::Type(id) => (package.type_item(id).model.resource, Some(Heading::Type(id))),
        };
        let anchor = heading.map_or("", |heading| self.links.anchor(heading));
        Some(relative(self.path, &self.links.page(home), anchor))
    }

    /// Returns a link to the section about a target, with the text of its heading.
    pub fn link_by_name(&self, target: LinkTarget) -> String {
        self.link(target, &self.name(target))
    }

    /// Returns a sentence with a link to the section about an operation, if there is one.
    pub fn reference(&self, operation: OperationId) -> String {
        let link = || self.link_by_name(LinkTarget::Operation(operation));
        if self.links.package.settings.docs { format!(" Reference: {}.", link()) } else { String::new() }
    }

    fn name(&self, target: LinkTarget) -> String {
        match target {
            LinkTarget::Resource(id) => self.links.title(id),
            LinkTarget::Operation(id) => self.links.heading_text(Heading::Operation(id)),
            LinkTarget::Type(id) => self.links.heading_text(Heading::Type(id)),
        }
    }

    /// Returns a Rust type as code, linked to the section of the named type in it.
    pub fn rust_type(&self, ty: &Type) -> String {
        self.typed(ty, &self.links.package.type_text(ty))
    }

    /// Returns a boxed type.
    pub fn boxed_type(&self, ty: &Type) -> String {
        self.typed(ty, &format!("Box<{}>", self.links.package.type_text(ty)))
    }

    /// Returns an optional type.
    pub fn optional_type(&self, id: TypeId) -> String {
        self.rust_type(&Type::Nullable(Box::new(Type::Named(id))))
    }

    /// Returns the type of a field, including `Box`, `Option` and `Patch`.
    pub fn field_type(&self, field: &Field<'_>) -> String {
        let ty = &field.model.ty;
        let bare = self.links.package.type_text(ty);
        let boxed = if field.model.boxed { format!("Box<{bare}>") } else { bare };
        let around = match field.clear {
            Some(_) => Some("Patch"),
            None => field.optional.then_some("Option"),
        };
        self.typed(ty, &around.map_or(boxed.clone(), |around| format!("{around}<{boxed}>")))
    }

    /// Returns the type that a call accepts for a parameter.
    ///
    /// An `Option` or `Patch` represents null only. The page states separately whether the parameter is required.
    pub fn param_type(&self, param: &Param<'_>) -> String {
        let ty = &param.field.model.ty;
        let bare = self.links.package.type_text(ty);
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
        let target = self.links.package.target(self.resource, name)?;
        Some(Link { label: self.name(target), target: self.url(target).unwrap_or_default() })
    }
}
