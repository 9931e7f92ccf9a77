//! Parameters of an operation: values of the caller and fixed values, with their locations in the request.

use std::collections::BTreeMap;

use super::api::{ONE_WORD, is_scalar, optional_name};
use super::headers::{HeaderSource, Headers};
use super::http::HttpLine;
use super::resolver::Resolver;
use super::types::WireNames;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    Api, Auth, Field, FixedParam, ListStyle, Object, Param, ParamLocation, ResourceId, Shape, Type,
};
use crate::source::Span;
use crate::syntax::{
    FieldDecl, FixedDecl, OperationDecl, ParamDecl, ParamLocationDecl, Spanned, StyleDecl, TypedDecl,
};

/// The values of a request.
#[derive(Default)]
pub(super) struct Params {
    pub given: Vec<Param>,
    pub fixed: Vec<FixedParam>,
}

/// A described parameter, with the request that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Described<'d> {
    pub api: &'d Api,
    pub http: &'d HttpLine,
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
    fn written(&self) -> &Spanned<String> {
        self.typed.and_then(|typed| typed.ty.written()).unwrap_or(self.name)
    }

    fn flattens(&self) -> bool {
        self.typed.and_then(|typed| typed.flatten).is_some_and(|flatten| flatten.value)
    }

    pub(super) fn location(&self, wire: &str) -> ParamLocation {
        match self.decl.location.as_ref().map(|location| location.value) {
            Some(ParamLocationDecl::Path) => ParamLocation::Path,
            Some(ParamLocationDecl::Query) => ParamLocation::Query,
            Some(ParamLocationDecl::Header) => ParamLocation::Header,
            Some(ParamLocationDecl::Body) => ParamLocation::Body,
            Some(ParamLocationDecl::Bearer) => ParamLocation::Bearer,
            None if self.http.placeholders.iter().any(|(name, _)| name == wire) => ParamLocation::Path,
            None if self.http.method.has_body() => ParamLocation::Body,
            None => ParamLocation::Query,
        }
    }
}

impl<'s> Resolver<'s> {
    pub(super) fn params(
        &mut self,
        api: &Api,
        resource: ResourceId,
        http: &HttpLine,
        decl: &'s OperationDecl,
    ) -> Params {
        let mut params = Params::default();
        let mut taken = WireNames::default();
        let mut headers = Headers::new(!matches!(api.auth, Auth::None) && decl.auth.is_none());
        self.claim_options(&mut headers, api, decl);
        for (name, decl) in decl.params.all() {
            let Some(decl) = decl else {
                let field = self.unparsed_field(name);
                params.given.push(Param {
                    field,
                    location: ParamLocation::Body,
                    style: None,
                    flatten: false,
                });
                continue;
            };
            let declared = decl.as_param();
            let typed = match &declared {
                ParamDecl::Typed(typed) => Some(*typed),
                ParamDecl::Constant(_) | ParamDecl::Credential(_) => None,
            };
            let described = Described { api, http, name, decl, typed };
            if let Some(fixed) = self.fixed(described, &declared) {
                let source = match declared {
                    ParamDecl::Constant(_) => HeaderSource::Constant,
                    _ => HeaderSource::Caller,
                };
                match fixed.location {
                    ParamLocation::Header => self.header_param(&mut headers, name, decl, &fixed.wire, source),
                    location => {
                        self.claim_key(&mut taken, (location.as_str(), &fixed.wire), name, name.span);
                    }
                }
                params.fixed.push(fixed);
            } else if let Some(typed) = &typed {
                let field = self.field("the parameter", Some(resource), name, decl, typed);
                let param = self.param(described, field);
                match param.location {
                    ParamLocation::Header => {
                        self.header_param(&mut headers, name, decl, &param.field.wire, HeaderSource::Caller)
                    }
                    // A second bearer token has a diagnostic of its own.
                    ParamLocation::Bearer
                        if params.given.iter().any(|given| given.location == ParamLocation::Bearer) => {}
                    ParamLocation::Bearer => self.claim_header(&mut headers, "authorization", described.at()),
                    _ => self.claim_keys(&mut taken, api, &param, name),
                }
                self.check_one_token(&params, described, &param);
                params.given.push(param);
            }
        }
        self.check_placeholders(http, decl, &params);
        params
    }

