//! The results of the checks, printed as soon as each is known.

use typefoundry::outln;

/// The number of checks by result.
#[derive(Debug, Default)]
pub struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    /// Adds and prints a check: its name, and its problems.
    pub fn add(&mut self, name: &str, problems: &[String]) {
        if problems.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        outln!("{}", lines(name, problems));
    }

    /// Whether a check failed.
    pub fn has_problems(&self) -> bool {
        self.failed > 0
    }

    /// Returns the last line.
    pub fn summary(&self) -> String {
        format!("checks: {} passed, {} failed", self.passed, self.failed)
    }
}

fn lines(name: &str, problems: &[String]) -> String {
    let result = if problems.is_empty() { "ok  " } else { "FAIL" };
    let problems: String = problems.iter().map(|problem| format!("\n      {problem}")).collect();
    format!("{result}  {name}{problems}")
}

#[cfg(test)]
mod tests {
    use super::{Report, lines};

    #[test]
    fn problems_follow_the_name_of_the_check() {
        assert_eq!(lines("versions", &[]), "ok    versions");
        let problems = ["a".to_owned(), "b".to_owned()];
        assert_eq!(lines("versions", &problems), "FAIL  versions\n      a\n      b");
    }

    #[test]
    fn checks_are_counted() {
        let mut report = Report::default();
        report.add("a", &[]);
        assert!(!report.has_problems());
        report.add("b", &["x".to_owned(), "y".to_owned()]);
        assert!(report.has_problems());
        assert_eq!(report.summary(), "checks: 1 passed, 1 failed");
    }
}
