//! Golden tests of the text of every diagnostic, stored beside the spec that causes it.
//!
//! Each folder of `tests/diagnostics` is one case: the files of a spec, and the text of a run in `expected.txt`. A valid
//! spec has no `expected.txt`. Without an `api.yaml` of its own, the API `acme` uses `tests/diagnostics/api.yaml`.
//!
//! After an intended change, `UPDATE_EXPECT=1 cargo test -p typefoundry-codegen --test all diagnostics` writes the new texts.
//! Review them as the author of a description would read them.

use std::collections::BTreeSet;
use std::panic::catch_unwind;
use std::path::Path;
use std::sync::LazyLock;

use crate::common::{Case, cases};
use expect_test::expect_file;
use typefoundry_codegen::Generated;
use typefoundry_codegen::diagnostic::{Code, Severity};
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;

/// All cases with their runs.
static CASES: LazyLock<Vec<(Case, Generated)>> = LazyLock::new(|| {
    let with_run = |case: Case| {
        let run = typefoundry_codegen::generate(case.sources.iter().cloned(), &Settings::default());
        (case, run)
    };
    cases().into_iter().map(with_run).collect()
});

#[test]
fn every_case_matches_its_golden_text() {
    // All cases are compared, so that one run shows or updates all changes.
    let failed: Vec<&Path> = CASES
        .iter()
        .filter(|(case, run)| !reads_as_expected(case, run))
        .map(|(case, _)| case.dir.as_path())
        .collect();
    assert!(failed.is_empty(), "the text of {failed:#?} changed; update it with UPDATE_EXPECT=1");
}

fn reads_as_expected(case: &Case, run: &Generated) -> bool {
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
    assert!(missing.is_empty(), "no case in `tests/diagnostics` for {missing:?}");
}

#[test]
fn error_prevents_output_and_warning_does_not() {
    for (case, run) in CASES.iter() {
        assert_eq!(run.output.is_none(), run.count(Severity::Error) > 0, "{}", case.dir.display());
    }
    let warned = CASES.iter().any(|(_, run)| run.count(Severity::Warning) > 0 && run.output.is_some());
    assert!(warned, "no case with warnings only");
}

#[test]
fn order_of_files_does_not_change_the_result() {
    for (case, run) in CASES.iter() {
        let backwards =
            typefoundry_codegen::generate(case.sources.iter().rev().cloned(), &Settings::default());
        assert_eq!(backwards.render(false), run.render(false), "{}", case.dir.display());
        assert_eq!(backwards.output, run.output, "{}", case.dir.display());
    }
}

/// Tests both forms of line ends and the byte order mark, which editors on Windows write.
#[test]
fn line_ends_and_byte_order_mark_do_not_change_the_result() {
    for (case, run) in CASES.iter() {
        for rewrite in [|text: &str| text.replace('\n', "\r\n"), |text: &str| format!("\u{feff}{text}")] {
            // Invalid UTF-8 would be reported at other positions.
            if case.sources.iter().any(|source| source.fault.is_some()) {
                continue;
            }
            let sources =
                case.sources.iter().map(|source| Source::new(source.path.clone(), rewrite(&source.text)));
            let rewritten = typefoundry_codegen::generate(sources, &Settings::default());
            assert_eq!(rewritten.render(false), run.render(false), "{}", case.dir.display());
            assert_eq!(rewritten.output, run.output, "{}", case.dir.display());
        }
    }
}

#[test]
fn recursive_type_is_boxed() {
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
