//! Tables of figures.

use std::fmt;

/// A table whose first column is text, aligned left. The other columns are figures, aligned right.
pub struct Table {
    rows: Vec<Vec<String>>,
    note: String,
}

impl Table {
    pub fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { rows: vec![head.map(str::to_owned).to_vec()], note: String::new() }
    }

    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// Sets a note below the table.
    pub fn note(&mut self, note: String) {
        self.note = note;
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let cells = row.iter().enumerate().map(|(column, cell)| match (column, self.width(column)) {
                (0, width) => format!("{cell:<width$}"),
                (_, width) => format!("{cell:>width$}"),
            });
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("   ").trim_end())?;
        }
        let note = self.note.trim_end();
        if note.is_empty() { Ok(()) } else { writeln!(f, "{note}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn text_is_aligned_left_and_figures_right() {
        let mut table = Table::new(["what", "time"]);
        table.row(["a longer title".to_owned(), "9".to_owned()]);
        table.note("a note".to_owned());
        assert_eq!(table.to_string(), "what             time\na longer title      9\na note\n");
    }
}
