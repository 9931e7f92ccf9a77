//! Problems in `typefoundry.toml`, as people see them.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A mistake in the settings: the text that is wrong, what is wrong with it, and the fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

/// Renders the problems with the lines that they are in.
pub fn render(problems: &[Problem], path: &str, text: &str, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let one = |problem: &Problem| {
        let annotation = AnnotationKind::Primary.span(problem.span.clone());
        let title = Level::ERROR.primary_title(problem.message.as_str());
        let snippet = Snippet::source(text).path(path).annotation(annotation);
        let group: Group<'_> = title.element(snippet);
        let help = problem.help.as_deref().map(|help| Level::HELP.message(help));
        renderer.render(&[group.elements(help)])
    };
    problems.iter().map(one).collect::<Vec<_>>().join("\n\n")
}
