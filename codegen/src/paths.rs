//! Portable names of files and folders.

use std::fmt;

/// Device names of Windows. With any extension, Windows opens no file of that name.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether the name is a device name of Windows, in any case.
pub fn is_device(name: &str) -> bool {
    DEVICES.iter().any(|device| device.eq_ignore_ascii_case(name))
}

/// The reason why a file or folder of the spec cannot have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// The name is not a lower-case letter followed by lower-case letters, digits and `_`.
    Characters,
    /// The name is not a lower-case letter followed by lower-case letters, digits, `-` and `_`.
    ApiCharacters,
    /// The name is a device name of Windows.
    Device,
    /// The name is that of the folder of generated schemas.
    Schemas,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Characters => "not a lower-case ASCII letter followed by such letters, digits and `_`",
            Self::ApiCharacters => {
                "not a lower-case ASCII letter followed by such letters, digits, `-` and `_`"
            }
            Self::Device => "a device on Windows, where no file can have this name",
            Self::Schemas => "the folder of the generated schemas",
        })
    }
}

impl std::error::Error for Invalid {}

/// Checks the name of an API, which is its folder below `spec/`. It can contain `-`.
///
/// # Errors
///
/// Returns the reason why the name is invalid.
pub fn check_api(name: &str) -> Result<(), Invalid> {
    if name == "schema" {
        return Err(Invalid::Schemas);
    }
    check(&name.replace('-', "_")).map_err(|why| match why {
        Invalid::Characters => Invalid::ApiCharacters,
        why => why,
    })
}

/// Checks one segment of the path of a resource, which names a Rust module, a page of the docs and a file of the spec.
///
/// # Errors
///
/// Returns the reason why the name is invalid.
pub fn check_resource(name: &str) -> Result<(), Invalid> {
    check(name)
}

fn check(name: &str) -> Result<(), Invalid> {
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(letters) {
        return Err(Invalid::Characters);
    }
    if is_device(name) { Err(Invalid::Device) } else { Ok(()) }
}

/// Returns a similar name that [`check_resource`] accepts, if there is one.
pub fn suggest(name: &str) -> Option<String> {
    if !name.is_ascii() {
        return None;
    }
    let lower: String =
        name.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let words: Vec<&str> = lower.split('_').filter(|word| !word.is_empty()).collect();
    let plain = words.join("_");
    let suggested = if is_device(&plain) { format!("{plain}_") } else { plain };
    check(&suggested).is_ok().then_some(suggested)
}

/// Whether an editor or the operating system left the file behind.
pub fn is_leftover(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let endings = ["~", ".bak", ".orig", ".rej", ".swo", ".swp", ".tmp"];
    let names = ["desktop.ini", "Thumbs.db"];
    path.split('/').any(|part| part.starts_with('.'))
        || name.starts_with('#')
        || endings.iter().any(|ending| name.ends_with(ending))
        || names.iter().any(|other| other.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{Invalid, check_api, check_resource, is_device, is_leftover, suggest};

    #[test]
    fn name_that_some_system_rejects_is_invalid() {
        for name in ["users", "a", "oauth_2", "a1", "keys_"] {
            assert_eq!(check_resource(name), Ok(()), "{name}");
        }
        for name in ["", "Users", "my users", "user-keys", "1x", "_x", "a.b", "größe", "a/b", "-->"] {
            assert_eq!(check_resource(name), Err(Invalid::Characters), "{name}");
        }
        assert_eq!(check_resource("com1"), Err(Invalid::Device));
        assert_eq!(check_api("acme-b2b"), Ok(()));
        assert_eq!(check_api("Acme"), Err(Invalid::ApiCharacters));
        assert_eq!(check_api("con"), Err(Invalid::Device));
        assert_eq!(check_api("schema"), Err(Invalid::Schemas));
        assert!(is_device("NUL") && !is_device("null"));
    }

    #[test]
    fn suggestion_is_valid() {
        assert_eq!(suggest("User-Keys").as_deref(), Some("user_keys"));
        assert_eq!(suggest("my users").as_deref(), Some("my_users"));
        assert_eq!(suggest("con").as_deref(), Some("con_"));
        assert_eq!(suggest("1x"), None);
        assert_eq!(suggest("größe"), None);
    }

    #[test]
    fn leftovers_are_distinguished_from_descriptions() {
        for path in
            [".DS_Store", "acme/.users.yaml.swp", "acme/users.yaml~", ".idea/x.yaml", "acme/#users.yaml#"]
        {
            assert!(is_leftover(path), "{path}");
        }
        for path in ["acme/users.yaml", "acme/README.md", "acme/users.json"] {
            assert!(!is_leftover(path), "{path}");
        }
    }
}