    /// Checks the parameters of an operation whose request line is invalid.
    pub(super) fn check_params_alone(&mut self, api: &Api, resource: ResourceId, decl: &'s OperationDecl) {
        for (name, decl) in decl.params.iter() {
            match decl.as_param() {
                ParamDecl::Credential(FixedDecl { value: from, .. }) => {
                    let credential = Spanned::new(from.span, optional_name(from).0.to_owned());
                    self.credential(&credential, &api.credentials);
                }
                ParamDecl::Constant(constant) => drop(self.constant(name, decl, &constant)),
                ParamDecl::Typed(typed) => {
                    drop(self.field("the parameter", Some(resource), name, decl, &typed))
                }
            }
        }
    }

    /// Reports a second bearer token, since a request has at most one.
    fn check_one_token(&mut self, before: &Params, described: Described<'_>, param: &Param) {
        let is_token = |param: &&Param| param.location == ParamLocation::Bearer;
        let Some(first) = before.given.iter().find(is_token).filter(|_| is_token(&param)) else { return };
        self.report(
            Diagnostic::error(Code::MisplacedParam, described.at(), "a request has one bearer token")
                .label("the second")
                .note(first.field.span, "the first"),
        );
    }

    /// Resolves a parameter that the caller passes.
    fn param(&mut self, described: Described<'_>, field: Field) -> Param {
        let location = described.location(&field.wire);
        let flatten = described.flattens();
        // The location of an incomplete parameter is unknown.
        if self.syntax.is_unparsed(described.name.span) {
            return Param { field, location, style: None, flatten };
        }
        self.check_path(described, &field.wire, location);
        self.check_location(described, location);
        self.check_presence(described, &field, location);
        let style = if flatten {
            self.check_flattened(described, &field, location);
            None
        } else {
            self.check_shape(described, &field, location)
        };
        Param { field, location, style, flatten }
    }

