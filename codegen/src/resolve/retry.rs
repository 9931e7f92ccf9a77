//! Resolution of `retry` in `api.yaml`, and of the idempotency key of operations.

use super::references::unknown;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Operation, Retry};
use crate::syntax::{OperationDecl, Spanned};

impl Resolver<'_> {
    pub(super) fn retry(&mut self) -> Retry {
        let Some(decl) = &self.syntax.decl.retry else { return Retry::default() };
        let mut statuses: Vec<u16> = Vec::new();
        for status in &decl.additional_statuses {
            match self.retry_status(status) {
                Some(found) if statuses.contains(&found) => self.report(
                    Diagnostic::error(
                        Code::DuplicateKey,
                        status.span,
                        format!("the status {found} is given twice"),
                    )
                    .label("given again here")
                    .help("keep one of them"),
                ),
                found => statuses.extend(found),
            }
        }
        let idempotency = decl.idempotency_key.as_ref().and_then(|path| self.option_header_of(path));
        Retry { statuses, idempotency }
    }

    /// Checks that a generated key has a header, and that the operation accepts the header.
    pub(super) fn check_generated_key(&mut self, api: &Api, operation: &Operation, decl: &OperationDecl) {
        let Some(key) = decl.generate_idempotency_key.as_ref().filter(|key| key.value) else { return };
        if operation.builds_url || api.idempotency_header(operation).is_some() {
            return;
        }
        let retry = self.syntax.decl.retry.as_ref();
        let Some(header) = retry.and_then(|retry| retry.idempotency_key.as_ref()) else {
            if !self.syntax.has_api {
                return;
            }
            let message = "the API has no header for idempotency keys";
            return self.report_missing(
                retry.map_or(key.span, |retry| retry.span),
                Diagnostic::error(Code::InvalidValue, key.span, message)
                    .label("the generated key cannot be sent")
                    .help(
                        "name the header in `api.yaml`, such as `retry: { idempotency_key: group.header }`",
                    ),
            );
        };
        // A path without a header is reported at the path.
        if api.retry.idempotency.is_none() {
            return;
        }
        let group = header.split('.').next().unwrap_or_default();
        let message = format!("`{}` does not accept an idempotency key", operation.name);
        self.report_missing(
            operation.span,
            Diagnostic::error(Code::InvalidValue, key.span, message)
                .label("the generated key cannot be sent")
                .help(format!("add `{group}` to the `options` of the operation")),
        );
    }

    fn retry_status(&mut self, status: &Spanned<u64>) -> Option<u16> {
        let found = u16::try_from(status.value).ok().filter(|code| (400..600).contains(code));
        if found.is_none() {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    status.span,
                    format!("{} is not an error status", status.value),
                )
                .label("a number from 400 to 599 is expected"),
            );
        }
        found
    }

    /// Returns the wire name of the header that a path names: `group.header`.
    fn option_header_of(&mut self, path: &Spanned<String>) -> Option<String> {
        let headers = self.syntax.decl.options.iter().flat_map(|(group, decl)| {
            decl.headers.iter().map(move |(name, header)| {
                (format!("{}.{}", group.value, name.value), header.header.value.clone())
            })
        });
        let headers: Vec<(String, String)> = headers.collect();
        let found = headers.iter().find(|(known, _)| *known == path.value);
        if found.is_none() && !self.may_be_unparsed_header(path) {
            let known = headers.iter().map(|(known, _)| known.as_str());
            self.report(unknown(Code::UnknownOption, "header", path, known, "`options`"));
        }
        found.map(|(_, header)| header.clone())
    }

    /// Whether an unknown header can be in an unreadable part of `api.yaml`.
    fn may_be_unparsed_header(&self, path: &Spanned<String>) -> bool {
        let options = &self.syntax.decl.options;
        let (group, header) = path.split_once('.').unwrap_or((path.as_str(), ""));
        let is_unparsed = |key: &Spanned<String>| self.syntax.is_unparsed(key.span);
        let group = options.all().find(|(name, _)| name.value == group);
        self.may_be_in_api(options)
            || group.is_some_and(|(name, decl)| {
                let mut headers = decl.into_iter().flat_map(|decl| decl.headers.keys());
                is_unparsed(name) || headers.any(|name| name.value == header && is_unparsed(name))
            })
    }
}
