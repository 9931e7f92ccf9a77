use super::{FAR_APART, Style, render, render_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};

/// Returns a source of numbered lines, and a function from a line to the span of its number.
fn numbered(lines: usize) -> (Vec<Source>, impl Fn(usize) -> Span) {
    let text: String = (1..=lines).map(|line| format!("a: {line:06}\n")).collect();
    (vec![Source::new("acme/users.yaml", text)], |line: usize| {
        let start = (line - 1) * "a: 000000\n".len() + 3;
        Span::new(0, start..start + 6)
    })
}

fn limited(problems: &[Diagnostic], sources: &[Source], limit: usize) -> String {
    render_with(problems, sources, &Style { limit: Some(limit), ..Style::default() })
}

#[test]
fn one_cause_is_shown_once_with_its_other_locations() {
    let (sources, at) = numbered(40);
    let problem =
        |line| Diagnostic::error(Code::UnknownType, at(line), "undefined type `Usr`").label("not defined");
    let expected = "\
error[TF0102]: undefined type `Usr`
 --> spec/acme/users.yaml:2:4
  |
2 | a: 000002
  |    ^^^^^^ not defined
  |
  = note: the same at 5:4, 7:4
";
    assert_eq!(render(&[problem(2), problem(5), problem(7)], &sources, false), expected);
    let many: Vec<Diagnostic> = (1..=30).map(problem).collect();
    let text = render(&many, &sources, false);
    assert!(
        text.contains("the same at 2:4, 3:4, 4:4, 5:4, 6:4, 7:4, 8:4, 9:4 and at 21 more place(s)"),
        "{text}"
    );
}

#[test]
fn mistakes_of_one_kind_are_shown_one_by_one() {
    let (sources, at) = numbered(9);
    let problem =
        |line| Diagnostic::error(Code::ExampleMismatch, at(line), "the example does not fit its type");
    assert_eq!(render(&[problem(2), problem(5)], &sources, false).matches("error[TF0404]").count(), 2);
}

#[test]
fn problems_beyond_the_limit_are_counted_and_errors_come_first() {
    let (sources, at) = numbered(100);
    let mut problems: Vec<Diagnostic> = (1..=99)
        .map(|line| {
            Diagnostic::warning(Code::MissingDoc, at(line), format!("the field `f{line}` has no doc"))
        })
        .collect();
    problems.push(Diagnostic::error(Code::UnknownKey, at(100), "unknown key `htp`"));
    let text = limited(&problems, &sources, 3);
    assert_eq!(text.matches("warning[TF0401]").count(), 2, "{text}");
    assert!(text.contains("error[TF0003]: unknown key `htp`"), "{text}");
    assert!(
        text.ends_with("\n97 more, not shown here:\n  97 warning(s) TF0401: 97 in spec/acme/users.yaml\n"),
        "{text}"
    );
    assert!(!limited(&problems, &sources, 100).contains("not shown"));
}

#[test]
fn distant_note_in_the_same_file_has_its_own_snippet() {
    let (sources, at) = numbered(FAR_APART + 10);
    let problem = Diagnostic::error(Code::NameCollision, at(FAR_APART + 9), "two items are `a`")
        .label("the second")
        .note(at(2), "the first");
    let expected = "\
error[TF0301]: two items are `a`
   --> spec/acme/users.yaml:209:4
    |
209 | a: 000209
    |    ^^^^^^ the second
    |
   ::: spec/acme/users.yaml:2:4
    |
  2 | a: 000002
    |    ------ the first
";
    assert_eq!(render(&[problem], &sources, false), expected);
}

/// Tests that the renderer gets the shown lines only, and not the whole file for each problem.
#[test]
fn snippet_contains_only_the_lines_between_its_marks() {
    let (sources, at) = numbered(5_000);
    let texts: Vec<_> = sources.iter().map(super::Text::new).collect();
    let problem = Diagnostic::error(Code::NameCollision, at(4_000), "x").note(at(4_003), "y");
    let marks = super::marks(&problem, &texts);
    assert_eq!(marks.len(), 1);
    let shown = format!("{:?}", super::snippet(0, &marks[0].1, &texts));
    assert!(shown.contains("004000") && shown.contains("004003"), "{shown}");
    assert!(!shown.contains("003999") && !shown.contains("004004"), "{shown}");
}

#[test]
fn long_lines_are_truncated_to_the_width_of_the_terminal() {
    let text = format!("doc: {}\n", "long ".repeat(60));
    let sources = [Source::new("acme/api.yaml", text)];
    let problem = [Diagnostic::error(Code::InvalidValue, Span::new(0, 0..3), "x").label("y")];
    let narrow = render_with(&problem, &sources, &Style { width: Some(60), ..Style::default() });
    assert!(narrow.lines().all(|line| line.chars().count() <= 62), "{narrow}");
    assert!(render(&problem, &sources, false).lines().any(|line| line.len() > 100));
}
