//! References to the names that `api.yaml` defines.

use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::syntax::Spanned;

/// Returns the name of a credential, and whether a `?` marks it as one that a client can lack.
pub(super) fn optional_name(from: &Spanned<String>) -> (&str, bool) {
    match from.value.strip_suffix('?') {
        Some(name) => (name.trim_end(), true),
        None => (&from.value, false),
    }
}

/// Reports a name that `api.yaml` does not define.
pub(super) fn unknown<'a>(
    code: Code,
    what: &str,
    name: &Spanned<String>,
    known: impl Iterator<Item = &'a str> + Clone,
    place: &str,
) -> Diagnostic {
    let problem = Diagnostic::error(code, name.span, format!("undefined {what} `{}`", name.value));
    let list = quoted(known.clone());
    let help = if list.is_empty() {
        format!("define it in `api.yaml` under {place}")
    } else {
        format!("`api.yaml` defines {list} under {place}")
    };
    match nearest(&name.value, known) {
        Some(near) => problem.label(format!("did you mean `{near}`?")).help(help),
        None => problem.label("not defined").help(help),
    }
}
