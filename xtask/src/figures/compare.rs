//! Compares measured figures with recorded ones.

use std::collections::BTreeSet;

use super::file::{FILE, Figures, INSTRUCTIONS, MEMORY, Machine};
use crate::bench_package::table::Table;

/// The largest accepted change, relative to the recorded figure. Smaller savings need not be recorded either.
const TOLERANCE: f64 = 0.03;

/// The figures of two lists, side by side.
pub struct Comparison {
    rows: Vec<Row>,
    /// The kinds of figures that are not compared, with the reason.
    skipped: Option<(Vec<&'static str>, String)>,
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
        Self { rows: rows.collect(), skipped: skipped(recorded, measured) }
    }

    /// Returns a table of all figures.
    pub fn table(&self) -> Table {
        let mut table = Table::new(["figure", "recorded", "measured", "change"]);
        for row in &self.rows {
            let text = |figure: Option<u64>| figure.map_or_else(String::new, |figure| figure.to_string());
            let change = row.change().map_or_else(String::new, |change| format!("{:+.1} %", change * 100.0));
            table.row([row.title(), text(row.recorded), text(row.measured), change]);
        }
        table.note(self.skipped.as_ref().map(|(_, reason)| reason.clone()).unwrap_or_default());
        table
    }

    /// Returns a line for each figure that differs by more than the tolerance.
    pub fn problems(&self) -> Vec<String> {
        let is_compared = |row: &&Row| match &self.skipped {
            Some((kinds, _)) => !kinds.contains(&row.kind.as_str()),
            None => true,
        };
        self.rows.iter().filter(is_compared).filter_map(Row::problem).collect()
    }
}

fn keys(figures: &Figures) -> impl Iterator<Item = (&str, &str)> {
    figures.kinds.iter().flat_map(|(kind, names)| names.keys().map(|name| (kind.as_str(), name.as_str())))
}

/// Returns the kinds of figures that are not compared, and the reason.
fn skipped(recorded: &Figures, measured: &Figures) -> Option<(Vec<&'static str>, String)> {
    let about =
        |Machine { rustc, arch, extensions }: &Machine| format!("rustc {rustc} on {arch} ({extensions})");
    let (old, new) = (&recorded.machine, &measured.machine);
    let other = format!("they are recorded for {}, and this is {}", about(old), about(new));
    if (&old.rustc, &old.arch) != (&new.rustc, &new.arch) {
        let kinds = [[INSTRUCTIONS].as_slice(), &MEMORY].concat();
        Some((kinds, format!("Instructions and memory are not compared: {other}.")))
    } else if !measured.kinds.contains_key(INSTRUCTIONS) {
        let reason = "Instructions are not compared: valgrind is not installed, or does not run.";
        Some((vec![INSTRUCTIONS], reason.to_owned()))
    } else if old != new {
        Some((vec![INSTRUCTIONS], format!("Instructions are not compared: {other}.")))
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

    /// Returns the figures of a machine, in which everything changed.
    fn changed_on(rustc: &str, extensions: &str) -> Comparison {
        let mut recorded = figures(&[("crates", "acme", 5), ("allocations", "read", 10)]);
        let mut measured =
            figures(&[("crates", "acme", 6), ("allocations", "read", 20), (INSTRUCTIONS, "read", 2000)]);
        let machine = |rustc: &str, extensions: &str| Machine {
            rustc: rustc.to_owned(),
            arch: "x86_64".to_owned(),
            extensions: extensions.to_owned(),
        };
        recorded.machine = machine("1.95.0", "avx2");
        measured.machine = machine(rustc, extensions);
        Comparison::new(&recorded, &measured)
    }

    #[test]
    fn figures_of_another_compiler_are_not_compared() {
        let comparison = changed_on("1.96.0", "avx2");
        assert_eq!(comparison.problems(), ["crates: acme rose from 5 to 6 (+20.0 %)"]);
        let reason = "Instructions and memory are not compared: they are recorded for rustc 1.95.0 on x86_64 (avx2), and \
                      this is rustc 1.96.0 on x86_64 (avx2).\n";
        assert!(comparison.table().to_string().ends_with(reason));
    }

    #[test]
    fn instructions_of_another_processor_are_not_compared() {
        let comparison = changed_on("1.95.0", "avx2 avx512f");
        assert_eq!(comparison.problems().len(), 2);
        assert!(
            comparison.table().to_string().contains("Instructions are not compared: they are recorded for")
        );
        assert_eq!(changed_on("1.95.0", "avx2").problems().len(), 3);
    }

    #[test]
    fn instructions_are_not_compared_without_valgrind() {
        let mut measured = figures(&[]);
        measured.kinds.remove(INSTRUCTIONS);
        let comparison = Comparison::new(&figures(&[]), &measured);
        assert!(comparison.problems().is_empty());
        assert!(comparison.table().to_string().ends_with("valgrind is not installed, or does not run.\n"));
    }
}
