//! Examples of operations that follow from the examples of their parts.

use super::resolver::Resolver;
use crate::model::{Field, Operation, Param, ParamLocation, ResourceId, Type};
use crate::syntax::{OperationDecl, ParamDecl, ResponseDecl, SpannedValue};
use crate::value::Value;

impl Resolver<'_> {
    /// Returns the example of the type that a response names, if the type is a name for another type.
    pub(super) fn example_of_alias(&self, resource: ResourceId, decl: &OperationDecl) -> Option<Value> {
        let Some(ResponseDecl::Type(text)) = decl.response.as_ref().map(|response| &response.value) else {
            return None;
        };
        let (decl, _) = self.alias_decl(self.scope.find(Some(resource), text.value.trim())?)?;
        decl.example.as_ref().map(SpannedValue::to_value)
    }
}

/// Adds a null example of a JSON body. The other examples treat null as a missing example.
pub(super) fn example_of_null(operation: &mut Operation, decl: &OperationDecl) {
    let is_body = |param: &Param| param.location == ParamLocation::WholeBody && !param.field.optional;
    let Some(index) = operation.params.iter().position(is_body) else { return };
    let Some(Param { field: Field { name, ty: Type::Json, .. }, .. }) = operation.params.get(index) else {
        return;
    };
    let is_given = operation.example.params.iter().any(|(at, _)| *at == index);
    let example = decl.params.get(name).and_then(|(_, decl)| match decl.as_param() {
        ParamDecl::Typed(typed) => typed.example.map(SpannedValue::to_value),
        ParamDecl::Constant(_) | ParamDecl::Credential(_) => None,
    });
    if !is_given && example == Some(Value::Null) {
        operation.example.params.push((index, Value::Null));
    }
}
