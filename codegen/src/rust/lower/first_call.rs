//! The operation of the first example, which the README and the front page share.

use crate::model::{ResponseFormat, Type};

use super::package::{Operation, Package, Shape};

impl<'a> Package<'a> {
    /// Returns the operation for the first example: the one that the spec names, or the first simple one.
    ///
    /// A simple operation calls the server, has no warning, is not deprecated, returns JSON, and takes no composed value.
    pub fn first_call(&self) -> Option<&Operation<'a>> {
        if let Some(id) = self.api.package.first_call {
            return Some(self.operation(id));
        }
        self.operations.iter().min_by_key(|operation| {
            let model = operation.model;
            let warned = model.warning.is_some() || model.deprecated.is_some();
            let composed = operation.positional().any(|param| self.is_composed(&param.field.model.ty));
            (model.builds_url, warned, model.format() != ResponseFormat::Json, composed)
        })
    }

    fn is_composed(&self, ty: &Type) -> bool {
        let shape = ty.named().map(|id| &self.type_item(id).shape);
        matches!(shape, Some(Shape::Object(_) | Shape::Union(_)))
    }
}
