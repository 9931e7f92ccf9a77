//! Rust identifiers, derived from the names of the spec by the conventions of Rust.
//!
//! A name is split into words, which determine it in every case: `oauth_providers`, `OAuthProviders` and `oauth-providers`
//! are the same name. Acronyms are words (`Mfa`, `Url`), as in the Rust API guidelines. Names are not made unique here:
//! callers report two wire names with the same Rust name.

mod keywords;
mod words;

#[cfg(test)]
mod tests;

pub use keywords::is_keyword;

use std::borrow::Cow;
use std::fmt;

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use unicode_normalization::UnicodeNormalization as _;

use crate::paths;

/// A name that is valid in Rust code. A keyword is a raw identifier or has a trailing underscore.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustName(String);

impl RustName {
    /// Returns the name as written in code, including `r#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the name without `r#`, as used in file names and docs.
    pub fn plain(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// Returns the name with a trailing underscore, which is valid for a keyword as well.
    pub fn suffixed(&self) -> Self {
        Self(format!("{}_", self.plain()))
    }

    /// Returns the name as a token.
    pub fn ident(&self) -> Ident {
        match self.0.strip_prefix("r#") {
            Some(plain) => Ident::new_raw(plain, Span::call_site()),
            None => Ident::new(&self.0, Span::call_site()),
        }
    }

    /// Makes a plain name valid in code.
    fn escaped(plain: String) -> Result<Self, Unusable> {
        let plain = normalized(&plain).into_owned();
        let name = if keywords::RAW.contains(&&*plain) {
            format!("r#{plain}")
        } else if keywords::NEVER_RAW.contains(&&*plain) {
            format!("{plain}_")
        } else if plain.starts_with(|c: char| c.is_ascii_alphabetic())
            || syn::parse_str::<Ident>(&plain).is_ok()
        {
            plain
        } else {
            // A leading underscore makes a digit, or a character that can only continue a name, valid without adding words.
            format!("_{plain}")
        };
        // Changing the case of a rare letter can result in one that is invalid in names.
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

/// The reason why a text has no Rust name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The text is empty.
    Empty,
    /// The text has neither a letter nor a digit, such as `---`.
    NoWord,
    /// In the requested case, the letters of the text are invalid in a Rust name.
    NotAName,
    /// The text has letters beyond ASCII, and rustc opens no module file with such a name.
    NotAFile,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a Rust name must not be empty",
            Self::NoWord => "the text contains no letter or digit for a Rust name",
            Self::NotAName => "the text contains letters that are not allowed in a Rust name",
            Self::NotAFile => "the name of a module must be ASCII, since its file has this name",
        })
    }
}

impl std::error::Error for Unusable {}

/// Returns the name of a type, in `CamelCase`: `oauth_providers` gives `OAuthProviders`, `MFAPhoneNumber` gives
/// `MfaPhoneNumber`.
///
/// # Errors
///
/// Fails if no name can be derived from the text.
pub fn type_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_camel(&split(text)?))
}

/// Returns the name of an enum variant, in `CamelCase`, from a wire value: `pt-br` gives `PtBr`, `ALL_ALLOWED` gives
/// `AllAllowed`.
///
/// A value that starts with a digit gets a leading underscore (`2fa` gives `_2fa`), so that a search for the wire value
/// finds the variant. A leading sign is spelled out (`+1` gives `Plus1`), since only the sign distinguishes `+1` from `-1`.
///
/// # Errors
///
/// Fails if no name can be derived from the value.
pub fn variant_name(text: &str) -> Result<RustName, Unusable> {
    let words = split(text)?;
    let sign = match text.chars().next() {
        Some('+') => "Plus",
        Some('-') => "Minus",
        _ => "",
    };
    RustName::escaped(format!("{sign}{}", join_camel(&words)))
}

/// Returns the name of a field, parameter, method or local variable, in `snake_case`: `userName` gives `user_name`, `type`
/// gives `r#type`.
///
/// # Errors
///
/// Fails if no name can be derived from the text.
pub fn value_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_snake(&split(text)?))
}

/// Returns the name of a module, in `snake_case`. A name whose file would be invalid gets a trailing underscore: `mod_`,
/// `lib_`.
///
/// # Errors
///
/// Fails if no name can be derived from the text.
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

/// Returns the name of a constant or static, in `SCREAMING_SNAKE_CASE`.
///
/// # Errors
///
/// Fails if no name can be derived from the text.
pub fn constant_name(text: &str) -> Result<RustName, Unusable> {
    RustName::escaped(join_snake(&split(text)?).to_shouty_snake_case())
}

/// Returns the words of a text in lower case, split as in all names.
pub fn words(text: &str) -> Vec<String> {
    words::split(text).iter().map(|word| word.to_lowercase()).collect()
}

/// Returns the words of a text as written. At least one word is required.
fn split(text: &str) -> Result<Vec<String>, Unusable> {
    // A raw identifier has the name without `r#`. rustc treats names that are equal after normalization as the same.
    let text = normalized(text.strip_prefix("r#").unwrap_or(text));
    let words = words::split(&text);
    match words.is_empty() {
        false => Ok(words),
        true if text.is_empty() => Err(Unusable::Empty),
        true => Err(Unusable::NoWord),
    }
}

/// Returns the normal form of a text. ASCII, which nearly all names are, has no other form.
fn normalized(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

fn join_snake(words: &[String]) -> String {
    words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_")
}

fn join_camel(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        // An underscore between digits keeps `v1.2` and `v12` apart; rustc's naming lint allows it.
        if name.ends_with(char::is_numeric) && word.starts_with(char::is_numeric) {
            name.push('_');
        }
        name.push_str(&words::camel(word));
    }
    name
}
