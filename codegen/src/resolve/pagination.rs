//! The pagination of an operation: every path of the style must lead to a field of its response.

use super::pagination_styles::StyleKind;
use super::references::unknown;
use super::resolver::Resolver;
use super::scalars::is_scalar;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Api, Direction, Field, Operation, Pagination, Position, Response, Type, TypeDef};
use crate::syntax::{PaginateDecl, PaginationDecl, Spanned};
use crate::value::Value;

impl<'s> Resolver<'s> {
    pub(super) fn pagination(
        &mut self,
        api: &Api,
        operation: &Operation,
        decl: &PaginateDecl,
    ) -> Option<Pagination> {
        let style = self.pagination_style(decl)?;
        if let Response::ByStatus(_) = operation.response {
            let message = format!("the list `{}` has several responses", operation.name);
            let problem = Diagnostic::error(Code::PaginationPath, decl.style.span, message);
            self.report(problem.label("the operation cannot be paginated").help("describe one response"));
            return None;
        }
        let kind = style.kind()?;
        let end = Target { operation, types: &api.types, place: &decl.style };
        let items = self.items(&end, decl);
        for param in style.params() {
            self.check_param(operation, decl, param);
        }
        let position = self.position(&end, decl, style, kind, items.as_ref());
        if style.short_page_is_last.as_ref().is_some_and(|short| short.value) {
            style.limit_param.iter().for_each(|limit| self.check_integer_param(&end, limit));
        }
        let is_count = |ty: &Type| matches!(ty, Type::Integer(_));
        let total = self.optional_path(&end, style.total.as_ref(), "an integer", is_count);
        let total_pages = self.optional_path(&end, style.total_pages.as_ref(), "an integer", is_count);
        let is_bool = |ty: &Type| *ty == Type::Bool;
        let has_more = self.optional_path(&end, style.has_more.as_ref(), "a boolean", is_bool);
        Some(Pagination {
            style: decl.style.value.clone(),
            position: position?,
            limit: style.limit_param.as_ref().map(|limit| limit.value.clone()),
            items: items?,
            total: total?,
            total_pages: total_pages?,
            has_more: has_more?,
            short_page_is_last: style.short_page_is_last.as_ref().is_some_and(|short| short.value),
        })
    }

