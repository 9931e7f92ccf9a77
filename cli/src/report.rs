//! The output of `generate`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use similar::{ChangeTag, TextDiff};
use typefoundry_codegen::output::{Output, PackageSummary};

use crate::plan::{Change, Kept, Plan};
use crate::repository::Repository;

/// The maximum number of diff lines of one file.
const DIFF_LINES: usize = 12;

/// Returns a summary with one line per package.
pub fn summary(repository: &Repository, output: &Output, plan: &Plan, took: Duration) -> String {
    let mut text = String::new();
    for package in &output.packages {
        let _ = writeln!(text, "{}", package_line(repository, output, plan, package));
    }
    let _ = writeln!(
        text,
        "{} written, {} removed, {} unchanged in {:.0} ms",
        plan.stale.len() + plan.missing.len(),
        plan.orphaned.len(),
        plan.unchanged.len(),
        took.as_secs_f64() * 1e3
    );
    for stray in &plan.strays {
        let _ = writeln!(text, "note: {stray} was not generated; it was not changed");
    }
    text
}

/// The maximum number of names of written files, and of removed files.
const NAMES: usize = 20;

/// Lists the written and the removed files. Further files are counted per folder.
pub fn changes(plan: &Plan) -> String {
    let written: Vec<&str> =
        plan.stale.iter().chain(&plan.missing).map(|change| change.path.as_str()).collect();
    let removed: Vec<&str> = plan.orphaned.iter().map(String::as_str).collect();
    let mut text = names("written", &written, plan);
    text.push_str(&names("removed", &removed, plan));
    text
}

fn names(done: &str, paths: &[&str], plan: &Plan) -> String {
    // Lost edits come first, and are never omitted.
    let (kept, others): (Vec<&str>, Vec<&str>) =
        paths.iter().partition(|path| plan.kept.contains_key(**path));
    let mut text = String::new();
    for path in kept {
        let _ =
            writeln!(text, "{done}: {path}, which {}", plan.kept.get(path).map_or("", |why| why_kept(*why)));
    }
    let (shown, more) = others.split_at(others.len().min(NAMES));
    for path in shown {
        let _ = writeln!(text, "{done}: {path}");
    }
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in more {
        // The folder of the package or of the schemas.
        let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
        folders.entry(path.get(..end).unwrap_or(path)).or_default().push(path);
    }
    for (folder, paths) in folders {
        let _ = match paths.as_slice() {
            [path] => writeln!(text, "{done}: {path}"),
            paths => writeln!(text, "{done}: {} more in {folder}", paths.len()),
        };
    }
    text
}

fn package_line(repository: &Repository, output: &Output, plan: &Plan, package: &PackageSummary) -> String {
    let folder = format!("{}/{}/", repository.output(), package.package);
    let is_in = |path: &str| path.starts_with(&folder);
    let written = plan.stale.iter().chain(&plan.missing).filter(|change| is_in(&change.path)).count();
    let removed = plan.orphaned.iter().filter(|path| is_in(path)).count();
    let unchanged = plan.unchanged.iter().filter(|path| is_in(path)).count();
    let source = format!("{folder}src/");
    let lines: usize = output
        .files
        .iter()
        .filter(|file| file.path.starts_with(&source))
        .map(|file| code_lines(&file.text))
        .sum();
    format!(
        "{}: {} operations, {} types; files: {written} written, {unchanged} unchanged, {removed} removed; {} lines of code per operation",
        package.package,
        package.operations,
        package.types,
        lines / package.operations.max(1),
    )
}

/// Counts the lines that are not blank, comments or docs.
pub fn code_lines(text: &str) -> usize {
    text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}

/// Lists every difference, and the command that removes it.
pub fn differences(repository: &Repository, plan: &Plan) -> String {
    let mut text = String::new();
    for change in &plan.stale {
        let state = match plan.kept.get(&change.path) {
            Some(Kept::Edited) => "edited by hand",
            Some(Kept::Unknown) | None => "stale",
        };
        let _ = writeln!(text, "{state}: {}\n{}", change.path, short_diff(change));
    }
    for change in &plan.missing {
        let _ = writeln!(text, "missing: {}", change.path);
    }
    for path in &plan.orphaned {
        let _ = writeln!(text, "orphaned: {path} (no longer generated)");
    }
    for path in &plan.strays {
        let _ = writeln!(text, "stray: {path} (not generated; move it elsewhere)");
    }
    let count = plan.stale.len() + plan.missing.len() + plan.orphaned.len() + plan.strays.len();
    let _ = writeln!(
        text,
        "{count} file(s) do not match the descriptions; run `{} generate` and commit the result",
        repository.command()
    );
    text
}

/// Continues a sentence about a file.
fn why_kept(why: Kept) -> &'static str {
    match why {
        Kept::Edited => "was changed after it was generated, by hand or by a merge",
        Kept::Unknown => "is not in the record of generated files",
    }
}

