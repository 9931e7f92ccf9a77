//! The rules for docs: every code block ends, and every reference has a target.

use std::collections::BTreeSet;

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::syntax::Spanned;

impl<'s> Resolver<'s> {
    /// Checks the Markdown of a doc. Its file determines the resource from which references are resolved.
    pub(super) fn check_markdown(&mut self, text: &Spanned<String>) {
        let (prose, unclosed) = prose(text);
        if let Some((at, len)) = unclosed {
            self.report(
                Diagnostic::error(
                    Code::UnclosedCodeBlock,
                    text.part(at, len),
                    "a code block in the doc does not end",
                )
                .label("the block begins here")
                .help("close it with the same marks on a line of their own"),
            );
        }
        // The target of a reference can be in a file that could not be read.
        if self.syntax.resources.iter().any(|resource| self.syntax.is_unread(resource.span))
            || self.lacks_a_parent()
        {
            return;
        }
        let home = self.syntax.resources.iter().position(|resource| resource.span.file == text.span.file);
        let names: Vec<Vec<&str>> =
            around(self.syntax.resources.get(home.unwrap_or(usize::MAX)).map(|home| home.path.as_slice()));
        for (at, name) in references(&prose) {
            if !names.iter().any(|base| self.leads_somewhere(base, name)) {
                let near = self.near_name(&names, name);
                self.report(dead_link(text, at, name, near));
            }
        }
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
    fn leads_somewhere(&self, base: &[&str], name: &str) -> bool {
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

fn dead_link(text: &Spanned<String>, at: usize, name: &str, near: Option<String>) -> Diagnostic {
    let message = format!("the reference `[{name}]` leads nowhere");
    let problem = Diagnostic::error(Code::DeadReference, text.part(at, name.len()), message).help(format!(
        "name a type, an operation or a resource; brackets that are no reference are written `\\[{name}]`"
    ));
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

/// Replaces code blocks by blanks. Also returns the position of the fence of an unclosed block.
fn prose(text: &str) -> (String, Option<(usize, usize)>) {
    let mut prose = String::with_capacity(text.len());
    let mut fence: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_start_matches([' ', '>', '\t']);
        let marks = marks_of(content.trim_end());
        let is_code = match (fence, marks) {
            (None, Some(marks)) => {
                fence = Some((marks, at + line.len() - content.len()));
                true
            }
            (None, None) => line.starts_with("    "),
            (Some((open, _)), marks) => {
                let closes =
                    marks.is_some_and(|marks| marks.starts_with(open) && content.trim_end() == marks);
                fence = fence.filter(|_| !closes);
                true
            }
        };
        match is_code {
            true => prose.extend(line.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' })),
            false => prose.push_str(line),
        }
        at += line.len();
    }
    (prose, fence.map(|(marks, at)| (at, marks.len())))
}

/// Returns the fence at the start of a line.
fn marks_of(line: &str) -> Option<&str> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let (marks, rest) = line.split_at(line.len() - line.trim_start_matches(mark).len());
    // A line with further backticks is a code span.
    (marks.len() >= 3 && !(mark == '`' && rest.contains('`'))).then_some(marks)
}

/// Returns the names in brackets with their positions.
fn references(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let len = match c {
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            '`' => code_len(rest),
            '[' => {
                found.extend(reference(text, at));
                1
            }
            c => c.len_utf8(),
        };
        at += len;
    }
    found
}

/// Returns the length of a code span, or of backticks that start none. A code span contains no empty line.
fn code_len(text: &str) -> usize {
    let marks = text.len() - text.trim_start_matches('`').len();
    let end = text.find("\n\n").unwrap_or(text.len());
    let mut at = marks;
    while let Some(next) = text.get(at..end).and_then(|rest| rest.find('`')) {
        at += next;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        at += run;
        if run == marks {
            return at;
        }
    }
    marks
}

/// Returns the name that a bracket refers to: its own text, or the target after it.
fn reference(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = &text[..at];
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ']' | ')' | '!')) {
        return None;
    }
    let inside = &text[at + 1..];
    let label = &inside[..inside.find(['[', ']'])?];
    let after = inside[label.len()..].strip_prefix(']')?;
    let target = |open: char, close: char| {
        let rest = after.strip_prefix(open)?;
        Some((at + 3 + label.len(), &rest[..rest.find(close)?]))
    };
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let is_box = matches!(label, "x" | "X") && matches!(line, "- " | "* " | "+ ");
    let is_definition = after.starts_with(':') && line.is_empty();
    if is_box || is_definition || is_defined(text, label) {
        return None;
    }
    let (at, name) = match (target('(', ')'), target('[', ']')) {
        (Some(target), _) => target,
        (None, Some((at, name))) if !name.is_empty() && !is_defined(text, name) => (at, name),
        (None, Some((_, name))) if !name.is_empty() => return None,
        (None, _) => (at + 1, label),
    };
    is_name(name).then_some((at, name))
}

fn is_defined(text: &str, label: &str) -> bool {
    let definition = format!("[{}]:", label.to_lowercase());
    text.lines().any(|line| line.trim_start().to_lowercase().starts_with(&definition))
}

/// Whether a text is a name or a dotted path of names.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::{prose, references};

    fn names(text: &str) -> Vec<&str> {
        references(text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn names_in_brackets_are_references() {
        let text = "See [User], [users.update], [the user](User) and [them][users.keys].";
        assert_eq!(names(text), ["User", "users.update", "User", "users.keys"]);
        assert_eq!(references("a [User]"), [(3, "User")]);
    }

    #[test]
    fn other_brackets_are_text() {
        for text in [
            "an index[at] of a list",
            "`[User]` and ``a ` [User]``",
            "from [0, 1) to [a-z]",
            "\\[sic]",
            "[the site](https://acme.test) and [it](#here)",
            "[site]\n\n[site]: https://acme.test",
            "- [x] done",
            "![image](picture)",
            "[not a link]",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn code_blocks_are_not_prose() {
        let (text, unclosed) = prose("a\n\n```json\n[User]\n```\n\n~~~\n[b]\n~~~\n\n    [c]\n[d]");
        assert_eq!(names(&text), ["d"]);
        assert_eq!(unclosed, None);
    }

    #[test]
    fn unclosed_code_block_is_found() {
        assert_eq!(prose("a\n\n````\nb\n```\n").1, Some((3, 4)));
        assert_eq!(prose("a ``` b").1, None);
        assert_eq!(prose("```a``` b").1, None);
    }
}
