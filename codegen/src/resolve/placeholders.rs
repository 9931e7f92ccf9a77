//! The placeholders of a path and the parameters that fill them.

use super::described::Described;
use super::http::HttpLine;
use super::params::Params;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{Param, ParamLocation};
use crate::source::Span;
use crate::syntax::OperationDecl;

impl Resolver<'_> {
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
                    .help(format!("remove `in`, or add `{{{wire}}}` to the path")),
            });
        }
    }

    /// Reports a parameter that is named by a placeholder but is not in the path.
    fn elsewhere(&mut self, placeholder: &str, name: Span, decl: &OperationDecl) {
        let entry = decl.params.iter().find(|(key, _)| key.span == name);
        let at = entry.and_then(|(_, decl)| decl.location.as_ref()).map_or(name, |location| location.span);
        let message = format!("`{placeholder}` is a placeholder of the path, and is sent in the path only");
        self.report(
            Diagnostic::error(Code::PathParamUnused, at, message)
                .label("sends the parameter elsewhere")
                .help("remove `in`"),
        );
    }

    pub(super) fn check_placeholders(&mut self, http: &HttpLine, decl: &OperationDecl, params: &Params) {
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
        Some(near) => problem.label(format!("did you mean `{{{near}}}`, which is declared?")),
        None => problem
            .label("no parameter has this name")
            .help(format!("add `{placeholder}: {{ type: …, doc: … }}` to `params`")),
    }
}