/// Reports the files that can contain the work of a person, and the lines that would be lost.
pub fn kept(repository: &Repository, plan: &Plan) -> String {
    let mut text = String::new();
    for (path, why) in &plan.kept {
        let change = plan.stale.iter().find(|change| change.path == *path);
        let diff = change.map_or_else(|| "  the file is no longer generated".to_owned(), short_diff);
        let _ = writeln!(text, "error: {path} {}\n{diff}", why_kept(*why));
    }
    let (spec, command) = (repository.spec(), repository.command());
    let _ = write!(
        text,
        "  to keep a change, make it in {spec}/, or in a file of your own beside the package\n  \
         to replace or remove these files, run `{command} generate --force`"
    );
    text
}

/// Returns the first lines that differ.
fn short_diff(change: &Change) -> String {
    let diff = TextDiff::from_lines(change.on_disk.as_str(), change.emitted.as_str());
    let changed = diff.iter_all_changes().filter(|line| line.tag() != ChangeTag::Equal);
    let mut shown: Vec<String> = changed
        .map(|line| {
            let (sign, at) = match line.tag() {
                ChangeTag::Delete => ('-', line.old_index()),
                _ => ('+', line.new_index()),
            };
            format!("  {:>5} {sign} {}", at.map_or(0, |at| at + 1), line.value().trim_end())
        })
        .collect();
    let more = shown.len().saturating_sub(DIFF_LINES);
    shown.truncate(DIFF_LINES);
    if more > 0 {
        shown.push(format!("        … and {more} more line(s)"));
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Change, Kept, Plan, Repository, changes, code_lines, kept};

    fn differences(plan: &Plan) -> String {
        super::differences(&Repository::at(""), plan)
    }

    fn change(path: String) -> Change {
        Change { path, on_disk: String::new(), emitted: String::new() }
    }

    #[test]
    fn changed_files_are_listed_with_edited_ones_first() {
        let plan = Plan {
            stale: vec![change("generated/a/src/lib.rs".into()), change("generated/a/x.rs".into())],
            orphaned: vec!["generated/a/y.rs".into()],
            kept: [("generated/a/x.rs".to_owned(), Kept::Edited)].into(),
            ..Plan::default()
        };
        let expected = "written: generated/a/x.rs, which was changed after it was generated, by hand or by a merge\nwritten: generated/a/src/lib.rs\n\
            removed: generated/a/y.rs\n";
        assert_eq!(changes(&plan), expected);
        assert!(differences(&plan).contains("edited by hand: generated/a/x.rs"));
    }

    #[test]
    fn many_files_are_counted_per_folder() {
        let path = |number| format!("generated/{}/src/{number}.rs", if number < 40 { "a" } else { "b" });
        let plan = Plan { missing: (0..60).map(|number| change(path(number))).collect(), ..Plan::default() };
        let text = changes(&plan);
        assert_eq!(text.lines().count(), 22, "{text}");
        assert!(
            text.ends_with("written: 20 more in generated/a\nwritten: 20 more in generated/b\n"),
            "{text}"
        );
    }

    #[test]
    fn differences_name_the_files_and_the_command() {
        let change = Change {
            path: "generated/a/x.rs".into(),
            on_disk: "a\nb\nc\n".into(),
            emitted: "a\nB\nc\n".into(),
        };
        let plan = Plan { stale: vec![change], orphaned: vec!["generated/a/y.rs".into()], ..Plan::default() };
        let expected = "stale: generated/a/x.rs\n      2 - b\n      2 + B\norphaned: generated/a/y.rs (no longer generated)\n\
            2 file(s) do not match the descriptions; run `typefoundry generate` and commit the result\n";
        assert_eq!(differences(&plan), expected);
    }

    #[test]
    fn long_diff_is_truncated() {
        let emitted: String = (0..100).map(|number| format!("{number}\n")).collect();
        let change = Change { path: "x".into(), on_disk: String::new(), emitted };
        let text = differences(&Plan { stale: vec![change], ..Plan::default() });
        assert!(text.contains("… and 88 more line(s)"), "{text}");
    }

    #[test]
    fn edit_is_shown_with_the_way_to_keep_it() {
        let change =
            Change { path: "generated/a/x.rs".into(), on_disk: "a\nmine\n".into(), emitted: "a\nb\n".into() };
        let files = [("generated/a/gone.rs", Kept::Unknown), ("generated/a/x.rs", Kept::Edited)];
        let files = files.map(|(path, why)| (path.to_owned(), why)).into();
        let plan = Plan { stale: vec![change], kept: files, ..Plan::default() };
        let expected = "error: generated/a/gone.rs is not in the record of generated files\n  the file is no longer generated\n\
            error: generated/a/x.rs was changed after it was generated, by hand or by a merge\n      2 - mine\n      2 + b\n  \
            to keep a change, make it in spec/, or in a file of your own beside the package\n  \
            to replace or remove these files, run `typefoundry generate --force`";
        assert_eq!(kept(&Repository::at(""), &plan), expected);
    }

    #[test]
    fn docs_are_not_counted_as_code() {
        assert_eq!(code_lines("//! a\n\nfn x() {\n    // why\n}\n"), 2);
    }
}
