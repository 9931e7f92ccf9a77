//! The package `xtask`, and the alias that runs it.

use anyhow::{Context as _, Result, bail};
use toml::Value;
use toml_edit::{DocumentMut, value};

use super::place::Read;

/// The program.
pub const PROGRAM: &str = include_str!("templates/xtask.rs");

const ALIAS: &str = "run --quiet --package xtask --";

/// The end of the message for a repository with another `xtask`.
pub const BY_HAND: &str = "add the commands of the crate `typefoundry` to it by hand, and run `typefoundry init` without --xtask; \
                           nothing was written";

/// Whether the package is that of an earlier `init`.
pub fn is_own(read: Read<'_>) -> Result<bool> {
    Ok(read("xtask/src/main.rs")?.is_some_and(|text| text.replace("\r\n", "\n") == PROGRAM))
}

/// Returns the manifest. `source` is the path from the package to a clone of Typefoundry's repository.
pub fn manifest(source: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let path = source.map(|source| format!(", path = {}", Value::from(format!("{source}/cli"))));
    let path = path.unwrap_or_default();
    format!(
        "[package]\nname = \"xtask\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         # This version generates the packages. After an update, run `cargo xtask generate`.\n\
         typefoundry = {{ version = \"={version}\"{path} }}\n"
    )
}

/// Returns the configuration of Cargo with the alias; `None` if it has it.
///
/// # Errors
///
/// The configuration is invalid, or has another alias of this name.
pub fn with_alias(existing: Option<&str>) -> Result<Option<String>> {
    let text = existing.unwrap_or_default();
    let mut document: DocumentMut =
        text.parse().context("failed to read .cargo/config.toml, so nothing was written")?;
    let is_new = !document.contains_key("alias");
    let table = document.entry("alias").or_insert_with(toml_edit::table);
    if let (true, Some(table)) = (is_new && !text.is_empty(), table.as_table_mut()) {
        table.decor_mut().set_prefix("\n");
    }
    let table = table.as_table_like_mut().context("`alias` in .cargo/config.toml is not a table")?;
    match table.get("xtask") {
        Some(alias) if alias.as_str() == Some(ALIAS) => return Ok(None),
        Some(_) => bail!(".cargo/config.toml has another alias `xtask`: {BY_HAND}"),
        None => {}
    }
    table.insert("xtask", value(ALIAS));
    Ok(Some(document.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{manifest, with_alias};

    #[test]
    fn alias_is_added_to_the_configuration() {
        let alias = "[alias]\nxtask = \"run --quiet --package xtask --\"\n";
        assert_eq!(with_alias(None).unwrap().as_deref(), Some(alias));
        assert_eq!(with_alias(Some(alias)).unwrap(), None);
        let old = "# Ours.\n[build]\njobs = 2\n";
        assert_eq!(with_alias(Some(old)).unwrap(), Some(format!("{old}\n{alias}")));
        let old = "[alias]\nb = \"build\" # short\n\n[build]\njobs = 2\n";
        let new = old.replace("# short\n", "# short\nxtask = \"run --quiet --package xtask --\"\n");
        assert_eq!(with_alias(Some(old)).unwrap(), Some(new));
        assert!(with_alias(Some("[alias")).is_err());
        for alias in ["\"run -p tool\"", "[\"run\", \"--package\", \"tool\"]"] {
            let error = with_alias(Some(&format!("alias.xtask = {alias}\n"))).unwrap_err().to_string();
            assert!(error.contains("another alias `xtask`: add the commands"), "{error}");
        }
    }

    #[test]
    fn manifest_is_valid() {
        let table: toml::Table = manifest(Some("../../typefoundry")).parse().unwrap();
        assert_eq!(table["dependencies"]["typefoundry"]["path"].as_str(), Some("../../typefoundry/cli"));
        assert!(!manifest(None).contains("path"));
    }
}
