//! Reads the files below `spec/`. None is ignored silently, because its generated files would be removed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use typefoundry_codegen::load::is_description;
use typefoundry_codegen::source::Source;
use walkdir::{DirEntry, WalkDir};

use crate::paths::slashed;

/// Reads every file below `spec`, with its path relative to that folder. `shown` is the folder in messages.
///
/// Links are followed. A file without the name of a description is listed without its content. A file or folder that cannot be
/// read is listed with the reason.
pub fn read(spec: &Path, shown: &str) -> Vec<Source> {
    let walk = WalkDir::new(spec).follow_links(true).sort_by_file_name();
    let mut entries = walk.into_iter();
    let mut sources = Vec::new();
    while let Some(entry) = entries.next() {
        match entry {
            // A folder such as `.idea` is reported once.
            Ok(entry) if entry.depth() > 0 && is_hidden(&entry) => {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
                if !is_setting(&entry) {
                    sources.push(Source::new(slashed(spec, entry.path()), ""));
                }
            }
            Ok(entry) if entry.file_type().is_dir() || is_ours(&entry) => {}
            Ok(entry) => sources.push(read_file(slashed(spec, entry.path()), entry.path())),
            Err(error) => sources.push(unreadable(spec, shown, &error)),
        }
    }
    sources.into_iter().map(|source| source.within(shown.to_owned())).collect()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a file configures version control or a text tool. Such files are allowed.
fn is_setting(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    [".git", ".editorconfig", ".prettier", ".yamllint"].iter().any(|known| name.starts_with(known))
}

/// Whether a file is the language reference or a generated schema. Other files among the schemas are reported with the output.
fn is_ours(entry: &DirEntry) -> bool {
    let path = entry.path();
    let in_schemas = path.parent().is_some_and(|folder| folder.ends_with("schema"));
    let is_schema =
        entry.depth() == 2 && in_schemas && path.extension().is_some_and(|ending| ending == "json");
    is_schema || (entry.depth() == 1 && entry.file_name() == "README.md")
}

fn read_file(path: String, file: &Path) -> Source {
    // Reading a named pipe would block.
    match fs::metadata(file) {
        Ok(metadata) if !metadata.is_file() => return Source::unreadable(path, "not a regular file"),
        _ if !is_description(&path) => return Source::new(path, ""),
        _ => {}
    }
    match fs::read(file) {
        Ok(content) => Source::from_bytes(path, content),
        Err(error) => Source::unreadable(path, error.to_string()),
    }
}

fn unreadable(spec: &Path, folder: &str, error: &walkdir::Error) -> Source {
    let file = error.path().unwrap_or(spec);
    let target = fs::read_link(file).ok();
    let is_missing = error.io_error().is_some_and(|error| error.kind() == ErrorKind::NotFound);
    let reason = match (error.loop_ancestor(), target, error.io_error()) {
        (Some(around), ..) => {
            format!("the link points to `{}`, which contains it", shown(spec, folder, around))
        }
        (None, Some(target), _) if is_missing => {
            format!("the link points to `{}`, which does not exist", target.display())
        }
        (.., Some(error)) => error.to_string(),
        (.., None) => error.to_string(),
    };
    Source::unreadable(slashed(spec, file), reason)
}

fn shown(spec: &Path, name: &str, folder: &Path) -> String {
    format!("{name}/{}", slashed(spec, folder)).trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::repository::Repository;
    use typefoundry_codegen::source::Fault;

    fn repository() -> (tempfile::TempDir, Repository) {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::at(folder.path());
        repository.write("spec/acme/api.yaml", "doc: X\n").unwrap();
        (folder, repository)
    }

    fn paths(repository: &Repository) -> Vec<String> {
        read(&repository.path("spec"), "spec").into_iter().map(|source| source.path).collect()
    }

    #[test]
    fn every_file_except_the_reference_and_the_schemas_is_listed() {
        let (_folder, repository) = repository();
        for path in [
            "README.md",
            "schema/api.json",
            "acme/README.md",
            "acme/Users.YAML",
            "acme/.x.swp",
            ".idea/a/b",
            ".gitignore",
        ] {
            repository.write(&format!("spec/{path}"), "").unwrap();
        }
        let expected = [".idea", "acme/.x.swp", "acme/README.md", "acme/Users.YAML", "acme/api.yaml"];
        assert_eq!(paths(&repository), expected);
    }

    #[test]
    fn file_that_is_not_utf8_does_not_hide_others() {
        let (_folder, repository) = repository();
        std::fs::write(repository.path("spec/acme/users.yaml"), b"doc: \xff\n").unwrap();
        let sources = read(&repository.path("spec"), "spec");
        assert_eq!(sources[0].fault, None);
        assert_eq!(sources[1].fault, Some(Fault::NotUtf8 { at: 5, byte: 0xff }));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_broken_ones_reported() {
        use std::os::unix::fs::symlink;
        let (folder, repository) = repository();
        repository.write("shared/users.yaml", "doc: People.\n").unwrap();
        repository.write("shared/deep/keys.yaml", "doc: Keys.\n").unwrap();
        let link = |to: &str, at: &str| symlink(folder.path().join(to), repository.path(at)).unwrap();
        link("shared/users.yaml", "spec/acme/users.yaml");
        link("shared/deep", "spec/acme/users");
        symlink("nowhere.yaml", repository.path("spec/acme/gone.yaml")).unwrap();
        link("spec/acme", "spec/acme/loop");

        let sources = read(&repository.path("spec"), "spec");
        let found: Vec<(&str, &str)> =
            sources.iter().map(|source| (source.path.as_str(), source.text.as_str())).collect();
        let expected = [
            ("acme/api.yaml", "doc: X\n"),
            ("acme/gone.yaml", ""),
            ("acme/loop", ""),
            ("acme/users", ""),
            ("acme/users.yaml", "doc: People.\n"),
        ];
        let expected: Vec<_> =
            expected
                .into_iter()
                .map(|(path, text)| {
                    if path == "acme/users" { ("acme/users/keys.yaml", "doc: Keys.\n") } else { (path, text) }
                })
                .collect();
        assert_eq!(found, expected);
        let reason = |at: usize| match &sources[at].fault {
            Some(Fault::Unreadable(reason)) => reason.as_str(),
            other => panic!("{other:?}"),
        };
        assert_eq!(reason(1), "the link points to `nowhere.yaml`, which does not exist");
        assert_eq!(reason(2), "the link points to `spec/acme`, which contains it");
    }

    #[cfg(unix)]
    #[test]
    fn file_without_permission_is_reported() {
        use std::os::unix::fs::PermissionsExt as _;
        let (_folder, repository) = repository();
        let path = repository.path("spec/acme/api.yaml");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
        // The superuser can read the file.
        if std::fs::read(&path).is_err() {
            let sources = read(&repository.path("spec"), "spec");
            assert!(matches!(&sources[0].fault, Some(Fault::Unreadable(why)) if why.contains("ermission")));
        }
    }
}