    /// Returns the style of an operation. Reports an undefined one.
    fn pagination_style(&mut self, decl: &PaginateDecl) -> Option<&'s PaginationDecl> {
        let styles = &self.syntax.decl.pagination;
        if let Some((_, style)) = styles.get(&decl.style) {
            return Some(style);
        }
        let known = styles.keys().map(|name| name.value.as_str());
        // A style that could not be read is still known.
        if known.clone().any(|name| name == decl.style.value) || self.may_be_in_api(styles) {
            return None;
        }
        let problem =
            unknown(Code::UnknownPagination, "pagination style", &decl.style, known, "`pagination`");
        self.report(problem);
        None
    }

    /// Returns the path to the list of items, which is empty if the response is the list.
    fn items(&mut self, end: &Target<'_>, decl: &PaginateDecl) -> Option<Vec<String>> {
        let whole = match &end.operation.response {
            Response::Type(Type::Nullable(item)) => Some(&**item),
            Response::Type(ty) => Some(ty),
            _ => None,
        };
        let is_list = |ty: &Type| matches!(ty, Type::List(_));
        let is_whole = whole.is_some_and(|ty| is_list(ty) || ty.is_unparsed(end.types));
        match &decl.items {
            Some(items) if whole.is_some_and(is_list) => {
                let message = format!("the response of `{}` is itself the list", end.operation.name);
                let problem = Diagnostic::error(Code::PaginationPath, items.span, message);
                self.report(problem.label("not a path in a list").help("remove `items`"));
                None
            }
            Some(items) => self.walk(&Target { place: items, ..*end }, items, "a list", is_list),
            None if is_whole => Some(Vec::new()),
            None => {
                let message = format!("the pagination of `{}` has no `items`", end.operation.name);
                self.report(
                    Diagnostic::error(Code::MissingKey, decl.style.span, message)
                        .label("missing `items`")
                        .help("add `items:` with the path in the response to the list"),
                );
                None
            }
        }
    }

    fn position(
        &mut self,
        end: &Target<'_>,
        decl: &PaginateDecl,
        style: &PaginationDecl,
        kind: StyleKind<'_>,
        items: Option<&Vec<String>>,
    ) -> Option<Position> {
        let types = end.types;
        let is_cursor = |ty: &Type| is_scalar(ty, types);
        let first = |default| style.first.as_ref().map_or(default, |first| first.value);
        Some(match kind {
            StyleKind::NextCursor(next) => {
                let param = style.cursor_param.as_ref()?;
                self.check_cursor(end, param, next);
                if let (Some(back), Some(previous)) = (&style.previous_cursor_param, &style.previous_cursor) {
                    self.check_cursor(end, back, previous);
                }
                let next = self.walk(end, next, "text or a number", is_cursor);
                let previous = style.previous_cursor.as_ref();
                let previous = self.optional_path(end, previous, "text or a number", is_cursor);
                let previous_param = style.previous_cursor_param.as_ref().map(|param| param.value.clone());
                Position::Cursor {
                    param: param.value.clone(),
                    next: next?,
                    previous_param,
                    previous: previous?,
                }
            }
            StyleKind::ItemCursor(path) => {
                let param = style.cursor_param.as_ref()?;
                let item = end.item(decl.items.as_ref().map(|items| items.value.as_str()), items?)?;
                let path = self.item_cursor(end, param, path, (decl, item))?;
                Position::LastItem { param: param.value.clone(), path }
            }
            StyleKind::Page(param) => {
                self.check_integer_param(end, param);
                self.check_first(end, param, style, first(1));
                Position::Number { param: param.value.clone(), first: first(1) }
            }
            StyleKind::Offset(param) => {
                self.check_integer_param(end, param);
                self.check_first(end, param, style, first(0));
                Position::Offset { param: param.value.clone(), first: first(0) }
            }
            StyleKind::NextUrl(path) => {
                let is_text = |ty: &Type| matches!(ty, Type::String | Type::Formatted(_));
                Position::Url { path: self.walk(end, path, "text", is_text)? }
            }
            StyleKind::Link(_) => Position::Link,
        })
    }

    /// Resolves a path in an item to a value of the same type as the parameter.
    fn item_cursor(
        &mut self,
        end: &Target<'_>,
        param: &Spanned<String>,
        path: &Spanned<String>,
        (decl, item): (&PaginateDecl, &Type),
    ) -> Option<Vec<String>> {
        let mut params = end.operation.params.iter();
        let param_type = params.find(|known| known.field.name == param.value).map(|known| &known.field.ty)?;
        let found = match end.lead_from(end.fields_of(item), "an item".to_owned(), path) {
            Ok(found) => found,
            Err(label) => {
                let label = unsuitable_item(item, end.types).map_or(label, str::to_owned);
                let message = format!(
                    "the path `{}` does not exist in an item of `{}`",
                    path.value, end.operation.name
                );
                let problem = Diagnostic::error(Code::PaginationPath, end.place.span, message);
                let problem = problem.label(label).note(path.span, "the path is given here");
                let items = decl.items.as_ref().map_or("", |items| items.value.as_str());
                let inner = path.strip_prefix(items).and_then(|rest| rest.strip_prefix('.'));
                self.report(match inner.filter(|_| !items.is_empty()) {
                    Some(inner) => problem.help(format!("the path starts in the item: write `{inner}`")),
                    None => problem,
                });
                return None;
            }
        };
        let is_unparsed = param_type.is_unparsed(end.types) || found.is_unparsed(end.types);
        if !is_unparsed && found != param_type {
            self.report(end.other_type(param, path));
            return None;
        }
        (!is_unparsed).then(|| path.split('.').map(str::to_owned).collect())
    }

    /// Reports a first position that the parameter cannot have, or that differs from its default.
    fn check_first(
        &mut self,
        end: &Target<'_>,
        name: &Spanned<String>,
        style: &PaginationDecl,
        first: impl Into<i128>,
    ) {
        let first: i128 = first.into();
        let mut params = end.operation.params.iter();
        let Some(param) = params.find(|param| param.field.name == name.value) else { return };
        let Some((least, greatest)) = param.field.ty.integer_range() else { return };
        let (place, help) = match &style.first {
            Some(written) => (written.span, "correct one of them"),
            None => (name.span, "write `first` with the number of the first page, or correct the default"),
        };
        let is_excluded =
            !(least..=greatest).contains(&first) || param.field.limits.exclude(&Value::Int(first));
        let (message, label) = match param.field.server_default {
            Some(Value::Int(default)) if default != first => (
                format!(
                    "the style starts at {first}, but the parameter `{}` has the default {default}",
                    name.value
                ),
                format!("`first` is {first}"),
            ),
            _ if style.first.is_some() && is_excluded => {
                (format!("the parameter `{}` cannot be {first}", name.value), format!("`first` is {first}"))
            }
            _ => return,
        };
        self.report(
            Diagnostic::error(Code::PaginationPath, place, message)
                .label(label)
                .note(param.field.span, "the parameter is declared here")
                .help(help),
        );
    }

    /// Reports a parameter for a number that is not an integer.
    fn check_integer_param(&mut self, end: &Target<'_>, name: &Spanned<String>) {
        let mut params = end.operation.params.iter();
        let Some(param) = params.find(|param| param.field.name == name.value) else { return };
        if param.field.ty.is_unparsed(end.types) || matches!(param.field.ty, Type::Integer(_)) {
            return;
        }
        let message = format!("the parameter `{}` is not an integer", name.value);
        self.report(
            Diagnostic::error(Code::PaginationPath, end.place.span, message)
                .label("the style counts with this parameter")
                .note(param.field.span, "declared here")
                .note(name.span, "the parameter is named here")
                .help("declare an integer type, such as `uint32?`"),
        );
    }

    /// Resolves a path of the style that can be missing. Returns `None` if it is invalid.
    fn optional_path(
        &mut self,
        end: &Target<'_>,
        path: Option<&Spanned<String>>,
        expected: &str,
        fits: impl Fn(&Type) -> bool,
    ) -> Option<Option<Vec<String>>> {
        match path {
            Some(path) => self.walk(end, path, expected, fits).map(Some),
            None => Some(None),
        }
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
        if let Some(fixed) = operation.fixed.iter().find(|fixed| fixed.wire == param.value) {
            self.report(
                problem
                    .label("its value is fixed, so the pages cannot differ")
                    .note(fixed.span, "declared here")
                    .help("declare a type in place of the fixed value, such as `uint32?`"),
            );
            return;
        }
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
        self.report(target.other_type(name, path));
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

/// Returns the reason why no path leads into an item of this type.
fn unsuitable_item(item: &Type, types: &[TypeDef]) -> Option<&'static str> {
    match item {
        Type::Nullable(_) => Some("an item can be null"),
        Type::Named(id) => {
            let is_union = types.get(id.0).is_some_and(|def| !def.variants().is_empty());
            is_union.then_some("an item is a union, which has no fields of its own")
        }
        _ => Some("an item is not an object"),
    }
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

    /// Creates the diagnostic of a cursor whose parameter has another type.
    fn other_type(&self, name: &Spanned<String>, path: &Spanned<String>) -> Diagnostic {
        let message = format!(
            "the type of the parameter `{}` differs from the type at the path `{}`",
            name.value, path.value
        );
        Diagnostic::error(Code::PaginationPath, self.place.span, message)
            .label("the cursor has another type")
            .note(name.span, "the parameter is named here")
            .note(path.span, "the path is given here")
            .help("declare the same type for both")
    }

    /// Returns the type of the items.
    fn item(&self, written: Option<&str>, path: &[String]) -> Option<&'t Type> {
        let list = match (written, &self.operation.response) {
            (Some(written), _) if !path.is_empty() => self.lead(written).ok()?,
            (_, Response::Type(Type::Nullable(list))) => list,
            (_, Response::Type(list)) => list,
            _ => return None,
        };
        list.item()
    }

    fn lead(&self, path: &str) -> Result<&'t Type, String> {
        let fields = match &self.operation.response {
            Response::Type(ty) if ty.is_unparsed(self.types) => return Ok(ty),
            Response::Object(object) => object.fields.as_slice(),
            Response::Type(ty) => self.fields_of(ty),
            Response::ByStatus(_) => {
                return Err("an operation with several statuses cannot be paginated".to_owned());
            }
            Response::Empty => &[],
        };
        self.lead_from(fields, "the response".to_owned(), path)
    }

    fn lead_from(&self, mut fields: &'t [Field], mut walked: String, path: &str) -> Result<&'t Type, String> {
        let mut reached = None;
        for segment in path.split('.') {
            let Some(field) = found(fields, segment) else {
                if fields.iter().any(|field| field.wire == segment) {
                    return Err(format!("`{segment}` is write-only, so responses do not contain it"));
                }
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
