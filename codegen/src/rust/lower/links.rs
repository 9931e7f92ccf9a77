//! What a `[reference]` in a doc of the spec leads to.

use crate::model::{OperationId, ResourceId, TypeId};

use super::package::Package;

/// Something of the package that a doc can point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Type(TypeId),
    Operation(OperationId),
    Resource(ResourceId),
}

impl Package<'_> {
    /// Finds what a doc of the resource, or of the API as a whole, means by a reference. Types, operations and
    /// sub-resources are looked for in the resource itself, then in those around it, then from the root.
    pub fn target(&self, from: Option<ResourceId>, reference: &str) -> Option<LinkTarget> {
        let (path, last) = match reference.rsplit_once('.') {
            Some((path, last)) => (path.split('.').collect(), last),
            None => (Vec::new(), reference),
        };
        self.around(from).find_map(|base| self.target_below(base, &path, last))
    }

    /// The resource, those around it, and at last the root, which is none.
    fn around(&self, from: Option<ResourceId>) -> impl Iterator<Item = Option<ResourceId>> {
        let mut next = Some(from);
        std::iter::from_fn(move || {
            let here = next?;
            next = here.map(|id| self.resource(id).model.parent);
            Some(here)
        })
    }

    fn target_below(&self, base: Option<ResourceId>, path: &[&str], last: &str) -> Option<LinkTarget> {
        let home = path.iter().try_fold(base, |home, word| self.child(home, word).map(Some))?;
        let child = self.child(home, last).map(LinkTarget::Resource);
        let Some(home) = home else { return child };
        let model = self.resource(home).model;
        let ty = model.types.iter().find(|id| self.type_item(**id).model.name == last);
        let operation = model.operations.iter().find(|id| self.operation(**id).model.name == last);
        ty.map(|id| LinkTarget::Type(*id)).or(operation.map(|id| LinkTarget::Operation(*id))).or(child)
    }

    fn child(&self, parent: Option<ResourceId>, word: &str) -> Option<ResourceId> {
        let mut children = self.resources.iter().filter(|resource| resource.model.parent == parent);
        children.find(|resource| resource.model.name() == word).map(|resource| resource.id)
    }

    /// Where a target is in the docs of the package: `crate::organizations::members::Member`. Docs know no `r#`.
    pub fn target_path(&self, target: LinkTarget) -> Option<String> {
        let (home, names) = match target {
            LinkTarget::Type(id) => (self.type_item(id).model.resource, vec![&self.type_item(id).name]),
            LinkTarget::Operation(id) => {
                let operation = self.operation(id);
                let home = operation.model.resource;
                (home, vec![self.resource(home).handle.as_ref()?, &operation.name])
            }
            LinkTarget::Resource(id) => (id, Vec::new()),
        };
        let path = self.resource(home).path.iter().chain(names).map(|name| name.plain());
        Some(std::iter::once("crate").chain(path).collect::<Vec<_>>().join("::"))
    }
}
