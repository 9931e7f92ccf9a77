//! `typefoundry reference` and `typefoundry explain`: the reference of the description language.

use anyhow::{Context as _, Result};
use typefoundry_codegen::diagnostic::Code;

/// The reference, which is a copy of `spec/README.md` of Typefoundry's repository.
const REFERENCE: &str = include_str!("../reference.md");

#[derive(clap::Args)]
pub struct ExplainArgs {
    /// A code of a problem, such as TF0102
    code: String,
}

/// Prints the reference.
pub fn print() {
    outln!("{}", REFERENCE.trim_end());
}

/// Prints the meaning of a code and the fix.
pub fn explain(args: &ExplainArgs) -> Result<()> {
    let code = args.code.to_uppercase();
    let known = || {
        let ends = [Code::ALL.first(), Code::ALL.last()].map(|code| code.map_or("", |code| code.as_str()));
        format!("codes are {}", ends.join(" to "))
    };
    let Row { meaning, severity, fix } =
        row(REFERENCE, &code).with_context(|| format!("there is no code {code}; {}", known()))?;
    let plain = without_links(fix);
    outln!("{code} ({severity}): {meaning}\n\n{plain}");
    if plain != fix {
        outln!("\n`typefoundry reference` prints the page with this section.");
    }
    Ok(())
}

/// Replaces links to sections of the reference by their texts.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once('[') {
        let parts = link.split_once("](#").and_then(|(title, link)| Some((title, link.split_once(')')?.1)));
        let Some((title, behind)) = parts else { break };
        plain.push_str(before);
        plain.push_str(title);
        rest = behind;
    }
    plain + rest
}

/// A row of the table of codes.
#[derive(Debug, PartialEq, Eq)]
struct Row<'t> {
    meaning: &'t str,
    severity: &'t str,
    fix: &'t str,
}

fn row<'t>(reference: &'t str, code: &str) -> Option<Row<'t>> {
    let start = format!("| `{code}` | ");
    let line = reference.lines().find_map(|line| line.strip_prefix(start.as_str())?.strip_suffix(" |"))?;
    let mut cells = line.splitn(3, " | ");
    Some(Row { meaning: cells.next()?, severity: cells.next()?, fix: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::{Code, REFERENCE, row, without_links};

    #[test]
    fn links_become_texts() {
        assert_eq!(without_links("Move it. See [Files](#files)."), "Move it. See Files.");
        assert_eq!(without_links("`list[string]` is not a type."), "`list[string]` is not a type.");
        for code in Code::ALL {
            let fix = row(REFERENCE, code.as_str()).expect("a row").fix;
            assert!(!without_links(fix).contains("](#"), "{fix}");
        }
    }

    #[test]
    fn every_code_has_an_explanation() {
        for code in Code::ALL {
            let row = row(REFERENCE, code.as_str()).expect("a row");
            assert_eq!(row.meaning, code.meaning());
            let is_known = row.severity.starts_with("error") || row.severity.starts_with("warning");
            assert!(is_known && !row.fix.is_empty(), "{row:?}");
        }
        assert_eq!(row(REFERENCE, "TF9999"), None);
    }
}
