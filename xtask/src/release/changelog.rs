//! The section of the changelog for a release.

/// The title of the section without a release.
const UNRELEASED: &str = "Unreleased";

/// A section of the changelog with a heading of the second level: `## 0.1.0 - 2026-01-31`.
#[derive(Debug, PartialEq, Eq)]
struct Section<'t> {
    version: &'t str,
    date: Option<&'t str>,
    text: &'t str,
}

fn sections(changelog: &str) -> Vec<Section<'_>> {
    let mut starts: Vec<usize> = changelog.match_indices("\n## ").map(|(at, _)| at + 1).collect();
    starts.push(changelog.len());
    starts.windows(2).map(|bounds| section(&changelog[bounds[0]..bounds[1]])).collect()
}

fn section(text: &str) -> Section<'_> {
    let (heading, text) = text.split_once('\n').unwrap_or((text, ""));
    let heading = heading.trim_start_matches('#').trim();
    let (version, date) = match heading.split_once(" - ") {
        Some((version, date)) => (version, Some(date.trim())),
        None => (heading, None),
    };
    Section { version: version.trim().trim_start_matches('[').trim_end_matches(']'), date, text: text.trim() }
}

/// The result of the check.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    pub problems: Vec<String>,
    /// A fact that is not a problem yet.
    pub note: Option<String>,
}

/// Checks that a dated section describes the release. `own` are the crates with a version of their own, which the section names.
///
/// `accept_unreleased` accepts the section without a version in its place, if it is not empty.
pub fn check(changelog: &str, version: &str, own: &[(&str, &str)], accept_unreleased: bool) -> Outcome {
    let mut outcome = Outcome::default();
    let sections = sections(changelog);
    let find = |version: &str| sections.iter().find(|section| section.version == version);
    let unreleased = find(UNRELEASED).filter(|section| !section.text.is_empty());
    let section = match (find(version), unreleased) {
        (Some(section), None) => section,
        (Some(section), Some(_)) => {
            outcome.problems.push(format!("move the entries of `{UNRELEASED}` to the section of {version}"));
            section
        }
        (None, Some(section)) if accept_unreleased => {
            outcome.note = Some(format!("there is no section of {version} yet; `{UNRELEASED}` is checked"));
            section
        }
        (None, _) => {
            outcome.problems.push(format!("there is no section `## {version} - YYYY-MM-DD`"));
            return outcome;
        }
    };
    if section.version == version && !section.date.is_some_and(is_date) {
        let found = section.date.map_or("no date".to_owned(), |date| format!("the invalid date `{date}`"));
        outcome.problems.push(format!("the section of {version} has {found}; write YYYY-MM-DD"));
    }
    if section.text.is_empty() {
        outcome.problems.push(format!("the section of {version} is empty"));
    }
    for (name, version) in own {
        let entry = format!("`{name}` {version}");
        let is_named = section.text.match_indices(&entry).any(|(at, _)| {
            // `0.1.0` is not `0.1.01` or `0.1.0-beta`, and can end a sentence.
            let rest = &section.text[at + entry.len()..];
            let rest = rest.strip_prefix('.').unwrap_or(rest);
            !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-' || next == '+')
        });
        if !is_named {
            outcome.problems.push(format!("the section of the release does not contain {entry}"));
        }
    }
    outcome
}

/// Whether a text is a date such as `2026-01-31`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |part: &str, len: usize| {
        let is_number = part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|_| is_number)
    };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|month| (1..=12).contains(&month))
        && number(day, 2).is_some_and(|day| (1..=31).contains(&day))
}

#[cfg(test)]
mod tests {
    use super::{Outcome, check, is_date};

    const RELEASED: &str = "# Changelog\n\n## Unreleased\n\n## [0.2.0] - 2026-01-31\n- `acme` 1.4.0: x.\n\n## 0.1.0 - 2025-01-01\nOld.\n";

    fn problems(changelog: &str, version: &str, accept_unreleased: bool) -> Vec<String> {
        check(changelog, version, &[("acme", "1.4.0")], accept_unreleased).problems
    }

    #[test]
    fn dated_section_with_all_crates_passes() {
        assert_eq!(check(RELEASED, "0.2.0", &[("acme", "1.4.0")], false), Outcome::default());
    }

    #[test]
    fn missing_section_is_a_problem() {
        let expected = ["there is no section `## 0.3.0 - YYYY-MM-DD`"];
        assert_eq!(problems(RELEASED, "0.3.0", false), expected);
        assert_eq!(problems(RELEASED, "0.3.0", true), expected, "the section `Unreleased` is empty");
        assert_eq!(problems("", "0.3.0", true), expected);
    }

    #[test]
    fn unreleased_section_is_accepted_only_if_wanted() {
        let changelog = "# Changelog\n\n## Unreleased\n- `acme` 1.4.0.\n";
        let outcome = check(changelog, "0.1.0", &[("acme", "1.4.0")], true);
        assert_eq!(outcome.problems, [""; 0]);
        assert_eq!(
            outcome.note.as_deref(),
            Some("there is no section of 0.1.0 yet; `Unreleased` is checked")
        );
        assert_eq!(problems(changelog, "0.1.0", false), ["there is no section `## 0.1.0 - YYYY-MM-DD`"]);
    }

    #[test]
    fn entries_must_not_stay_unreleased() {
        let changelog = RELEASED.replace("Unreleased\n", "Unreleased\n- Late.\n");
        let expected = ["move the entries of `Unreleased` to the section of 0.2.0"];
        assert_eq!(problems(&changelog, "0.2.0", true), expected);
    }

    #[test]
    fn section_has_a_valid_date_and_text() {
        let without = RELEASED.replace(" - 2026-01-31", "");
        let expected = ["the section of 0.2.0 has no date; write YYYY-MM-DD"];
        assert_eq!(problems(&without, "0.2.0", true), expected);
        let invalid = RELEASED.replace("2026-01-31", "soon");
        let expected = ["the section of 0.2.0 has the invalid date `soon`; write YYYY-MM-DD"];
        assert_eq!(problems(&invalid, "0.2.0", false), expected);
        let empty = RELEASED.replace("- `acme` 1.4.0: x.\n", "");
        let found = check(&empty, "0.2.0", &[], false).problems;
        assert_eq!(found, ["the section of 0.2.0 is empty"]);
    }

    #[test]
    fn crates_with_their_own_version_are_named() {
        let expected = ["the section of the release does not contain `acme` 1.4.0"];
        for other in ["`acme` 1.4.1", "`acme` 1.4.01", "`acme` 1.4.0-beta", "acme 1.4.0", ""] {
            let changelog = RELEASED.replace("`acme` 1.4.0", other);
            assert_eq!(problems(&changelog, "0.2.0", false), expected, "{other}");
        }
        let last = RELEASED.replace("`acme` 1.4.0: x.", "For `acme` 1.4.0.");
        assert_eq!(problems(&last, "0.2.0", false), [""; 0]);
    }

    #[test]
    fn dates_are_validated() {
        for valid in ["2026-01-31", "2026-12-01"] {
            assert!(is_date(valid), "{valid}");
        }
        for invalid in
            ["2026-13-01", "2026-00-01", "2026-01-32", "26-01-01", "2026-1-1", "2026-01", "+026-01-01"]
        {
            assert!(!is_date(invalid), "{invalid}");
        }
    }
}
