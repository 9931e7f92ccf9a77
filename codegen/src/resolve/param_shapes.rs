//! The values that each location of a parameter supports.

use super::described::Described;
use super::resolver::Resolver;
use super::scalars::ONE_TEXT;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::model::{BodyEncoding, Field, Forms, Method, ParamLocation, ParamStyle, Type};
use crate::syntax::{Spanned, StyleDecl};

/// Returns the name of a location in a sentence.
pub(super) fn location_name(location: ParamLocation) -> &'static str {
    match location {
        ParamLocation::Bearer => "`authorization` header",
        ParamLocation::WholeBody => "whole body",
        ParamLocation::Part => "multipart form",
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
        let encoding = described.content_type.encoding();
        let is_json = location.is_body() && matches!(encoding, BodyEncoding::Json | BodyEncoding::Unparsed);
        if !is_json && field.nullable && !described.flattens() {
            let message = format!("null cannot be sent in the {}", location_name(location));
            self.report(
                Diagnostic::error(Code::MisplacedParam, span, message)
                    .label("nullable")
                    .help("remove `| null`"),
            );
        }
    }

    /// Reports a body parameter and a header of a URL, which has neither, and a body parameter of a TRACE request.
    pub(super) fn check_location(&mut self, described: Described<'_>, location: ParamLocation) {
        let (message, label) = match location {
            ParamLocation::Body | ParamLocation::WholeBody if described.http.method == Method::Trace => {
                ("a TRACE request has no body", "a parameter in the body")
            }
            _ if !described.http.builds_url => return,
            ParamLocation::Body | ParamLocation::Form | ParamLocation::Part | ParamLocation::WholeBody => {
                ("a URL has no body", "a parameter in the body")
            }
            ParamLocation::Header | ParamLocation::Cookie | ParamLocation::Bearer => {
                ("a URL has no headers", "a parameter in a header")
            }
            ParamLocation::Path | ParamLocation::Query => return,
        };
        self.report(Diagnostic::error(Code::MisplacedParam, described.at(), message).label(label));
    }

    /// Checks that the location supports the type, and returns the notation of a value that is not a single text.
    pub(super) fn check_shape(
        &mut self,
        described: Described<'_>,
        field: &Field,
        location: ParamLocation,
    ) -> Option<ParamStyle> {
        let types = &described.api.types;
        let written = described.written();
        if location == ParamLocation::Bearer {
            self.check_token(written, &field.ty);
        }
        if field.ty.is_unparsed(types) || field.ty.contains_unparsed() {
            return None;
        }
        let style = described.typed.and_then(|typed| typed.style);
        if location.is_body() && !self.check_body(described, field, location) {
            return None;
        }
        if matches!(location, ParamLocation::Body | ParamLocation::WholeBody | ParamLocation::Bearer) {
            let message = format!("`style` has no effect in the {}", location_name(location));
            style.inspect(|style| self.misplaced_style(style, message, "not allowed here"));
            return None;
        }
        if field.ty.contains_binary() && location == ParamLocation::Part {
            return self.check_files(described, matches!(field.ty, Type::List(_)));
        }
        if field.ty.contains_binary() {
            let message = format!("`{}` cannot be sent in the {}", written.value, location_name(location));
            let problem = Diagnostic::error(Code::MisplacedParam, written.span, message);
            self.report(problem.label(ONE_TEXT).help("send it in the body"));
            return None;
        }
        let forms = Forms::of(&field.ty, types);
        let Some(style) = style else {
            // Objects are JSON in parts of their own.
            if location == ParamLocation::Part && (forms.keys || forms.any) {
                return Some(ParamStyle::Json);
            }
            if forms.is_several() {
                self.missing_style(described, forms, location);
            }
            return None;
        };
        self.check_style(described, forms, location, style)
    }

    /// Checks the style of files, which have one part each.
    fn check_files(&mut self, described: Described<'_>, is_list: bool) -> Option<ParamStyle> {
        let style = described.typed.and_then(|typed| typed.style);
        let Some(style) = style else {
            if is_list {
                let message = "a list in the multipart form needs a `style`";
                let problem = Diagnostic::error(Code::MisplacedParam, described.written().span, message);
                self.report_missing(
                    described.name.span,
                    problem.label("missing `style`").help("add `style: repeat` for parts of the name, or `brackets` for parts of the name with `[]`"),
                );
            }
            return None;
        };
        match (is_list, param_style(style.value)) {
            (true, style @ (ParamStyle::Repeat | ParamStyle::Brackets)) => return Some(style),
            (true, _) => {
                let message = "each file is a part".to_owned();
                self.misplaced_style(style, message, "expected `repeat` or `brackets`");
            }
            (false, _) => {
                let message = "`style` is for lists, maps and objects".to_owned();
                self.misplaced_style(style, message, "not allowed for a file");
            }
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

    /// Reports a list, a map or an object without its notation.
    fn missing_style(&mut self, described: Described<'_>, forms: Forms, location: ParamLocation) {
        let written = described.written();
        if location.styles().is_empty() {
            let message = format!("`{}` cannot be sent in the {}", written.value, location_name(location));
            let problem = Diagnostic::error(Code::MisplacedParam, written.span, message);
            return self.report(problem.label(ONE_TEXT));
        }
        let what = match forms {
            Forms { keys: false, .. } => "a list",
            Forms { list: false, .. } => "a map or an object",
            _ => "a value of several forms",
        };
        let code = if location == ParamLocation::Path { Code::PathParamType } else { Code::MisplacedParam };
        let message = format!("{what} in the {} needs a `style`", location_name(location));
        let problem = Diagnostic::error(code, written.span, message).label("missing `style`");
        self.report_missing(described.name.span, problem.help(advice(forms, location)));
    }

    /// Checks that the style is one of the location and supports the type.
    fn check_style(
        &mut self,
        described: Described<'_>,
        forms: Forms,
        location: ParamLocation,
        decl: &Spanned<StyleDecl>,
    ) -> Option<ParamStyle> {
        let style = param_style(decl.value);
        let place = location_name(location);
        if !location.styles().contains(&style) {
            let message = format!("`style: {}` is not a notation of the {place}", style.as_str());
            let label = match location.styles() {
                [] => format!("a {place} contains only single texts"),
                styles => format!("expected one of {}", quoted(styles.iter().map(|style| style.as_str()))),
            };
            self.misplaced_style(decl, message, &label);
            return None;
        }
        if style == ParamStyle::Json {
            return Some(style);
        }
        let is_prefix = matches!(style, ParamStyle::Label | ParamStyle::Matrix);
        if !forms.is_several() && !forms.any && !is_prefix {
            let message = "`style` is for lists, maps and objects".to_owned();
            self.misplaced_style(decl, message, "not allowed for a single text");
            return None;
        }
        let written = described.written();
        let separator = style.separator();
        if let Some(null) = forms.null {
            let message = format!("null cannot be sent in the {place}");
            let problem = Diagnostic::error(Code::MisplacedParam, written.span, message);
            let problem = problem.label("contains a null").help("remove `| null`, or write `style: json`");
            self.report(null.into_iter().fold(problem, |problem, at| problem.note(at, "nullable")));
        } else if forms.nested && separator.is_some() {
            let message = format!("`style: {}` is for lists and maps of single texts", style.as_str());
            let others = location.styles().iter().filter(|style| style.separator().is_none());
            let label = format!("expected one of {}", quoted(others.map(|style| style.as_str())));
            self.report(
                Diagnostic::error(Code::MisplacedParam, decl.span, message)
                    .label(label)
                    .note(written.span, "a list, map or object is inside of another"),
            );
        } else if style == ParamStyle::Repeat && forms.keys && !forms.list && !forms.list_in_keys {
            let message = "a map has a key for each value".to_owned();
            self.misplaced_style(decl, message, "expected `brackets`, for `name[key]=value`");
        }
        Some(style)
    }

    fn misplaced_style(&mut self, style: &Spanned<StyleDecl>, message: String, label: &str) {
        self.report(Diagnostic::error(Code::MisplacedParam, style.span, message).label(label));
    }
}

/// Returns the advice for a missing style.
fn advice(forms: Forms, location: ParamLocation) -> &'static str {
    match (location, forms) {
        (ParamLocation::Path, Forms { nested: true, .. }) => "add `style: json`",
        (ParamLocation::Path, Forms { keys: true, .. }) => "add `style: comma` for `key,value`, or `json`",
        (ParamLocation::Path, _) => {
            "add `style: comma` for `a,b`, `label` for `.a.b`, or `matrix` for `;name=a,b`"
        }
        (ParamLocation::Header, Forms { nested: true, .. }) => "add `style: json`",
        (ParamLocation::Header, Forms { keys: true, .. }) => "add `style: comma` for `key,value`, or `json`",
        (ParamLocation::Header, _) => "add `style: comma` for `a,b`, or `json`",
        (ParamLocation::Part, _) => {
            "add `style: json` for JSON in one part, `repeat` for parts of the name, or `brackets`"
        }
        (_, Forms { nested: true, .. }) => {
            "add `style: brackets` for `name[key][inner]=value`, or `json` for the value as JSON"
        }
        (_, Forms { keys: true, list: true, .. }) => "add `style: brackets`, or `json` for the value as JSON",
        (_, Forms { keys: true, .. }) => {
            "add `style: brackets` for `name[key]=value`, `comma` for `name=key,value`, or `json`; the keys of an object are parameters with `flatten: true`"
        }
        _ => {
            "add `style: comma` for `name=a,b`, `repeat` for `name=a&name=b`, `space`, `pipe`, or `brackets` for `name[]=a`"
        }
    }
}

fn param_style(decl: StyleDecl) -> ParamStyle {
    match decl {
        StyleDecl::Comma => ParamStyle::Comma,
        StyleDecl::Repeat => ParamStyle::Repeat,
        StyleDecl::Space => ParamStyle::Space,
        StyleDecl::Pipe => ParamStyle::Pipe,
        StyleDecl::Brackets => ParamStyle::Brackets,
        StyleDecl::Label => ParamStyle::Label,
        StyleDecl::Matrix => ParamStyle::Matrix,
        StyleDecl::Json => ParamStyle::Json,
    }
}
