//! `retry` of `api.yaml`: what a client must know of an API to repeat its calls.

use super::Resolver;
use super::api::unknown;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Retry;
use crate::syntax::{RetryDecl, Spanned};

impl Resolver<'_> {
    pub(super) fn retry(&mut self) -> Retry {
        let Some(written) = &self.syntax.decl.retry else { return Retry::default() };
        let decl = &written.value;
        let statuses = decl.statuses.iter().filter_map(|status| self.retry_status(status)).collect();
        let idempotency = decl.idempotency.as_ref().and_then(|path| self.option_header_of(path));
        self.check_keys(written);
        let makes_keys = decl.make_keys.as_ref().is_some_and(|make| make.value);
        Retry { statuses, idempotency, makes_keys }
    }

    /// A key that is made up has to travel somewhere.
    fn check_keys(&mut self, decl: &Spanned<RetryDecl>) {
        let Some(make) = decl.make_keys.as_ref().filter(|_| decl.idempotency.is_none()) else { return };
        self.report_missing(
            decl.span,
            Diagnostic::error(Code::InvalidValue, make.span, "there is no header for the keys")
                .label("`idempotency` is not given")
                .help("name the header that carries them, such as `idempotency: idempotency.key`"),
        );
    }

    fn retry_status(&mut self, status: &Spanned<u64>) -> Option<u16> {
        let found = u16::try_from(status.value).ok().filter(|code| (400..600).contains(code));
        if found.is_none() {
            self.report(
                Diagnostic::error(
                    Code::InvalidValue,
                    status.span,
                    format!("{} is no status of a failure", status.value),
                )
                .label("a number from 400 to 599 is expected"),
            );
        }
        found
    }

    /// The wire name of a header that a path names: `group.header`.
    fn option_header_of(&mut self, path: &Spanned<String>) -> Option<String> {
        let headers = self.syntax.decl.options.iter().flat_map(|(group, decl)| {
            decl.headers.iter().map(move |(name, header)| {
                (format!("{}.{}", group.value, name.value), header.header.value.clone())
            })
        });
        let headers: Vec<(String, String)> = headers.collect();
        let found = headers.iter().find(|(known, _)| *known == path.value);
        if found.is_none() && !self.may_be_unread_header(path) {
            let known = headers.iter().map(|(known, _)| known.as_str());
            self.report(unknown(Code::UnknownOption, "header", path, known, "`options`"));
        }
        found.map(|(_, header)| header.clone())
    }

    /// Whether a header that is not found may stand in a part of `api.yaml` that could not be read.
    fn may_be_unread_header(&self, path: &Spanned<String>) -> bool {
        let options = &self.syntax.decl.options;
        let (group, header) = path.split_once('.').unwrap_or((path.as_str(), ""));
        let is_unread = |key: &Spanned<String>| self.syntax.is_unread(key.span);
        let group = options.all().find(|(name, _)| name.value == group);
        self.may_be_in_api(options)
            || group.is_some_and(|(name, decl)| {
                let mut headers = decl.into_iter().flat_map(|decl| decl.headers.keys());
                is_unread(name) || headers.any(|name| name.value == header && is_unread(name))
            })
    }
}
