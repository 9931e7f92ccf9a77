//! The pagination of an operation, as fields with Rust names.

use crate::model::{Response, Type};

use super::package::{Field, Operation, Package, Shape};

/// The parameters and the response fields of the pagination of an operation.
#[derive(Debug)]
pub struct Pages<'p, 'a> {
    /// The parameter for the cursor.
    pub cursor: &'p Field<'a>,
    /// The parameter for the previous cursor, if the API can page backward.
    pub previous_cursor_param: Option<&'p Field<'a>>,
    /// The path from the response to the list of items.
    pub items: Vec<&'p Field<'a>>,
    /// The path from the response to the next cursor.
    pub next: Vec<&'p Field<'a>>,
}

impl<'a> Operation<'a> {
    /// Returns the pagination of the operation, if it has one.
    pub fn pages<'p>(&'p self, package: &'p Package<'a>) -> Option<Pages<'p, 'a>> {
        let model = self.model.pagination.as_ref()?;
        let param = |name: &String| {
            let mut fields = self.params.iter().map(|param| &param.field);
            fields.find(|field| field.model.name == *name)
        };
        Some(Pages {
            cursor: param(&model.cursor)?,
            previous_cursor_param: model.previous_cursor_param.as_ref().and_then(param),
            items: self.response_path(package, &model.items)?,
            next: self.response_path(package, &model.next)?,
        })
    }

    /// Returns the fields along a path of wire names.
    fn response_path<'p>(&'p self, package: &'p Package<'a>, path: &[String]) -> Option<Vec<&'p Field<'a>>> {
        let mut fields = match &self.model.response {
            Response::Type(ty) => package.fields_of(ty),
            Response::Object(_) => self.response.as_slice(),
            Response::Empty | Response::ByStatus(_) => &[],
        };
        let mut found = Vec::new();
        for wire in path {
            let field = fields.iter().find(|field| field.model.wire == *wire)?;
            fields = package.fields_of(&field.model.ty);
            found.push(field);
        }
        Some(found)
    }
}

impl<'a> Package<'a> {
    /// Returns the fields of an object type, or nothing for other types.
    fn fields_of(&self, ty: &Type) -> &[Field<'a>] {
        match ty {
            Type::Named(id) => match &self.type_item(*id).shape {
                Shape::Object(object) => &object.fields,
                Shape::Id { .. } | Shape::Enum(_) | Shape::Union(_) => &[],
            },
            _ => &[],
        }
    }
}
