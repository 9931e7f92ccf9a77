//! Resolution of the `errors` of `api.yaml`, and checks of error bodies against them.

use std::collections::BTreeSet;

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Api, EnumValue, Errors, Shape, TypeDef, Variant};
use crate::source::Span;
use crate::syntax::{EnumDecl, Paths, Spanned};

impl Resolver<'_> {
    pub(super) fn errors(&mut self) -> Errors {
        let Some(written) = &self.syntax.decl.errors else { return Errors::default() };
        let decl = &written.value;
        let paths = |paths: &Option<Paths>| paths.as_ref().map(Paths::to_vec).unwrap_or_default();
        let codes =
            decl.codes.as_ref().map(|codes| self.error_codes(written.span, codes, decl.code.is_some()));
        Errors {
            code: paths(&decl.code),
            codes: codes.unwrap_or_default(),
            message: paths(&decl.message),
            url: paths(&decl.url),
            details: paths(&decl.details),
            request_id: paths(&decl.request_id),
        }
    }

    fn error_codes(&mut self, errors: Span, decl: &Spanned<EnumDecl>, has_place: bool) -> Vec<EnumValue> {
        let decls = &decl.value.values;
        let first = decls.keys().next().map_or(decl.span, |code| code.span);
        if decls.is_empty() {
            let problem = Diagnostic::error(Code::InvalidValue, first, "`codes` has no code");
            self.report(problem.label("no codes").help("list the known codes, or remove `codes`"));
        }
        if !has_place {
            let problem = Diagnostic::error(Code::MissingKey, first, "the key `code` is missing");
            let problem = problem.label("`code` is missing");
            let problem = problem.help("give the dotted path as `code`, beside `codes`");
            self.report_missing(errors, problem);
        }
        self.enum_values(decls, &BTreeSet::new())
    }

    /// Reports variants of error bodies whose error code is not among the known codes.
    pub(super) fn check_error_bodies(&mut self, api: &Api) {
        if api.errors.codes.is_empty() {
            return;
        }
        let bodies: BTreeSet<_> = api.operations.iter().flat_map(|operation| &operation.errors).collect();
        for def in bodies.into_iter().filter_map(|id| api.types.get(id.0)) {
            let unknown =
                variants_by_code(api, def).iter().filter(|variant| !is_code(api, &variant.tag_value));
            unknown.for_each(|variant| self.report(unknown_code(api, def, variant)));
        }
    }
}

/// Returns the variants that the error code selects, or nothing if another field selects them.
fn variants_by_code<'t>(api: &Api, def: &'t TypeDef) -> &'t [Variant] {
    match &def.shape {
        Shape::Union(union) if union.tag.iter().any(|tag| api.errors.code.contains(tag)) => &union.variants,
        _ => &[],
    }
}

fn is_code(api: &Api, word: &str) -> bool {
    api.errors.codes.iter().any(|code| code.wire == word)
}

fn unknown_code(api: &Api, def: &TypeDef, variant: &Variant) -> Diagnostic {
    let message = format!("`{}` of `{}` is not among the error codes", variant.tag_value, def.name);
    let problem = Diagnostic::error(Code::UnknownErrorCode, variant.span, message)
        .help("list it in `api.yaml` under `codes` of `errors`, so that users find it there too");
    match nearest(&variant.tag_value, api.errors.codes.iter().map(|code| code.wire.as_str())) {
        Some(near) => problem.label(format!("did you mean `{near}`?")),
        None => problem.label("an error code"),
    }
}
