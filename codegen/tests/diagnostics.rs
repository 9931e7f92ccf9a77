//! What a maintainer reads about every problem, kept as text beside the spec that has it.
//!
//! Each folder of `tests/diagnostics` is one case: the files of a spec, and in `expected.txt` the text of a run over them;
//! there is none where the spec is fine. The API `acme` needs no `api.yaml` of its own: `tests/diagnostics/api.yaml` stands in.
//! After a change on purpose, `UPDATE_EXPECT=1 cargo test -p typefoundry-codegen --test diagnostics` writes the new texts;
//! read them in the diff as a maintainer would.

mod common;

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::LazyLock;

use common::{Case, cases};
use expect_test::expect_file;
use typefoundry_codegen::Cast;
use typefoundry_codegen::diagnostic::{Code, Severity};
use typefoundry_codegen::source::Source;

/// Every case, and the run over it.
static CASES: LazyLock<Vec<(Case, Cast)>> = LazyLock::new(|| {
    let with_run = |case: Case| {
        let run = typefoundry_codegen::cast(case.sources.iter().cloned());
        (case, run)
    };
    cases().into_iter().map(with_run).collect()
});

#[test]
fn every_case_reads_as_expected() {
    // All cases are compared, so that one run shows, or updates, all that changed.
    let failed: Vec<&Path> = CASES
        .iter()
        .filter(|(case, run)| !reads_as_expected(case, run))
        .map(|(case, _)| case.dir.as_path())
        .collect();
    assert!(failed.is_empty(), "the text changed in {failed:#?}; UPDATE_EXPECT=1 writes the new one");
}

fn reads_as_expected(case: &Case, run: &Cast) -> bool {
    let rendered = run.render(false);
    let expected = expect_file![case.dir.join("expected.txt")];
    catch_unwind(|| expected.assert_eq(&rendered)).is_ok()
}

#[test]
fn every_code_has_a_case() {
    let shown: BTreeSet<Code> =
        CASES.iter().flat_map(|(_, run)| &run.diagnostics).map(|problem| problem.code).collect();
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|code| !shown.contains(code)).map(|code| code.as_str()).collect();
    assert!(missing.is_empty(), "no case of `tests/diagnostics` shows {missing:?}");
}

#[test]
fn an_error_leaves_no_output_and_a_warning_does() {
    for (case, run) in CASES.iter() {
        assert_eq!(run.output.is_none(), run.count(Severity::Error) > 0, "{}", case.dir.display());
    }
    let warned = CASES.iter().any(|(_, run)| run.count(Severity::Warning) > 0 && run.output.is_some());
    assert!(warned, "a case has warnings only");
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    for (case, run) in CASES.iter() {
        let backwards = typefoundry_codegen::cast(case.sources.iter().rev().cloned());
        assert_eq!(backwards.render(false), run.render(false), "{}", case.dir.display());
        assert_eq!(backwards.output, run.output, "{}", case.dir.display());
    }
}

/// Editors on Windows write both.
#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    for (case, run) in CASES.iter() {
        for rewrite in [|text: &str| text.replace('\n', "\r\n"), |text: &str| format!("\u{feff}{text}")] {
            // Bytes that are not UTF-8 are at other places then.
            if case.sources.iter().any(|source| source.fault.is_some()) {
                continue;
            }
            let sources =
                case.sources.iter().map(|source| Source::new(source.path.clone(), rewrite(&source.text)));
            let rewritten = typefoundry_codegen::cast(sources);
            assert_eq!(rewritten.render(false), run.render(false), "{}", case.dir.display());
            assert_eq!(rewritten.output, run.output, "{}", case.dir.display());
        }
    }
}

#[test]
fn a_type_that_holds_itself_is_boxed() {
    let (_, run) =
        CASES.iter().find(|(case, _)| case.dir.ends_with("accepted-recursive-type")).expect("the case");
    assert!(run.diagnostics.is_empty(), "{}", run.render(false));
    let output = run.output.as_ref().expect("files");
    let boxed = output
        .files
        .iter()
        .flat_map(|file| file.text.lines())
        .filter(|line| line.contains("Option<Box<User>>"));
    assert!(boxed.count() > 0, "`manager` needs a pointer");
}
