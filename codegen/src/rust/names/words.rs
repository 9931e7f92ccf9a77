//! Splitting of texts into words, and the case of a word in `CamelCase`.
//!
//! `heck` splits by case alone, and therefore reads `OAuth` as `o_auth`, `UUIDs` as `uui_ds` and `IPv4` as `i_pv4`. This
//! module consults a table of compound names and the plurals of acronyms first, and then splits by case. `heck` sets the
//! case of each word.

use heck::ToUpperCamelCase as _;

/// Words with inner capitals: their spelling, and their form in `CamelCase`.
///
/// Acronyms in a single case need no entry: `SCIM` is one word anyway.
const FUSED: &[(&str, &str)] = &[
    ("2FA", "2fa"),
    ("EdDSA", "EdDsa"),
    ("GitHub", "GitHub"),
    ("GitLab", "GitLab"),
    ("GraphQL", "GraphQl"),
    ("HubSpot", "HubSpot"),
    ("IPV4", "Ipv4"),
    ("IPV6", "Ipv6"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("IdP", "Idp"),
    ("JavaScript", "JavaScript"),
    ("LinkedIn", "LinkedIn"),
    ("MySQL", "MySql"),
    ("OAuth", "OAuth"),
    ("OpenID", "OpenId"),
    ("PayPal", "PayPal"),
    ("PostgreSQL", "PostgreSql"),
    ("SQLite", "Sqlite"),
    ("TikTok", "TikTok"),
    ("TypeScript", "TypeScript"),
    ("VMware", "VMware"),
    ("WebAuthn", "WebAuthn"),
    ("WhatsApp", "WhatsApp"),
    ("YouTube", "YouTube"),
    ("iOS", "Ios"),
    ("oAuth", "OAuth"),
    ("macOS", "MacOs"),
    ("reCAPTCHA", "Recaptcha"),
];

/// Returns the words of a text, each as written.
pub(super) fn split(text: &str) -> Vec<String> {
    text.split(|c: char| !continues_name(c))
        // A combining mark without a letter before it has no effect.
        .map(|run| run.trim_start_matches(|c: char| !c.is_alphanumeric()))
        .filter(|run| !run.is_empty())
        .flat_map(split_run)
        .collect()
}

/// Whether a Rust name can contain the character. `_` is excluded, since it separates words.
fn continues_name(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Only the parser has the Unicode table of rustc.
    let probe = format!("a{c}");
    syn::parse_str::<syn::Ident>(&probe).is_ok_and(|ident| ident == probe)
}

/// Splits a run of letters and digits by case.
fn split_run(run: &str) -> Vec<String> {
    // Each rule about words needs a capital. Most names have none, and splitting them took 3 % of a run.
    if run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return vec![run.to_owned()];
    }
    let mixed = has_lower(run);
    let mut words = Vec::new();
    let mut word = String::new();
    let mut rest = run;
    while !rest.is_empty() {
        let piece = next_piece(&word, rest, mixed);
        if piece.starts_word {
            words.push(std::mem::take(&mut word));
        }
        let (text, after) = rest.split_at(piece.len);
        word.push_str(text);
        rest = after;
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

/// Characters that form one piece, whatever their case.
struct Piece {
    /// The length in bytes.
    len: usize,
    starts_word: bool,
}

fn next_piece(word: &str, rest: &str, mixed: bool) -> Piece {
    if let Some(piece) = fused(word, rest) {
        return piece;
    }
    // No rule looks at more characters.
    let ahead: Vec<char> = rest.chars().take(3).collect();
    acronym_plural(word, &ahead).unwrap_or_else(|| Piece {
        len: ahead.first().map_or(0, |first| first.len_utf8()),
        starts_word: starts_word(word, &ahead) || (mixed && starts_version(word, &ahead)),
    })
}

/// Returns the compound word at the start of `rest`, if it has word boundaries on both sides.
fn fused(word: &str, rest: &str) -> Option<Piece> {
    let may_start = match (word.chars().last(), rest.chars().next()?) {
        (None, _) => true,
        (Some(last), first) => is_capital(first) || (first.is_numeric() && last.is_lowercase()),
    };
    if !may_start {
        return None;
    }
    let (written, _) = FUSED.iter().find(|(written, _)| rest.starts_with(written))?;
    let after: Vec<char> = rest[written.len()..].chars().take(2).collect();
    ends_word(&after).then_some(Piece { len: written.len(), starts_word: true })
}

/// Whether a word can end here: no lower-case letter follows, except the `s` of a plural.
fn ends_word(rest: &[char]) -> bool {
    match rest {
        ['s'] => true,
        ['s', after, ..] => !after.is_lowercase(),
        [first, ..] => !first.is_lowercase(),
        [] => true,
    }
}

/// Returns the end of a plural acronym: the `Ds` of `UUIDs`.
fn acronym_plural(word: &str, rest: &[char]) -> Option<Piece> {
    let [last, 's', after @ ..] = rest else {
        return None;
    };
    let plural = in_acronym(word) && is_capital(*last) && !after.first().is_some_and(|c| c.is_lowercase());
    plural.then_some(Piece { len: last.len_utf8() + 1, starts_word: false })
}

/// Whether a new word starts with the first character of `rest`.
fn starts_word(word: &str, rest: &[char]) -> bool {
    match rest {
        // A version after an acronym: `APIv2`.
        ['v', digit, ..] if in_acronym(word) && digit.is_numeric() => word.chars().count() > 1,
        [first, ..] if is_capital(*first) && has_lower(word) => true,
        [_, 'v', digit, ..] if in_acronym(word) && digit.is_numeric() => false,
        // The last capital of `HTTPServer` belongs to the word after the acronym.
        [first, next, ..] if is_capital(*first) && next.is_lowercase() => true,
        _ => false,
    }
}

/// Whether the version of an acronym starts here: `AcmeSCIMV2`. In a run of capitals only, no boundary is recognizable.
fn starts_version(word: &str, rest: &[char]) -> bool {
    matches!(rest, ['V', digit, ..] if digit.is_numeric()) && in_acronym(word) && word.chars().count() > 1
}

/// Whether the current word consists of capitals and digits, and starts with a capital.
fn in_acronym(word: &str) -> bool {
    word.starts_with(is_capital) && !has_lower(word)
}

/// Whether the letter is upper case and has a lower case. Mathematical capitals have none.
fn is_capital(c: char) -> bool {
    c.is_uppercase() && !c.to_lowercase().eq([c])
}

fn has_lower(word: &str) -> bool {
    word.chars().any(char::is_lowercase)
}

/// Returns the word in its form within `CamelCase`.
///
/// A capitalized word keeps its spelling, so `Github` and `GitHub` remain two names. A word in a single case takes the
/// spelling of the table, or a leading capital.
pub(super) fn camel(word: &str) -> String {
    let lower = word.to_lowercase();
    let title = lower.to_upper_camel_case();
    if word == title {
        return title;
    }
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    [&*lower, stem]
        .into_iter()
        .find_map(|key| {
            FUSED.iter().find(|(written, _)| written.eq_ignore_ascii_case(key)).map(|(_, camel)| (key, camel))
        })
        .map_or(title, |(key, camel)| format!("{camel}{}", &lower[key.len()..]))
}
