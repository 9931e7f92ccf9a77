//! The one home of Rust identifiers: what the spec calls a thing becomes the name that a Rust author would give it.
//!
//! The same words serve every case, so `oauth_providers`, `OAuthProviders` and `oauth-providers` are one name. Acronyms are
//! words (`Mfa`, `Url`), as the Rust API guidelines ask. Nothing is made unique here: two wire names that meet in one Rust
//! name are for the caller to report.

mod keywords;
#[cfg(test)]
mod tests;
mod words;

pub use keywords::is_keyword;

use std::fmt;

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use unicode_normalization::UnicodeNormalization as _;

use crate::paths;

/// A name that can stand in Rust code as it is: raw, or with a trailing underscore, where a keyword asks for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// The name as it stands in code, `r#` included.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name without `r#`, as it stands in file names and docs.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The name with a trailing underscore, which makes a keyword a plain name.
    pub fn suffixed(&self) -> Self {
        Self(format!("{}_", self.plain()))
    }

    /// The name as a token.
    pub fn ident(&self) -> Ident {
        match self.0.strip_prefix("r#") {
            Some(plain) => Ident::new_raw(plain, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        }
    }

    /// Makes a plain name fit to stand in code.
    fn escaped(plain: String) -> Result<Self, Unusable> {
        let plain: String = plain.nfc().collect();
        let name = if keywords::RAW.contains(&&*plain) {
            format!("r#{plain}")
        } else if keywords::NEVER_RAW.contains(&&*plain) {
            format!("{plain}_")
        } else if plain.starts_with(|c: char| c.is_ascii_alphabetic())
            || syn::parse_str::<Ident>(&plain).is_ok()
        {
            plain
        } else {
            // A digit, or a mark that only continues a name: an underscore in front invents nothing.
            format!("_{plain}")
        };
        // Changing the case of a rare letter can give one that no name may contain.
        match syn::parse_str::<Ident>(&name) {
            Ok(ident) if ident == name => Ok(Self(name)),
            _ => Err(Unusable::NotAName),
        }
    }
}

impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for RustName {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(self.ident());
    }
}

/// Why no Rust name can be made of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// There is no text at all.
    Empty,
    /// The text has neither a letter nor a digit, as `---`.
    NoWord,
    /// The letters of the text cannot stand in a Rust name in the case that is asked for.
    NotAName,
    /// The text has letters beyond ASCII, and rustc opens no file of a module that has some in its name.
    NotAFile,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty text gives no Rust name",
            Self::NoWord => "it has no letter and no digit to make a Rust name of",
            Self::NotAName => "its letters cannot stand in a Rust name",
            Self::NotAFile => "the name of a module must be ASCII, since its file has this name",
        })
    }
}

impl std::error::Error for Unusable {}

/// The name of a type, in `CamelCase`: `oauth_providers` gives `OAuthProviders`, `MFAPhoneNumber` gives `MfaPhoneNumber`.
///
/// # Errors
/// The text has nothing that a name can be made of.
pub fn type_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_camel(&split(text)?))
}

/// The name of an enum variant, in `CamelCase`, from a wire value: `pt-br` gives `PtBr`, `ALL_ALLOWED` gives `AllAllowed`.
///
/// A value that starts with a digit gets an underscore (`2fa` gives `_2fa`): a reader who looks for the wire value finds it,
/// and no word is made up. A sign at the start is spelled out (`+1` gives `Plus1`), as it is all that tells `+1` from `-1`.
///
/// # Errors
/// The value has nothing that a name can be made of.
pub fn variant_name(text: &str) -> Result<RustName, Unusable> {
    let words = split(text)?;
    let sign = match text.chars().next() {
        Some('+') => "Plus",
        Some('-') => "Minus",
        _ => "",
    };
    RustName::escaped(format!("{sign}{}", join_camel(&words)))
}

/// The name of a field, param, method or local, in `snake_case`: `userName` gives `user_name`, `type` gives `r#type`.
///
/// # Errors
/// The text has nothing that a name can be made of.
pub fn value_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_snake(&split(text)?))
}

/// The name of a module, in `snake_case`. A name that its file could not have gets a trailing underscore: `mod_`, `lib_`.
///
/// # Errors
/// The text has nothing that a name can be made of.
pub fn module_name(text: &str) -> Result<RustName, Unusable> {
    let mut plain = join_snake(&split(text)?);
    if !plain.is_ascii() {
        return Err(Unusable::NotAFile);
    }
    if keywords::NO_MODULE.contains(&&*plain) || paths::is_device(&plain) {
        plain.push('_');
    }
    RustName::escaped(plain)
}

/// The name of a constant or static, in `SCREAMING_SNAKE_CASE`.
///
/// # Errors
/// The text has nothing that a name can be made of.
pub fn constant_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_snake(&split(text)?).to_shouty_snake_case())
}

/// The lower-case words of a text, split as all names here are split.
pub fn words(text: &str) -> Vec<String> {
    words::split(text).iter().map(|word| word.to_lowercase()).collect()
}

/// The words as they are written; at least one.
fn split(text: &str) -> Result<Vec<String>, Unusable> {
    // A name that is raw already is the name it stands for. To rustc, names that are equal after normalization are one.
    let text: String = text.strip_prefix("r#").unwrap_or(text).nfc().collect();
    let words = words::split(&text);
    match words.is_empty() {
        false => Ok(words),
        true if text.is_empty() => Err(Unusable::Empty),
        true => Err(Unusable::NoWord),
    }
}

fn join_snake(words: &[String]) -> String {
    words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_")
}

fn join_camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        // `v1.2` and `v12` are two names: rustc, too, allows an underscore between digits here.
        if name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric) {
            name.push('_');
        }
        name.push_str(&words::camel(word));
    }
    name
}
