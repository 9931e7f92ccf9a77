//! Explanations of YAML syntax errors, derived from the text at the failure.
//!
//! The parser reports its position. Its messages and error kinds are ignored: they describe the state of the parser, and led
//! to wrong advice.

mod failure;
mod scan;
mod context;
mod block;
mod text;
mod quotes;
mod flow;

use super::lines::floor;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use context::Context;
use scan::Scan;

pub(super) use block::tabs;
pub(super) use context::{Extent, Fault};
pub(super) use failure::{Failure, Frame};

/// Explains a failure.
pub(super) fn explain(text: &str, file: usize, failure: &Failure) -> Fault {
    let at = floor(text, failure.at);
    let scan = Scan::new(text, failure, at);
    let context = Context { text, file, at, last: failure.last, frames: &failure.frames, scan };
    let checks: [fn(&Context<'_>) -> Option<Fault>; 9] = [
        text::directive,
        block::tab,
        text::invisible,
        quotes::quoted,
        text::first_character,
        flow::flow,
        text::behind,
        text::colon,
        block::line,
    ];
    checks.iter().find_map(|check| check(&context)).unwrap_or_else(|| context.unknown())
}

/// Returns the error for a feature of YAML that the language excludes.
pub(super) fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::UnsupportedYaml, span, format!("{what} is not part of the description language"))
        .label("not supported here")
}
