//! The recorded figures.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use toml::{Table, Value};

/// The file with the recorded figures.
pub const FILE: &str = "tests/figures.toml";

/// The kind of figure that valgrind counts. It depends on the whole machine.
pub const INSTRUCTIONS: &str = "instructions";

/// The kinds of figures that depend on the compiler and the architecture.
pub const MEMORY: [&str; 3] = ["allocations", "allocated bytes", "peak bytes"];

const HEAD: &str = "\
# Exact figures of the packages, written by `cargo xtask figures --update`. The tests compare them with a tolerance of
# 3 %. Memory is compared only with the recorded compiler and architecture. Instructions also require the vector extensions
# of the recorded processor, by which libraries choose their code, and valgrind.

";

/// The machine that counted the instructions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Machine {
    pub rustc: String,
    pub arch: String,
    /// The vector extensions of the processor. Libraries choose code by them when a program starts.
    pub extensions: String,
}

/// Exact figures, by kind and name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub machine: Machine,
    pub kinds: BTreeMap<String, BTreeMap<String, u64>>,
}

impl Figures {
    pub fn insert(&mut self, kind: &str, name: &str, figure: u64) {
        self.kinds.entry(kind.to_owned()).or_default().insert(name.to_owned(), figure);
    }

    /// Keeps the recorded instructions, and the machine that counted them, if none were counted now.
    pub fn keep_uncounted(&mut self, recorded: &Self) {
        if let (None, Some(counts)) = (self.kinds.get(INSTRUCTIONS), recorded.kinds.get(INSTRUCTIONS)) {
            self.kinds.insert(INSTRUCTIONS.to_owned(), counts.clone());
            self.machine = recorded.machine.clone();
        }
    }

    pub fn parse(text: &str) -> Result<Self> {
        let mut table: Table = text.parse().with_context(|| format!("failed to parse {FILE}"))?;
        let machine = table.remove("machine").unwrap_or(Value::Table(Table::new()));
        let text = |key: &str| machine.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let machine = Machine { rustc: text("rustc"), arch: text("arch"), extensions: text("extensions") };
        let mut figures = Self { machine, ..Self::default() };
        for (kind, section) in &table {
            let section = section.as_table().with_context(|| format!("`{kind}` in {FILE} is not a table"))?;
            for (name, figure) in section {
                let figure = figure.as_integer().and_then(|figure| u64::try_from(figure).ok());
                let figure = figure.with_context(|| format!("`{kind}.{name}` in {FILE} is not a count"))?;
                figures.insert(kind, name, figure);
            }
        }
        Ok(figures)
    }

    pub fn to_text(&self) -> String {
        let mut table = Table::new();
        let Machine { rustc, arch, extensions } = &self.machine;
        let machine: Table = [("rustc", rustc), ("arch", arch), ("extensions", extensions)]
            .map(|(key, value)| (key.to_owned(), Value::String(value.clone())))
            .into_iter()
            .collect();
        table.insert("machine".to_owned(), Value::Table(machine));
        for (kind, figures) in &self.kinds {
            let entry = |(name, figure): (&String, &u64)| (name.clone(), Value::Integer(*figure as i64));
            table.insert(kind.clone(), Value::Table(figures.iter().map(entry).collect()));
        }
        format!("{HEAD}{table}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, INSTRUCTIONS};

    fn counted(rustc: &str, figure: u64) -> Figures {
        let mut figures = Figures::default();
        figures.machine.rustc = rustc.to_owned();
        figures.insert(INSTRUCTIONS, "read 1 user", figure);
        figures.insert("crates", "acme, default features", 9);
        figures
    }

    #[test]
    fn written_figures_are_read() {
        let figures = counted("1.95.0", 1234);
        assert_eq!(Figures::parse(&figures.to_text()).unwrap(), figures);
    }

    #[test]
    fn negative_figure_is_rejected() {
        let error = Figures::parse("[crates]\nacme = -1\n").unwrap_err();
        assert_eq!(error.to_string(), "`crates.acme` in tests/figures.toml is not a count");
    }

    #[test]
    fn update_without_valgrind_keeps_the_recorded_instructions() {
        let recorded = counted("1.95.0", 1234);
        let mut measured = Figures::default();
        measured.insert("crates", "acme, default features", 8);
        measured.keep_uncounted(&recorded);
        assert_eq!(measured.machine.rustc, "1.95.0");
        assert_eq!(measured.kinds[INSTRUCTIONS]["read 1 user"], 1234);
        assert_eq!(measured.kinds["crates"]["acme, default features"], 8);
    }

    #[test]
    fn counted_instructions_replace_the_recorded_ones() {
        let mut measured = counted("1.96.0", 1000);
        measured.keep_uncounted(&counted("1.95.0", 1234));
        assert_eq!(measured, counted("1.96.0", 1000));
    }
}
