//! A parameter of a request with its declaration.

use super::content_type::ContentType;
use super::http::HttpLine;
use crate::model::{Api, BodyEncoding, ParamLocation};
use crate::source::Span;
use crate::syntax::{FieldDecl, ParamLocationDecl, Spanned, TypedDecl};

/// A described parameter, with the request that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Described<'d> {
    pub api: &'d Api,
    pub http: &'d HttpLine,
    pub content_type: &'d ContentType,
    pub name: &'d Spanned<String>,
    pub decl: &'d FieldDecl,
    /// The type and its details. Missing for a constant and a credential.
    pub typed: Option<TypedDecl<'d>>,
}

impl Described<'_> {
    /// Returns the span for a problem with the location of the parameter.
    pub(super) fn at(&self) -> Span {
        self.decl.location.as_ref().map_or(self.name.span, |location| location.span)
    }

    /// Returns the span for a problem with the type of the parameter.
    pub(super) fn written(&self) -> &Spanned<String> {
        self.typed.and_then(|typed| typed.ty.written()).unwrap_or(self.name)
    }

    pub(super) fn flattens(&self) -> bool {
        self.typed.and_then(|typed| typed.flatten).is_some_and(|flatten| flatten.value)
    }

    pub(super) fn location(&self, wire: &str) -> ParamLocation {
        let in_body = match self.content_type.encoding() {
            BodyEncoding::Form => ParamLocation::Form,
            BodyEncoding::Multipart => ParamLocation::Part,
            BodyEncoding::Json | BodyEncoding::Raw | BodyEncoding::Unparsed => ParamLocation::Body,
        };
        match self.decl.location.as_ref().map(|location| location.value) {
            Some(ParamLocationDecl::Path) => ParamLocation::Path,
            Some(ParamLocationDecl::Query) => ParamLocation::Query,
            Some(ParamLocationDecl::Header) => ParamLocation::Header,
            Some(ParamLocationDecl::Cookie) => ParamLocation::Cookie,
            Some(ParamLocationDecl::Body) => in_body,
            Some(ParamLocationDecl::WholeBody) => ParamLocation::WholeBody,
            Some(ParamLocationDecl::Bearer) => ParamLocation::Bearer,
            None if self.http.placeholders.iter().any(|(name, _)| name == wire) => ParamLocation::Path,
            None if self.http.method.has_body() => in_body,
            None => ParamLocation::Query,
        }
    }
}
