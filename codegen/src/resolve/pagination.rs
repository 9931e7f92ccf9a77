//! The pagination of an operation: every path of the style must lead to a field of its response.

use super::references::unknown;
use super::resolver::Resolver;
use super::scalars::is_scalar;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Api, Direction, Field, Operation, Pagination, Response, Type, TypeDef};
use crate::syntax::{PaginateDecl, Spanned};

impl Resolver<'_> {
    /// Reports a cursor without a parameter for it, and a parameter without a cursor.
    pub(super) fn check_styles(&mut self) {
        let syntax = self.syntax;
        for (name, style) in syntax.decl.pagination.iter() {
            let (given, key, missing) = match (&style.previous_cursor_param, &style.previous_cursor) {
                (Some(back), None) => {
                    (back, "previous_cursor", "the path in the response to the cursor for this parameter")
                }
                (None, Some(previous)) => {
                    (previous, "previous_cursor_param", "the parameter for the cursor at this path")
                }
                _ => continue,
            };
            let message = format!(
                "the style `{}` has `{}` without `{key}`",
                name.value,
                if key == "previous_cursor" { "previous_cursor_param" } else { "previous_cursor" }
            );
            self.report_missing(
                name.span,
                Diagnostic::error(Code::MissingKey, given.span, message)
                    .label(format!("`{key}` is missing"))
                    .help(format!("add `{key}:` with {missing}")),
            );
        }
    }

    pub(super) fn pagination(
        &mut self,
        api: &Api,
        operation: &Operation,
        decl: &PaginateDecl,
    ) -> Option<Pagination> {
        let styles = &self.syntax.decl.pagination;
        let known = styles.keys().map(|name| name.value.as_str());
        let Some((_, style)) = styles.get(&decl.style) else {
            // A style that could not be read is still known.
            if known.clone().any(|name| name == decl.style.value) || self.may_be_in_api(styles) {
                return None;
            }
            let problem =
                unknown(Code::UnknownPagination, "pagination style", &decl.style, known, "`pagination`");
            self.report(problem);
            return None;
        };
        let params =
            [Some(&style.cursor_param), style.limit_param.as_ref(), style.previous_cursor_param.as_ref()];
        for param in params.into_iter().flatten() {
            self.check_param(operation, decl, param);
        }
        let is_cursor = |ty: &Type| is_scalar(ty, &api.types);
        let is_count = |ty: &Type| matches!(ty, Type::Integer(_));
        let is_list = |ty: &Type| matches!(ty, Type::List(_));
        let end = Target { operation, types: &api.types, place: &decl.style };
        self.check_cursor(&end, &style.cursor_param, &style.next_cursor);
        if let (Some(back), Some(previous)) = (&style.previous_cursor_param, &style.previous_cursor) {
            self.check_cursor(&end, back, previous);
        }
        let items = self.walk(&Target { place: &decl.items, ..end }, &decl.items, "a list", is_list);
        let next = self.walk(&end, &style.next_cursor, "text or a number", is_cursor);
        let previous =
            style.previous_cursor.as_ref().map(|path| self.walk(&end, path, "text or a number", is_cursor));
        let total = style.total.as_ref().map(|total| self.walk(&end, total, "an integer", is_count));
        Some(Pagination {
            style: decl.style.value.clone(),
            cursor: style.cursor_param.value.clone(),
            limit: style.limit_param.as_ref().map(|limit| limit.value.clone()),
            previous_cursor_param: style.previous_cursor_param.as_ref().map(|param| param.value.clone()),
            items: items?,
            next: next?,
            previous_cursor: previous.map_or(Some(None), |previous| previous.map(Some))?,
            total: total.map_or(Some(None), |total| total.map(Some))?,
        })
    }

    fn check_param(&mut self, operation: &Operation, decl: &PaginateDecl, param: &Spanned<String>) {
        let names = || operation.params.iter().map(|param| param.field.name.as_str());
        if names().any(|name| name == param.value) {
            return;
        }
        let problem = Diagnostic::error(
            Code::PaginationPath,
            decl.style.span,
            format!(
                "the operation has no parameter `{1}` for the style `{0}`",
                decl.style.value, param.value
            ),
        );
        let problem = problem.note(param.span, "required here");
        self.report(match nearest(&param.value, names()) {
            Some(near) => problem.label(format!("did you mean the parameter `{near}`?")),
            None => problem
                .label("the operation cannot be paginated")
                .help(format!("declare `{}` under `params`", param.value)),
        });
    }

    /// Checks that the parameter and the field of the cursor have the same type, since the cursor is sent back unchanged.
    fn check_cursor(&mut self, target: &Target<'_>, name: &Spanned<String>, path: &Spanned<String>) {
        let mut params = target.operation.params.iter();
        let Some(param) = params.find(|param| param.field.name == name.value) else { return };
        let Ok(found) = target.lead(path) else { return };
        let is_unparsed = param.field.ty.is_unparsed(target.types) || found.is_unparsed(target.types);
        if is_unparsed || !is_scalar(found, target.types) || param.field.ty == *found {
            return;
        }
        let message = format!(
            "the type of the parameter `{}` differs from the type at the path `{}`",
            name.value, path.value
        );
        self.report(
            Diagnostic::error(Code::PaginationPath, target.place.span, message)
                .label("the cursor has another type")
                .note(name.span, "the parameter is named here")
                .note(path.span, "the path is given here")
                .help("declare the same type for both"),
        );
    }

    /// Returns the segments of a path that leads to a suitable field. Reports other paths.
    fn walk(
        &mut self,
        target: &Target<'_>,
        path: &Spanned<String>,
        expected: &str,
        fits: impl Fn(&Type) -> bool,
    ) -> Option<Vec<String>> {
        let problem = match target.lead(path) {
            Ok(ty) if ty.is_unparsed(target.types) => return None,
            Ok(ty) if fits(ty) => return Some(path.split('.').map(str::to_owned).collect()),
            Ok(_) => target
                .problem(&format!("is not {expected}"), path)
                .label(format!("the field is not {expected}")),
            Err(label) => target.problem("does not exist", path).label(label),
        };
        self.report(if path.span == target.place.span {
            problem
        } else {
            problem.note(path.span, "the path is given here")
        });
        None
    }
}

