//! Targets of `[reference]`s in the docs of the spec.

use crate::model::{OperationId, ResourceId, TypeId};

use super::package::Package;

/// An item of the package that a doc can link to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Type(TypeId),
    Operation(OperationId),
    Resource(ResourceId),
}

impl Package<'_> {
    /// Finds the target of a reference in a doc of a resource, or of the API.
    ///
    /// Types, operations and sub-resources are looked up in the resource itself, then in its ancestors, then from the root.
    pub fn target(&self, from: Option<ResourceId>, reference: &str) -> Option<LinkTarget> {
        let (path, last) = match reference.rsplit_once('.') {
            Some((path, last)) => (path.split('.').collect(), last),
            None => (Vec::new(), reference),
        };
        self.around(from).find_map(|base| self.target_below(base, &path, last))
    }

    /// Returns the resource and its ancestors. The last item is the root, `None`.
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

    /// Returns the path of a target in rustdoc: `crate::organizations::members::Member`. Such paths contain no `r#`.
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
