//! Parameters of an operation: values of the caller and fixed values, with their locations in the request.

use super::content_type::ContentType;
use super::described::Described;
use super::headers::{Headers, is_token};
use super::http::HttpLine;
use super::references::{optional_name, unknown};
use super::resolver::Resolver;
use super::types::WireNames;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, AuthScheme, Field, FixedParam, FixedValue, Param, ParamLocation, ResourceId};
use crate::syntax::{FieldDecl, FixedDecl, OperationDecl, ParamDecl, Spanned};

/// The values of a request.
#[derive(Default)]
pub(super) struct Params {
    pub given: Vec<Param>,
    pub fixed: Vec<FixedParam>,
}

impl Params {
    /// Returns the locations of all values.
    pub(super) fn locations(&self) -> impl Iterator<Item = ParamLocation> {
        let given = self.given.iter().map(|param| param.location);
        given.chain(self.fixed.iter().map(|fixed| fixed.location))
    }
}

/// The declaration of a request, with its resolved parts.
#[derive(Clone, Copy)]
pub(super) struct RequestDecl<'s, 'r> {
    pub http: &'r HttpLine,
    pub content_type: &'r ContentType,
    pub decl: &'s OperationDecl,
}

impl<'s> Resolver<'s> {
    pub(super) fn params(
        &mut self,
        api: &Api,
        resource: ResourceId,
        request: RequestDecl<'s, '_>,
        auth: &[AuthScheme],
    ) -> Params {
        let RequestDecl { http, content_type, decl } = request;
        let operation = decl;
        let mut params = Params::default();
        let mut taken = WireNames::new(auth);
        let mut headers = Headers::new(api, decl, auth);
        self.claim_options(&mut headers, api, decl);
        for flag in &http.tail.flags {
            let name = Spanned::new(http.tail_span, flag.clone());
            let location = ParamLocation::Query;
            self.claim_key(&mut taken, (location.as_str(), flag), &name, name.span);
            let (wire, span) = (flag.clone(), name.span);
            params.fixed.push(FixedParam { wire, location, value: FixedValue::Flag, optional: false, span });
        }
        for (name, decl) in decl.params.all() {
            let Some(decl) = decl.filter(|decl| self.is_defined_param(name, decl)) else {
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
            let described = Described { api, http, content_type, name, decl, typed };
            if let Some(fixed) = self.fixed(described, &declared) {
                match fixed.location {
                    ParamLocation::Header => self.header_param(&mut headers, name, decl, &fixed.wire),
                    location => {
                        self.check_cookie(&mut headers, described, &fixed.wire, location);
                        self.claim_key(&mut taken, (location.as_str(), &fixed.wire), name, name.span);
                    }
                }
                params.fixed.push(fixed);
            } else if let Some(typed) = &typed {
                let field = self.field("the parameter", scope_of(resource, decl), name, decl, typed);
                let param = self.param(described, field);
                match param.location {
                    ParamLocation::Header => self.header_param(&mut headers, name, decl, &param.field.wire),
                    // A second bearer token has a diagnostic of its own.
                    ParamLocation::Bearer
                        if params.given.iter().any(|given| given.location == ParamLocation::Bearer) => {}
                    ParamLocation::Bearer => self.claim_header(&mut headers, "authorization", described.at()),
                    location => {
                        self.check_cookie(&mut headers, described, &param.field.wire, location);
                        self.claim_keys(&mut taken, api, &param, name);
                    }
                }
                self.check_one_token(&params, described, &param);
                params.given.push(param);
            }
        }
        self.check_placeholders(http, operation, &params);
        self.check_one_body(&params);
        params
    }

    /// Checks the shared parameters, which operations can leave unused.
    pub(super) fn shared_params(&mut self) {
        let syntax = self.syntax;
        for (name, decl) in syntax.decl.params.iter() {
            if let ParamDecl::Typed(typed) = decl.as_param() {
                drop(self.field("the parameter", None, name, decl, &typed));
            }
        }
    }

    /// Whether a parameter is none of the shared ones, or is defined among them. Reports an undefined one.
    fn is_defined_param(&mut self, name: &Spanned<String>, decl: &FieldDecl) -> bool {
        let Some(span) = decl.shared() else { return true };
        let shared = &self.syntax.decl.params;
        // A parameter that could not be read is still known.
        if !shared.keys().any(|known| known.value == name.value) && !self.may_be_in_api(shared) {
            let known = shared.keys().map(|known| known.value.as_str());
            let name = Spanned::new(span, name.value.clone());
            self.report(unknown(Code::UnknownSharedParam, "shared parameter", &name, known, "`params`"));
        }
        false
    }

    /// Checks the parameters of an operation whose request line is invalid.
    pub(super) fn check_params_alone(&mut self, api: &Api, resource: ResourceId, decl: &'s OperationDecl) {
        for (name, decl) in decl.params.iter() {
            if !self.is_defined_param(name, decl) {
                continue;
            }
            match decl.as_param() {
                ParamDecl::Credential(FixedDecl { value: from, .. }) => {
                    let credential = Spanned::new(from.span, optional_name(from).0.to_owned());
                    self.credential(&credential, &api.credentials);
                }
                ParamDecl::Constant(constant) => drop(self.constant(name, decl, &constant)),
                ParamDecl::Typed(typed) => {
                    drop(self.field("the parameter", scope_of(resource, decl), name, decl, &typed))
                }
            }
        }
    }

    /// Registers a cookie, and reports a name that a cookie cannot have.
    fn check_cookie(
        &mut self,
        headers: &mut Headers,
        described: Described<'_>,
        wire: &str,
        location: ParamLocation,
    ) {
        if location != ParamLocation::Cookie {
            return;
        }
        let span = described.decl.wire_name.as_ref().map_or(described.name.span, |wire| wire.span);
        self.claim_cookie(headers, span);
        if is_token(wire) {
            return;
        }
        let message = format!("`{wire}` is not a valid name of a cookie");
        let problem = Diagnostic::error(Code::InvalidValue, span, message);
        self.report(problem.label("letters, digits and `-._` are expected"));
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
        let ty = if location == ParamLocation::Part { field.ty.in_part() } else { field.ty };
        let field = Field { ty, ..field };
        Param { field, location, style, flatten }
    }
}

/// Returns the resource whose names the type of a parameter can use.
fn scope_of(resource: ResourceId, decl: &FieldDecl) -> Option<ResourceId> {
    (!decl.is_shared).then_some(resource)
}