    /// Reports an optional or nullable parameter in a location that requires a value.
    fn check_presence(&mut self, described: Described<'_>, field: &Field, location: ParamLocation) {
        let span = described.written().span;
        let is_named = described.http.placeholders.iter().any(|(name, _)| *name == field.wire);
        if location == ParamLocation::Path && is_named && field.optional {
            let message = format!("the path parameter `{}` may be absent", field.name);
            self.report(
                Diagnostic::error(Code::PathParamOptional, span, message)
                    .label("without it there is no path")
                    .help("leave out the `?`, or describe the shorter path as an operation of its own"),
            );
        }
        if location == ParamLocation::Bearer && field.optional {
            let message = format!("the token `{}` may be absent", field.name);
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("without it the request has no credentials")
                    .help("remove the `?`"),
            );
        }
        if location != ParamLocation::Body && field.nullable && !described.flattens() {
            let message = format!("null cannot be sent in the {}", in_words(location));
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("may be null")
                    .help("leave out `| null`"),
            );
        }
    }

    /// Checks that the location supports the type, and returns the serialization of several values.
    fn check_shape(
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
        if field.ty.is_unparsed(types) || field.ty.holds_unparsed() {
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
            let message = format!("`{}` cannot be sent in the {}", written.value, in_words(location));
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

    /// Reports a flattened parameter that is not an object, or whose keys are not single values in a query.
    fn check_flattened(&mut self, described: Described<'_>, field: &Field, location: ParamLocation) {
        let Described { api, decl, .. } = described;
        let written = described.written();
        let of_nothing_else = [
            ("style", described.typed.and_then(|typed| typed.style).map(|it| it.span)),
            ("wire_name", decl.wire_name.as_ref().map(|it| it.span)),
        ];
        for (key, span) in of_nothing_else.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let message = format!("`{key}` has no effect beside `flatten`");
            let problem = Diagnostic::error(Code::InvalidValue, span, message);
            self.report(
                problem.label("only the keys of the object are sent").help(format!("remove `{key}`")),
            );
        }
        let keys = match keys_of(api, &field.ty) {
            Ok(keys) => keys,
            Err(label) => {
                let message = format!("`{}` has no keys to flatten", written.value);
                return self.report(
                    Diagnostic::error(Code::MisplacedParam, written.span, message)
                        .label(label)
                        .help("`flatten` is for types with `fields`, and for unions of such types"),
                );
            }
        };
        let problem = if !matches!(location, ParamLocation::Body | ParamLocation::Query) {
            let message = format!("the keys of an object cannot be sent in the {}", in_words(location));
            Diagnostic::error(Code::MisplacedParam, described.at(), message)
                .label("`flatten` is for the body and the query")
        } else if field.nullable {
            Diagnostic::error(Code::MisplacedParam, written.span, "a null has no keys that could be sent")
                .label("cannot be flattened")
                .help("leave out `| null`; with a `?`, none of the keys is sent")
        } else if let Some(key) =
            keys.iter().find(|key| location == ParamLocation::Query && !is_word(api, key))
        {
            let message =
                format!("the key `{}` of `{}` cannot be sent in the query", key.wire, written.value);
            let null = key.field.is_some_and(|field| field.nullable);
            let label = if null { "may be null".to_owned() } else { ONE_WORD.to_owned() };
            Diagnostic::error(Code::MisplacedParam, written.span, message)
                .label("cannot be flattened")
                .note(key.span, label)
        } else {
            return;
        };
        self.report(problem);
    }

    /// Registers the keys of a parameter, since sibling keys must differ. The keys of two variants of one union never occur
    /// together.
    fn claim_keys(&mut self, taken: &mut WireNames, api: &Api, param: &Param, name: &Spanned<String>) {
        if !param.flatten {
            self.claim_key(taken, (param.location.as_str(), &param.field.wire), name, name.span);
            return;
        }
        if !matches!(param.location, ParamLocation::Body | ParamLocation::Query) {
            return;
        }
        let mut own: BTreeMap<&str, Span> = BTreeMap::new();
        for key in keys_of(api, &param.field.ty).unwrap_or_default() {
            own.entry(key.wire).or_insert(key.span);
        }
        // One duplicate is enough: the other keys are mostly duplicates as well.
        let mut free = true;
        for (wire, span) in own {
            free = free && self.claim_key(taken, (param.location.as_str(), wire), name, span);
        }
    }

    /// Reports a body parameter of a request without a body, and a header of a URL.
    pub(super) fn check_location(&mut self, described: Described<'_>, location: ParamLocation) {
        let method = described.http.method;
        // A DELETE has a body only if the spec explicitly says so.
        let may_have_body = method.has_body() || method == crate::model::Method::Delete;
        let (message, label) = match location {
            ParamLocation::Body if described.http.builds_url => {
                ("a URL has no body".to_owned(), "cannot travel in the body")
            }
            ParamLocation::Body if !may_have_body => {
                (format!("a {} request has no body", method.as_str()), "cannot travel in the body")
            }
            ParamLocation::Header | ParamLocation::Bearer if described.http.builds_url => {
                ("a URL has no headers".to_owned(), "cannot travel in a header")
            }
            _ => return,
        };
        self.report(Diagnostic::error(Code::MisplacedParam, described.at(), message).label(label));
    }

    /// Checks that a parameter is in the path exactly if the path names it.
    pub(super) fn check_path(&mut self, described: Described<'_>, wire: &str, location: ParamLocation) {
        let (http, at) = (described.http, described.at());
        // An unreadable `wire_name` or `in` can change the result.
        if self.syntax.is_unparsed(described.name.span) {
            return;
        }
        let names = http.placeholders.iter().map(|(name, _)| name.as_str());
        let named = names.clone().any(|name| name == wire);
        if location == ParamLocation::Path && !named {
            let problem =
                Diagnostic::error(Code::PathParamUnused, at, format!("`{wire}` is not in the path"));
            self.report(match nearest(wire, names) {
                Some(near) => problem.label(format!("the path has `{{{near}}}`")),
                None => problem
                    .label(format!("the path is `{}`", http.path))
                    .help(format!("leave `in` out, or add `{{{wire}}}` to the path")),
            });
        }
    }

    /// Reports a parameter that is named by a placeholder but is not in the path.
    fn elsewhere(&mut self, placeholder: &str, name: Span, decl: &OperationDecl) {
        let entry = decl.params.iter().find(|(key, _)| key.span == name);
        let at = entry.and_then(|(_, decl)| decl.location.as_ref()).map_or(name, |location| location.span);
        let message = format!("`{placeholder}` is a placeholder of the path and cannot be sent elsewhere");
        self.report(Diagnostic::error(Code::PathParamUnused, at, message).label("leave `in` out"));
    }

    fn check_placeholders(&mut self, http: &HttpLine, decl: &OperationDecl, params: &Params) {
        // A parameter that could not be read can be the missing one.
        if decl.params.keys().any(|key| self.syntax.is_unparsed(key.span)) {
            return;
        }
        for (placeholder, span) in &http.placeholders {
            let given =
                params.given.iter().map(|param| (&param.field.wire, param.location, param.field.span));
            let fixed = params.fixed.iter().map(|fixed| (&fixed.wire, fixed.location, fixed.span));
            let mut named = given.chain(fixed).filter(|(wire, ..)| *wire == placeholder);
            let elsewhere = named
                .clone()
                .next()
                .filter(|_| !named.any(|(_, location, _)| location == ParamLocation::Path));
            match elsewhere {
                Some((.., name)) => self.elsewhere(placeholder, name, decl),
                None if params.describe(placeholder) => {}
                None => self.report(undescribed(placeholder, *span, &params.given)),
            }
        }
    }
}

