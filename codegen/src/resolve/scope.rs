//! The declared types and resources, and the lookup of names from a resource.

use std::collections::BTreeMap;

use crate::load::ApiSyntax;
use crate::model::{ResourceId, TypeId};
use crate::syntax::{Spanned, TypeDecl};

/// A declared type.
pub(super) struct Declared<'s> {
    pub resource: ResourceId,
    pub name: &'s Spanned<String>,
    /// The declaration. Missing if it could not be read.
    pub decl: Option<&'s TypeDecl>,
}

/// All names of an API.
pub(super) struct Scope<'s> {
    /// The types, by [`TypeId`].
    pub types: Vec<Declared<'s>>,
    by_name: BTreeMap<(ResourceId, &'s str), TypeId>,
    pub resources: BTreeMap<String, ResourceId>,
    pub parents: Vec<Option<ResourceId>>,
}

impl<'s> Scope<'s> {
    pub(super) fn new(syntax: &'s ApiSyntax) -> Self {
        let resources: BTreeMap<String, ResourceId> = syntax
            .resources
            .iter()
            .enumerate()
            .map(|(at, resource)| (resource.path.join("."), ResourceId(at)))
            .collect();
        let parents = syntax
            .resources
            .iter()
            .map(|resource| {
                resource.path.split_last().and_then(|(_, parent)| resources.get(&parent.join(".")).copied())
            })
            .collect();
        let mut scope = Self { types: Vec::new(), by_name: BTreeMap::new(), resources, parents };
        for (at, resource) in syntax.resources.iter().enumerate() {
            for name in resource.decl.types.keys() {
                let id = TypeId(scope.types.len());
                let decl = resource.decl.types.get(&name.value).map(|(_, decl)| decl);
                scope.by_name.insert((ResourceId(at), &name.value), id);
                scope.types.push(Declared { resource: ResourceId(at), name, decl });
            }
        }
        scope
    }

    /// Returns the resource and its ancestors, innermost first.
    pub(super) fn around(&self, resource: ResourceId) -> impl Iterator<Item = ResourceId> {
        std::iter::successors(Some(resource), |inner| self.parents.get(inner.0).copied().flatten())
    }

    pub(super) fn find(&self, from: Option<ResourceId>, name: &str) -> Option<TypeId> {
        match name.rsplit_once('.') {
            Some((resource, name)) => self.by_name.get(&(*self.resources.get(resource)?, name)).copied(),
            None => self.around(from?).find_map(|resource| self.by_name.get(&(resource, name)).copied()),
        }
    }
}
