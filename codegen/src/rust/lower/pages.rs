//! The pagination of an operation, as fields with Rust names.

use crate::model::{Pagination, Position, Response, Type};

use super::package::{Field, Operation, Package, Shape};

/// The parameters and the response fields of the pagination of an operation.
#[derive(Debug)]
pub struct Pages<'p, 'a> {
    pub position: PagePosition<'p, 'a>,
    /// The path from the response to the list of items. Empty if the response is the list itself.
    pub items: Vec<&'p Field<'a>>,
    /// The type of an item.
    pub item_type: &'a Type,
    /// The path from the response to the number of items on all pages.
    pub total: Option<Vec<&'p Field<'a>>>,
    /// The path from the response to the number of pages.
    pub total_pages: Option<Vec<&'p Field<'a>>>,
    /// The path from the response to whether a further page exists.
    pub has_more: Option<Vec<&'p Field<'a>>>,
    /// The parameter for the page size, if a page with fewer items is the last one.
    pub page_size: Option<&'p Field<'a>>,
}

/// The position of a page.
#[derive(Debug)]
pub enum PagePosition<'p, 'a> {
    /// A cursor in the response.
    Cursor {
        param: &'p Field<'a>,
        /// The parameter for the previous cursor, if the API can page backward.
        previous_param: Option<&'p Field<'a>>,
        /// The path from the response to the next cursor.
        next: Vec<&'p Field<'a>>,
    },
    Number {
        param: &'p Field<'a>,
        first: i64,
    },
    Offset {
        param: &'p Field<'a>,
        first: i64,
    },
    /// A value in the last item, at a path from the item.
    LastItem {
        param: &'p Field<'a>,
        path: Vec<&'p Field<'a>>,
    },
    /// A URL, at a path from the response.
    Url {
        path: Vec<&'p Field<'a>>,
    },
    Link,
}

impl<'a> Operation<'a> {
    /// Returns the pagination of the operation, if it has one.
    pub fn pages<'p>(&'p self, package: &'p Package<'a>) -> Option<Pages<'p, 'a>> {
        let model = self.model.pagination.as_ref()?;
        let items = self.response_path(package, &model.items)?;
        let list = match (items.last(), &self.model.response) {
            (Some(field), _) => &field.model.ty,
            (None, Response::Type(ty)) => ty,
            (None, _) => return None,
        };
        let item_type = list.item()?;
        let path = |path: &Option<Vec<String>>| self.response_path(package, path.as_ref()?);
        let limit = model.limit.as_ref().filter(|_| model.short_page_is_last);
        Some(Pages {
            position: self.position(package, model, item_type)?,
            items,
            item_type,
            total: path(&model.total),
            total_pages: path(&model.total_pages),
            has_more: path(&model.has_more),
            page_size: limit.and_then(|limit| self.param(limit)),
        })
    }

    fn position<'p>(
        &'p self,
        package: &'p Package<'a>,
        model: &'a Pagination,
        item_type: &Type,
    ) -> Option<PagePosition<'p, 'a>> {
        Some(match &model.position {
            Position::Cursor { param, next, previous_param, previous: _ } => PagePosition::Cursor {
                param: self.param(param)?,
                previous_param: previous_param.as_ref().and_then(|param| self.param(param)),
                next: self.response_path(package, next)?,
            },
            Position::Number { param, first } => {
                PagePosition::Number { param: self.param(param)?, first: *first }
            }
            Position::Offset { param, first } => {
                PagePosition::Offset { param: self.param(param)?, first: *first }
            }
            Position::LastItem { param, path } => PagePosition::LastItem {
                param: self.param(param)?,
                path: package.path(package.fields_of(item_type), path)?,
            },
            Position::Url { path } => PagePosition::Url { path: self.response_path(package, path)? },
            Position::Link => PagePosition::Link,
        })
    }

    fn param(&self, name: &str) -> Option<&Field<'a>> {
        let mut fields = self.params.iter().map(|param| &param.field);
        fields.find(|field| field.model.name == name)
    }

    /// Returns the fields along a path of wire names.
    fn response_path<'p>(&'p self, package: &'p Package<'a>, path: &[String]) -> Option<Vec<&'p Field<'a>>> {
        let fields = match &self.model.response {
            Response::Type(ty) => package.fields_of(ty),
            Response::Object(_) => self.response.as_slice(),
            Response::Empty | Response::ByStatus(_) => &[],
        };
        package.path(fields, path)
    }
}

impl<'a> Package<'a> {
    /// Returns the fields along a path of wire names.
    fn path<'p>(&'p self, mut fields: &'p [Field<'a>], path: &[String]) -> Option<Vec<&'p Field<'a>>> {
        let mut found = Vec::new();
        for wire in path {
            let field = fields.iter().find(|field| field.model.wire == *wire)?;
            fields = self.fields_of(&field.model.ty);
            found.push(field);
        }
        Some(found)
    }

    /// Returns the fields of an object type, or nothing for other types.
    fn fields_of(&self, ty: &Type) -> &[Field<'a>] {
        match ty {
            Type::Named(id) => match &self.type_item(*id).shape {
                Shape::Object(object) => &object.fields,
                Shape::Id { .. } | Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => &[],
            },
            _ => &[],
        }
    }
}
