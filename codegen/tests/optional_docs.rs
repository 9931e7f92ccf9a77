//! Tests that packages of descriptions without docs read well.

use crate::common::{Case, cases};
use typefoundry_codegen::output::File;
use typefoundry_codegen::settings::Settings;

/// Returns the files of a package whose description has no docs.
fn files() -> Vec<File> {
    let case = cases().into_iter().find(|case: &Case| case.dir.ends_with("accepted-docs-optional"));
    let run = typefoundry_codegen::generate(case.expect("the case").sources, &Settings::default());
    run.output.expect("no error").files
}

fn texts<'f>(files: &'f [File], end: &str) -> Vec<&'f File> {
    let found: Vec<&File> = files.iter().filter(|file| file.path.ends_with(end)).collect();
    assert!(!found.is_empty(), "no file ends with {end}");
    found
}

#[test]
fn no_line_of_prose_ends_where_the_doc_is_missing() {
    let files = files();
    for file in texts(&files, ".md").into_iter().chain(texts(&files, ".rs")) {
        for line in file.text.lines() {
            let text = line.trim_start().trim_start_matches("//!").trim_start_matches("///").trim();
            let is_item = text.starts_with("- ") && !text.starts_with("- Children:");
            let is_cut = is_item && text.ends_with([':', '-']);
            let is_row = text.starts_with('|') && (text.contains("| <br>") || text.contains("  |"));
            assert!(!is_cut && !is_row, "{}: {line}", file.path);
            assert!(!text.contains(": \\") && !text.contains("//  "), "{}: {line}", file.path);
        }
    }
}

#[test]
fn no_doc_comment_is_empty() {
    let files = files();
    for file in texts(&files, ".rs") {
        let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
        let is_blank = |line: &str| line == "///" || line == "//!";
        let is_doc = |line: &str| line.starts_with("///") || line.starts_with("//!");
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_blank(line)) {
            let around = [at.checked_sub(1), at.checked_add(1)];
            let around = around.map(|at| at.and_then(|at| lines.get(at)).copied().unwrap_or_default());
            assert!(around.iter().all(|line| is_doc(line) && !is_blank(line)), "{}:{at}: {line}", file.path);
        }
    }
}

#[test]
fn heading_has_content() {
    let files = files();
    for file in texts(&files, ".md") {
        let is_heading = |line: &str| line.starts_with('#');
        let lines: Vec<&str> = file.text.lines().filter(|line| !line.is_empty()).collect();
        for pair in lines.windows(2) {
            let [line, next] = pair else { continue };
            let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
            let is_empty = is_heading(line) && is_heading(next) && level(line) >= level(next);
            // In a block of TOML or shell, `#` begins a comment.
            assert!(!is_empty || line.contains("# ["), "{}: {line}", file.path);
        }
    }
}

#[test]
fn only_packages_with_docs_warn_about_missing_ones() {
    let files = files();
    let root = texts(&files, "src/lib.rs");
    assert!(root.iter().all(|file| !file.text.contains("missing_docs")));
    let manifest = texts(&files, "Cargo.toml");
    let doc = "description = \"A typed client for the API `acme`.\"";
    assert!(manifest.iter().all(|file| file.text.contains(doc)), "{}", manifest[0].text);
}
