//! Tables, without rows or columns that are empty.

use crate::doc_text::github_cell;

/// A table that is omitted without rows, and that omits empty columns.
#[derive(Debug)]
pub struct Table<const N: usize> {
    head: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// Creates a table from a head and rows. Every cell is Markdown and can have several lines.
    pub fn new(head: [&'static str; N], rows: impl IntoIterator<Item = [String; N]>) -> Self {
        Self { head, rows: rows.into_iter().map(|row| row.map(|text| github_cell(&text))).collect() }
    }

    /// Renders the table, or an empty text without rows.
    pub fn render(&self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let columns: Vec<usize> = (0..N).filter(|column| self.is_told(*column)).collect();
        let head = line(columns.iter().map(|column| self.head[*column]));
        let rule = line(columns.iter().map(|_| "---"));
        let rows = self.rows.iter().map(|row| line(columns.iter().map(|column| row[*column].as_str())));
        [head, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
    }

    fn is_told(&self, column: usize) -> bool {
        self.rows.iter().any(|row| !row[column].is_empty())
    }
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    cells.fold(
        "|".to_owned(),
        |line, cell| if cell.is_empty() { line + " |" } else { line + " " + cell + " |" },
    )
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn empty_columns_are_omitted() {
        let rows = [["a".into(), String::new(), "1".into()], ["b".into(), String::new(), String::new()]];
        let table = Table::new(["Name", "Doc", "Number"], rows);
        assert_eq!(table.render(), "| Name | Number |\n| --- | --- |\n| a | 1 |\n| b | |");
    }

    #[test]
    fn table_without_rows_is_omitted() {
        assert_eq!(Table::new(["Name"], []).render(), "");
    }
}
