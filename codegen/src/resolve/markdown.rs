//! The rules for docs: every code block ends, every line is shown, and every reference has a target.

use std::collections::BTreeSet;
use std::ops::Range;

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::doc_text;
use crate::syntax::Spanned;

impl<'s> Resolver<'s> {
    /// Checks the Markdown of a doc. Its file determines the resource from which references are resolved.
    ///
    /// References are checked if `is_complete`: all names are known.
    pub(super) fn check_markdown(&mut self, text: &Spanned<String>, is_complete: bool) {
        let found = doc_text::check(text);
        if let Some(fence) = found.unclosed {
            self.report(
                Diagnostic::error(
                    Code::UnclosedCodeBlock,
                    text.part(fence.start, fence.len()),
                    "a code block in the doc does not end",
                )
                .label("the block begins here")
                .help("close it with the same marks on a line of their own"),
            );
        }
        for label in found.hidden {
            self.report(hidden_line(text, label));
        }
        if !is_complete {
            return;
        }
        let home = self.syntax.resources.iter().position(|resource| resource.span.file == text.span.file);
        let names: Vec<Vec<&str>> =
            around(self.syntax.resources.get(home.unwrap_or(usize::MAX)).map(|home| home.path.as_slice()));
        for (at, name) in found.references {
            if !names.iter().any(|base| self.is_defined(base, &name)) {
                let near = self.near_name(&names, &name);
                self.report(dead_reference(text, at, &name, near));
            }
        }
    }

    /// Whether the files of all names could be read. Otherwise, a reference can have a target that is not known.
    pub(super) fn knows_all_names(&self) -> bool {
        let mut resources = self.syntax.resources.iter();
        !resources.any(|resource| self.syntax.is_unparsed(resource.span)) && !self.lacks_a_parent()
    }

    /// Whether a resource is described and its parent is not.
    fn lacks_a_parent(&self) -> bool {
        let resources = &self.syntax.resources;
        resources.iter().any(|resource| match resource.path.split_last() {
            Some((_, parent)) if !parent.is_empty() => !resources.iter().any(|other| other.path == parent),
            _ => false,
        })
    }

    /// Whether a name refers to a resource, a type or an operation, seen from a resource.
    fn is_defined(&self, base: &[&str], name: &str) -> bool {
        let path: Vec<&str> = base.iter().copied().chain(name.split('.')).collect();
        let Some((last, home)) = path.split_last() else { return false };
        self.syntax.resources.iter().any(|resource| {
            let declares = || {
                let decl = &resource.decl;
                decl.types.keys().chain(decl.operations.keys()).any(|key| key.value == *last)
            };
            resource.path.iter().eq(path.iter()) || (resource.path.iter().eq(home.iter()) && declares())
        })
    }

    /// Returns the most likely intended name, relative to the resource or as a full path.
    fn near_name(&self, bases: &[Vec<&str>], name: &str) -> Option<String> {
        let mut known = Vec::new();
        for resource in &self.syntax.resources {
            let path = resource.path.join(".");
            let decl = &resource.decl;
            for key in decl.types.keys().chain(decl.operations.keys()) {
                if bases.iter().any(|base| resource.path.iter().eq(base.iter())) {
                    known.push(key.value.clone());
                }
                known.push(format!("{path}.{}", key.value));
            }
            known.push(path);
        }
        nearest(name, known.iter().map(String::as_str)).map(str::to_owned)
    }
}

/// Removes references to types that are already reported as missing.
pub(super) fn drop_follow_ups(problems: &mut Vec<Diagnostic>) {
    let named = |problem: &Diagnostic| problem.message.split('`').nth(1).map(str::to_owned);
    let missing: BTreeSet<String> =
        problems.iter().filter(|problem| problem.code == Code::UnknownType).filter_map(named).collect();
    problems.retain(|problem| {
        let name = named(problem).unwrap_or_default();
        let last = name.trim_matches(['[', ']']).rsplit('.').next();
        problem.code != Code::DeadReference || !last.is_some_and(|last| missing.contains(last))
    });
}

fn hidden_line(text: &Spanned<String>, label: Range<usize>) -> Diagnostic {
    let name = text.get(label.clone()).unwrap_or_default().to_owned();
    let message = format!("the line `{name}: …` in the doc is not shown");
    Diagnostic::error(Code::HiddenLine, text.part(label.start, label.len()), message)
        .label("Markdown reads this line as a link definition")
        .help(format!("write `\\{name}: …` to show the brackets, or give the link a URL"))
}

fn dead_reference(text: &Spanned<String>, at: usize, name: &str, near: Option<String>) -> Diagnostic {
    let message = format!("the reference `[{name}]` does not resolve");
    let problem = Diagnostic::error(Code::DeadReference, text.part(at, name.len()), message)
        .help(format!("name a type, an operation or a resource, or write `\\[{name}]` for text in brackets"));
    match near {
        Some(near) => problem.label(format!("did you mean `{near}`?")),
        None => problem.label("no type, operation or resource of this name"),
    }
}

/// Returns the paths of a resource and its ancestors, innermost first. The last one is the root.
fn around(path: Option<&[String]>) -> Vec<Vec<&str>> {
    let path: Vec<&str> = path.unwrap_or_default().iter().map(String::as_str).collect();
    (0..=path.len()).rev().map(|len| path[..len].to_vec()).collect()
}
