//! Compares measured figures with recorded ones.

use std::collections::BTreeSet;

use super::file::{FILE, Figures, INSTRUCTIONS, Machine};
use crate::bench_package::table::Table;

/// The largest accepted change, relative to the recorded figure. Smaller savings need not be recorded either.
const TOLERANCE: f64 = 0.03;

/// The figures of two lists, side by side.
pub struct Comparison {
    rows: Vec<Row>,
    /// The reason why instructions are not compared.
    skipped: Option<String>,
}

struct Row {
    kind: String,
    name: String,
    recorded: Option<u64>,
    measured: Option<u64>,
}

impl Comparison {
    pub fn new(recorded: &Figures, measured: &Figures) -> Self {
        let of = |figures: &Figures, kind: &str, name: &str| figures.kinds.get(kind)?.get(name).copied();
        let keys = [recorded, measured].into_iter().flat_map(keys).collect::<BTreeSet<_>>();
        let rows = keys.into_iter().map(|(kind, name)| Row {
            recorded: of(recorded, kind, name),
            measured: of(measured, kind, name),
            kind: kind.to_owned(),
            name: name.to_owned(),
        });
        Self { rows: rows.collect(), skipped: skip_reason(recorded, measured) }
    }

    /// Returns a table of all figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["figure", "recorded", "measured", "change"]);
        for row in &self.rows {
            let text = |figure: Option<u64>| figure.map_or_else(String::new, |figure| figure.to_string());
            let change = row.change().map_or_else(String::new, |change| format!("{:+.1} %", change * 100.0));
            table.row([row.title(), text(row.recorded), text(row.measured), change]);
        }
        table.note(self.skipped.clone().unwrap_or_default());
        table
    }

    /// Returns a line for each figure that differs by more than the tolerance.
    pub fn problems(&self) -> Vec<String> {
        let is_compared = |row: &&Row| self.skipped.is_none() || row.kind != INSTRUCTIONS;
        self.rows.iter().filter(is_compared).filter_map(Row::problem).collect()
    }
}

fn keys(figures: &Figures) -> impl Iterator<Item = (&str, &str)> {
    figures.kinds.iter().flat_map(|(kind, names)| names.keys().map(|name| (kind.as_str(), name.as_str())))
}

/// Returns why instructions are not compared, if they are not.
fn skip_reason(recorded: &Figures, measured: &Figures) -> Option<String> {
    let about = |Machine { rustc, arch }: &Machine| format!("rustc {rustc} on {arch}");
    if !measured.kinds.contains_key(INSTRUCTIONS) {
        Some("Instructions are not compared: valgrind is not installed.".to_owned())
    } else if recorded.kinds.contains_key(INSTRUCTIONS) && recorded.machine != measured.machine {
        let (old, new) = (about(&recorded.machine), about(&measured.machine));
        Some(format!("Instructions are not compared: they are recorded for {old}, and this is {new}."))
    } else {
        None
    }
}

impl Row {
    fn title(&self) -> String {
        format!("{}: {}", self.kind, self.name)
    }

    /// Returns the change relative to the recorded figure.
    fn change(&self) -> Option<f64> {
        let (old, new) = (self.recorded? as f64, self.measured? as f64);
        Some((new - old) / old.max(1.0))
    }

    fn problem(&self) -> Option<String> {
        let title = self.title();
        match (self.recorded, self.measured) {
            (Some(old), Some(new)) => self.change().filter(|change| change.abs() > TOLERANCE).map(|change| {
                let verb = if change > 0.0 { "rose" } else { "fell" };
                format!("{title} {verb} from {old} to {new} ({:+.1} %)", change * 100.0)
            }),
            (None, Some(new)) => Some(format!("{title} is {new}, and is not recorded in {FILE}")),
            (Some(old), None) => Some(format!("{title} is recorded as {old}, and is not measured any more")),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(all: &[(&str, &str, u64)]) -> Figures {
        let mut figures = Figures::default();
        figures.insert(INSTRUCTIONS, "read", 1000);
        for (kind, name, figure) in all {
            figures.insert(kind, name, *figure);
        }
        figures
    }

    fn problems(recorded: &Figures, measured: &Figures) -> Vec<String> {
        Comparison::new(recorded, measured).problems()
    }

    #[test]
    fn change_within_the_tolerance_is_accepted() {
        let recorded = figures(&[("crates", "acme", 100)]);
        for figure in [97, 100, 103] {
            assert!(problems(&recorded, &figures(&[("crates", "acme", figure)])).is_empty(), "{figure}");
        }
    }

    #[test]
    fn larger_change_is_reported_in_both_directions() {
        let recorded = figures(&[("crates", "acme", 100), ("lines", "acme", 1000)]);
        let measured = figures(&[("crates", "acme", 104), ("lines", "acme", 960)]);
        assert_eq!(
            problems(&recorded, &measured),
            ["crates: acme rose from 100 to 104 (+4.0 %)", "lines: acme fell from 1000 to 960 (-4.0 %)"]
        );
    }

    #[test]
    fn new_and_removed_figures_are_reported() {
        let (one, two) = (figures(&[("crates", "acme", 5)]), figures(&[("crates", "acme-two", 6)]));
        assert_eq!(
            problems(&one, &two),
            [
                "crates: acme is recorded as 5, and is not measured any more",
                "crates: acme-two is 6, and is not recorded in tests/figures.toml",
            ]
        );
    }

    #[test]
    fn figure_that_was_zero_is_compared() {
        let recorded = figures(&[("allocations", "skip", 0)]);
        assert!(problems(&recorded, &recorded).is_empty());
        assert_eq!(problems(&recorded, &figures(&[("allocations", "skip", 1)])).len(), 1);
    }

    #[test]
    fn instructions_of_another_compiler_are_not_compared() {
        let recorded = figures(&[("crates", "acme", 5)]);
        let mut measured = figures(&[("crates", "acme", 6), (INSTRUCTIONS, "read", 2000)]);
        measured.machine = Machine { rustc: "1.96.0".to_owned(), arch: "x86_64".to_owned() };
        let comparison = Comparison::new(&recorded, &measured);
        assert_eq!(comparison.problems(), ["crates: acme rose from 5 to 6 (+20.0 %)"]);
        assert!(
            comparison.table().to_string().contains("Instructions are not compared: they are recorded for")
        );
    }

    #[test]
    fn instructions_are_not_compared_without_valgrind() {
        let mut measured = figures(&[]);
        measured.kinds.remove(INSTRUCTIONS);
        let comparison = Comparison::new(&figures(&[]), &measured);
        assert!(comparison.problems().is_empty());
        assert!(comparison.table().to_string().ends_with("valgrind is not installed.\n"));
    }
}
