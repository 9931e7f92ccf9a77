//! The files of the packages.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;

/// Returns the files below a folder, by their paths from the root.
fn files(root: &Path, folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("a path below the root").to_string_lossy();
            let text = fs::read_to_string(&path).expect("text").replace("\r\n", "\n");
            found.insert(name.replace('\\', "/"), text);
        }
    }
    found
}

#[test]
fn packages_are_up_to_date() {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests");
    let root = PathBuf::from(folder).join("described");
    let sources = files(&root, "spec").into_iter().map(|(path, text)| {
        let path = path.strip_prefix("spec/").unwrap_or(&path).to_owned();
        Source::new(path, text)
    });
    let mut settings = Settings::default();
    settings.runtime.insert("path".to_owned(), "../../../../runtime".into());
    settings.package.insert("publish".to_owned(), false.into());
    settings.package.insert("license".to_owned(), "MIT OR Apache-2.0".into());
    let generated = typefoundry_codegen::generate(sources, &settings);
    assert!(generated.diagnostics.is_empty(), "{}", generated.render(false));
    let output = generated.output.expect("no error");
    let expected: BTreeMap<String, String> = output
        .files
        .into_iter()
        .filter(|file| file.path.starts_with("generated/"))
        .map(|file| (file.path, file.text))
        .collect();
    let found = files(&root, "generated");
    let differs = |path: &&String| found.get(*path) != expected.get(*path);
    let paths: Vec<&String> = expected.keys().chain(found.keys()).filter(differs).collect();
    assert!(
        paths.is_empty(),
        "run `cargo xtask generate`, and remove the files that it does not write: {paths:#?}"
    );
}