impl Params {
    /// Whether one of the parameters fills this placeholder of the path.
    fn describe(&self, placeholder: &str) -> bool {
        let fills = |wire: &str, location| wire == placeholder && location == ParamLocation::Path;
        self.given.iter().any(|param| fills(&param.field.wire, param.location))
            || self.fixed.iter().any(|fixed| fills(&fixed.wire, fixed.location))
    }
}

/// A key that is a sibling of other parameters.
struct Key<'a> {
    wire: &'a str,
    /// The field of the key. Missing if its value is always a text.
    field: Option<&'a Field>,
    ty: Option<&'a Type>,
    span: Span,
}

fn is_word(api: &Api, key: &Key<'_>) -> bool {
    key.ty.is_none_or(|ty| is_scalar(ty, &api.types)) && key.field.is_none_or(|field| !field.nullable)
}

/// Returns the keys of values of the type, over all variants.
///
/// Returns a description of the type if its values have no keys.
fn keys_of<'a>(api: &'a Api, ty: &Type) -> Result<Vec<Key<'a>>, String> {
    if ty.is_unparsed(&api.types) {
        return Ok(Vec::new());
    }
    let Type::Named(id) = ty else { return Err("not a named type".to_owned()) };
    let Some(def) = api.types.get(id.0) else { return Ok(Vec::new()) };
    match &def.shape {
        Shape::Object(object) => Ok(keys_of_object(object)),
        Shape::Union(union) => {
            let tag = union.tag.first().map(|tag| Key { wire: tag, field: None, ty: None, span: def.span });
            let mut keys: Vec<Key<'_>> = tag.into_iter().collect();
            for variant in &union.variants {
                match (&variant.key, &variant.ty) {
                    (Some(wire), ty) => {
                        keys.push(Key { wire, field: None, ty: ty.as_ref(), span: variant.span })
                    }
                    (None, Some(ty)) => {
                        let not_an_object =
                            |_| format!("its variant `{}` is not an object", variant.tag_value);
                        keys.extend(keys_of(api, ty).map_err(not_an_object)?);
                    }
                    (None, None) => {}
                }
            }
            Ok(keys)
        }
        Shape::Id { .. } => Err("an id is one word".to_owned()),
        Shape::Enum { .. } => Err("an enum is one word".to_owned()),
    }
}

fn keys_of_object(object: &Object) -> Vec<Key<'_>> {
    let fields = object.fields.iter();
    let fields = fields.map(|field| Key {
        wire: &field.wire,
        field: Some(field),
        ty: Some(&field.ty),
        span: field.span,
    });
    let constants = object.constants.iter();
    let constants = constants.map(|it| Key { wire: &it.wire, field: None, ty: None, span: it.span });
    fields.chain(constants).collect()
}

/// The types of items of a list or a map in a query.
const WORDS: &str = "expected items that are text, numbers, booleans, times, ids or enums";

/// The other types that are allowed in a query.
const IN_QUERY: &str = "a query also takes lists and maps of these, with `style:`, and the keys of an object of these, with `flatten: true`";

fn in_words(location: ParamLocation) -> &'static str {
    match location {
        ParamLocation::Bearer => "`authorization` header",
        location => location.as_str(),
    }
}

fn undescribed(placeholder: &str, span: Span, params: &[Param]) -> Diagnostic {
    let problem = Diagnostic::error(
        Code::PathParamMissing,
        span,
        format!("the path parameter `{placeholder}` is not declared"),
    );
    let free = params
        .iter()
        .filter(|param| param.location != ParamLocation::Path)
        .map(|param| param.field.name.as_str());
    // `{id}` for `user_id` is as likely as a misspelling.
    let longer =
        || free.clone().find(|name| name.strip_suffix(placeholder).is_some_and(|rest| rest.ends_with('_')));
    match nearest(placeholder, free.clone()).or_else(longer) {
        Some(near) => problem.label(format!("did you mean `{{{near}}}`, which is described?")),
        None => problem
            .label("no parameter has this name")
            .help(format!("add `{placeholder}: {{ type: …, doc: … }}` to `params`")),
    }
}
