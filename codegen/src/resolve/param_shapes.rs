//! The values that each location of a parameter supports.

use super::described::Described;
use super::resolver::Resolver;
use super::scalars::{ONE_WORD, is_scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, ListStyle, Method, ParamLocation, Type};
use crate::syntax::{Spanned, StyleDecl};

/// The types of items of a list or a map in a query.
const WORDS: &str = "expected items that are text, numbers, booleans, times, ids or enums";

/// The other types that are allowed in a query.
const IN_QUERY: &str = "a query also takes lists and maps of these, with `style:`, and the keys of an object of these, with `flatten: true`";

/// Returns the name of a location in a sentence.
pub(super) fn location_name(location: ParamLocation) -> &'static str {
    match location {
        ParamLocation::Bearer => "`authorization` header",
        location => location.as_str(),
    }
}

impl Resolver<'_> {
    /// Reports an optional or nullable parameter in a location that requires a value.
    pub(super) fn check_presence(
        &mut self,
        described: Described<'_>,
        field: &Field,
        location: ParamLocation,
    ) {
        let span = described.written().span;
        let is_named = described.http.placeholders.iter().any(|(name, _)| *name == field.wire);
        if location == ParamLocation::Path && is_named && field.optional {
            let message = format!("the path parameter `{}` is optional", field.name);
            self.report(
                Diagnostic::error(Code::PathParamOptional, span, message)
                    .label("the path requires a value")
                    .help("remove the `?`, or describe the shorter path as an operation of its own"),
            );
        }
        if location == ParamLocation::Bearer && field.optional {
            let message = format!("the token `{}` is optional", field.name);
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("the request requires a token")
                    .help("remove the `?`"),
            );
        }
        if location != ParamLocation::Body && field.nullable && !described.flattens() {
            let message = format!("null cannot be sent in the {}", location_name(location));
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("nullable")
                    .help("remove `| null`"),
            );
        }
    }

    /// Reports a body parameter of a request without a body, and a header of a URL.
    pub(super) fn check_location(&mut self, described: Described<'_>, location: ParamLocation) {
        let method = described.http.method;
        // A DELETE has a body only if the spec explicitly says so.
        let may_have_body = method.has_body() || method == Method::Delete;
        let (message, label) = match location {
            ParamLocation::Body if described.http.builds_url => {
                ("a URL has no body".to_owned(), "a parameter in the body")
            }
            ParamLocation::Body if !may_have_body => {
                (format!("a {} request has no body", method.as_str()), "a parameter in the body")
            }
            ParamLocation::Header | ParamLocation::Bearer if described.http.builds_url => {
                ("a URL has no headers".to_owned(), "a parameter in a header")
            }
            _ => return,
        };
        self.report(Diagnostic::error(Code::MisplacedParam, described.at(), message).label(label));
    }

    /// Checks that the location supports the type, and returns the serialization of several values.
    pub(super) fn check_shape(
        &mut self,
        described: Described<'_>,
        field: &Field,
        location: ParamLocation,
    ) -> Option<ListStyle> {
        let types = &described.api.types;
        let written = described.written();
        if location == ParamLocation::Bearer {
            self.check_token(written, &field.ty);
        }
        if field.ty.is_unparsed(types) || field.ty.contains_unparsed() {
            return None;
        }
        let item = match &field.ty {
            Type::List(item) | Type::Map(item) if location == ParamLocation::Query => Some(&**item),
            _ => None,
        };
        if item.is_some_and(|item| is_scalar(item, types)) {
            return self.style(described, matches!(field.ty, Type::Map(_)));
        }
        let is_free = matches!(location, ParamLocation::Body | ParamLocation::Bearer);
        if !is_free && !is_scalar(&field.ty, types) {
            let code =
                if location == ParamLocation::Path { Code::PathParamType } else { Code::MisplacedParam };
            let message = format!("`{}` cannot be sent in the {}", written.value, location_name(location));
            let problem = Diagnostic::error(code, written.span, message);
            self.report(match (location, item) {
                (ParamLocation::Query, Some(_)) => problem.label(WORDS),
                (ParamLocation::Query, None) => problem.label(ONE_WORD).help(IN_QUERY),
                _ => problem.label(ONE_WORD),
            });
        } else if let Some(style) = described.typed.and_then(|typed| typed.style) {
            let message = "`style` is for lists and maps in the query";
            self.report(
                Diagnostic::error(Code::MisplacedParam, style.span, message).label("not allowed here"),
            );
        }
        None
    }

    fn check_token(&mut self, written: &Spanned<String>, ty: &Type) {
        if !matches!(ty, Type::String | Type::Secret | Type::Unparsed) {
            let message = format!("`{}` cannot be a token", written.value);
            self.report(
                Diagnostic::error(Code::MisplacedParam, written.span, message)
                    .label("expected `secret`, or `string` for a public value"),
            );
        }
    }

    fn style(&mut self, described: Described<'_>, map: bool) -> Option<ListStyle> {
        let Some(style) = described.typed.and_then(|typed| typed.style) else {
            let what = if map { "a map" } else { "a list" };
            self.report_missing(
                described.name.span,
                Diagnostic::error(
                    Code::MisplacedParam,
                    described.written().span,
                    format!("{what} in the query needs a `style`"),
                )
                .label("missing `style`")
                .help(if map {
                    "add `style: brackets` for `name[key]=value`"
                } else {
                    "add `style: comma` for `name=a,b`, `repeat` for `name=a&name=b`, `space`, or `brackets` for `name[]=a`"
                }),
            );
            return None;
        };
        if map && style.value != StyleDecl::Brackets {
            self.report(
                Diagnostic::error(Code::MisplacedParam, style.span, "a map has a key for each value")
                    .label("expected `brackets`, for `name[key]=value`"),
            );
        }
        Some(match style.value {
            StyleDecl::Comma => ListStyle::Comma,
            StyleDecl::Repeat => ListStyle::Repeat,
            StyleDecl::Space => ListStyle::Space,
            StyleDecl::Brackets => ListStyle::Brackets,
        })
    }
}
