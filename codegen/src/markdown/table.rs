//! Tables: the one place that knows what a cell must not contain.

use super::text::code;

const BREAK: &str = "<br>";
const PARAGRAPH: &str = "<br><br>";

/// A table that is written only when it has rows, and only with the columns that say something.
#[derive(Debug)]
pub struct Table<const N: usize> {
    head: [&'static str; N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// A table with this head and these rows; every cell is Markdown, of any number of lines.
    pub fn new(head: [&'static str; N], rows: impl IntoIterator<Item = [String; N]>) -> Self {
        Self { head, rows: rows.into_iter().map(|row| row.map(|text| cell(&text))).collect() }
    }

    /// The table as lines; nothing at all when it has no rows.
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

/// Markdown as one line: a pipe would end the cell, even inside of code, and a line break would end the table.
fn cell(text: &str) -> String {
    let mut out = String::new();
    let mut in_fence = false;
    let mut gap = "";
    for line in text.trim().lines().map(str::trim) {
        if line.starts_with("```") {
            in_fence = !in_fence;
            gap = BREAK;
        } else if line.is_empty() {
            gap = PARAGRAPH;
        } else {
            out.push_str(if gap == " " && is_item(line) { BREAK } else { gap });
            out.push_str(&if in_fence { code(line) } else { line.to_owned() });
            gap = if in_fence { BREAK } else { " " };
        }
    }
    out.replace('|', "\\|")
}

/// Whether the line is an item of a list, which no blank line needs to set apart.
fn is_item(line: &str) -> bool {
    let marker = line.split(' ').next().unwrap_or_default();
    matches!(marker, "-" | "*" | "+")
        || marker.strip_suffix('.').is_some_and(|number| number.parse::<u32>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::{Table, cell};

    #[test]
    fn cells_are_one_line() {
        assert_eq!(cell("one\ntwo\n\nthree"), "one two<br><br>three");
        assert_eq!(cell("one of\n- a\n- b | c"), "one of<br>- a<br>- b \\| c");
        assert_eq!(
            cell("as in\n```json\n{\n  \"a\": 1\n}\n```\nabove"),
            "as in<br>`{`<br>`\"a\": 1`<br>`}`<br>above"
        );
    }

    #[test]
    fn columns_that_say_nothing_are_left_out() {
        let rows = [["a".into(), String::new(), "1".into()], ["b".into(), String::new(), String::new()]];
        let table = Table::new(["Name", "Doc", "Number"], rows);
        assert_eq!(table.render(), "| Name | Number |\n| --- | --- |\n| a | 1 |\n| b | |");
    }

    #[test]
    fn no_rows_make_no_table() {
        assert_eq!(Table::new(["Name"], []).render(), "");
    }
}