/// The response in which paths are resolved, and the location for diagnostics about them.
#[derive(Clone, Copy)]
struct Target<'t> {
    operation: &'t Operation,
    types: &'t [TypeDef],
    place: &'t Spanned<String>,
}

/// Returns the field of a key in responses.
fn found<'f>(fields: &'f [Field], key: &str) -> Option<&'f Field> {
    fields.iter().find(|field| field.wire == key && Direction::Response.contains(field.only_in))
}

impl<'t> Target<'t> {
    fn problem(&self, fault: &str, path: &Spanned<String>) -> Diagnostic {
        let message =
            format!("the path `{}` {fault} in the response of `{}`", path.value, self.operation.name);
        Diagnostic::error(Code::PaginationPath, self.place.span, message)
    }

    fn lead(&self, path: &str) -> Result<&'t Type, String> {
        let mut fields = match &self.operation.response {
            Response::Type(ty) if ty.is_unparsed(self.types) => return Ok(ty),
            Response::Object(object) => object.fields.as_slice(),
            Response::Type(ty) => self.fields_of(ty),
            Response::Empty | Response::ByStatus(_) => &[],
        };
        let mut reached = None;
        let mut walked = "the response".to_owned();
        for segment in path.split('.') {
            let Some(field) = found(fields, segment) else {
                let near = nearest(segment, fields.iter().map(|field| field.wire.as_str()));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(format!("{walked} has no field `{segment}`{near}"));
            };
            if field.ty.is_unparsed(self.types) {
                return Ok(&field.ty);
            }
            walked = format!("`{segment}`");
            fields = self.fields_of(&field.ty);
            reached = Some(&field.ty);
        }
        reached.ok_or_else(|| "the path is empty".to_owned())
    }

    fn fields_of(&self, ty: &Type) -> &'t [Field] {
        match ty {
            Type::Named(id) => self.types.get(id.0).map_or(&[], TypeDef::fields),
            _ => &[],
        }
    }
}
