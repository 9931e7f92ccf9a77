//! Conversion of type notations of other languages to this one.

/// Names of types in other languages, and the corresponding types of this language.
const TYPE_HINTS: &[(&str, &str)] = &[
    ("str", "string"),
    ("text", "string"),
    ("char", "string"),
    ("varchar", "string"),
    ("email", "string"),
    ("uri", "url"),
    ("password", "secret"),
    ("boolean", "bool"),
    ("int", "int64"),
    ("integer", "int64"),
    ("long", "int64"),
    ("bigint", "int64"),
    ("i64", "int64"),
    ("short", "int16"),
    ("i8", "int8"),
    ("i16", "int16"),
    ("i32", "int32"),
    ("u8", "uint8"),
    ("u16", "uint16"),
    ("u32", "uint32"),
    ("u64", "uint64"),
    ("ushort", "uint16"),
    ("ulong", "uint64"),
    ("uint", "uint32"),
    ("float", "float64"),
    ("float32", "float64"),
    ("double", "float64"),
    ("number", "float64"),
    ("f32", "float64"),
    ("f64", "float64"),
    ("bigdecimal", "decimal"),
    ("numeric", "decimal"),
    ("localdate", "date"),
    ("naivedate", "date"),
    ("localtime", "time"),
    ("naivetime", "time"),
    ("timedelta", "duration"),
    ("timespan", "duration"),
    ("interval", "duration"),
    ("guid", "uuid"),
    ("byte", "bytes"),
    ("base64", "bytes"),
    ("blob", "binary"),
    ("file", "binary"),
    ("octets", "binary"),
    ("bytearray", "bytes"),
    ("datetime", "timestamp"),
    ("date-time", "timestamp"),
    ("date_time", "timestamp"),
    ("instant", "timestamp"),
    ("any", "json"),
    ("value", "json"),
    ("unknown", "json"),
    ("mixed", "json"),
    ("struct", "object"),
];

/// The built-in types of this language.
const OWN: &[&str] = &[
    "string",
    "secret",
    "bool",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float64",
    "decimal",
    "timestamp",
    "date",
    "time",
    "duration",
    "uuid",
    "url",
    "bytes",
    "binary",
    "json",
    "object",
];

/// Capitalized, these names are more likely missing types of the API.
const AMBIGUOUS: &[&str] = &[
    "text",
    "email",
    "uri",
    "url",
    "time",
    "duration",
    "interval",
    "binary",
    "blob",
    "file",
    "password",
    "value",
    "unknown",
    "mixed",
    "struct",
    "secret",
    "object",
    "instant",
    "timestamp",
];

const LISTS: &[&str] = &["list", "array", "vec", "set", "hashset", "sequence", "slice", "iterable"];
const MAPS: &[&str] = &["map", "hashmap", "btreemap", "dict", "dictionary", "record", "mapping"];

/// Returns the type of this language for the name of a type in another one.
pub(crate) fn native(word: &str) -> Option<&'static str> {
    let folded = word.to_ascii_lowercase();
    if word.starts_with(char::is_uppercase) && AMBIGUOUS.contains(&folded.as_str()) {
        return None;
    }
    let own = OWN.iter().copied().find(|own| *own == folded && *own != word);
    own.or_else(|| TYPE_HINTS.iter().find(|(foreign, _)| *foreign == folded).map(|(_, native)| *native))
}

/// Converts a type of another language. Returns `None` if the notation is not recognized.
pub(crate) fn rewrite(text: &str) -> Option<String> {
    let text = text.trim();
    let alternatives = split(text, '|');
    if alternatives.len() > 1 {
        return rewrite_alternatives(&alternatives);
    }
    if let Some(inner) = text.strip_suffix("[]") {
        return Some(format!("list<{}>", rewrite(inner)?));
    }
    if let Some(inner) = text.strip_prefix('?').or_else(|| text.strip_suffix('?')) {
        return Some(format!("{}?", rewrite(inner)?.trim_end_matches('?')));
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return Some(format!("list<{}>", rewrite(inner)?));
    }
    match text.find(['<', '[', '(']) {
        Some(at) => {
            let (name, rest) = (text.get(..at)?, text.get(at + 1..)?);
            let arguments = rest.strip_suffix(['>', ']', ')'])?;
            rewrite_generic(name, &split(arguments, ','))
        }
        None => rewrite_name(text),
    }
}

fn rewrite_alternatives(alternatives: &[&str]) -> Option<String> {
    let is_null = |word: &&&str| matches!(word.trim(), "null" | "None" | "nil");
    let is_absent = |word: &&&str| word.trim() == "undefined";
    let mut types = alternatives.iter().filter(|word| !is_null(word) && !is_absent(word));
    let ty = rewrite(types.next()?)?;
    if types.next().is_some() {
        return None;
    }
    let absent = if alternatives.iter().any(|word| is_absent(&word)) { "?" } else { "" };
    let null = if alternatives.iter().any(|word| is_null(&word)) { " | null" } else { "" };
    Some(format!("{}{}{null}", ty.trim_end_matches('?'), if ty.ends_with('?') { "?" } else { absent }))
}

fn rewrite_generic(name: &str, arguments: &[&str]) -> Option<String> {
    let folded = name.trim().to_ascii_lowercase();
    let last = rewrite(arguments.last()?)?;
    let item = last.trim_end_matches('?');
    match folded.as_str() {
        name if LISTS.contains(&name) && arguments.len() == 1 => Some(format!("list<{item}>")),
        name if MAPS.contains(&name) && arguments.len() <= 2 => Some(format!("map<{item}>")),
        "option" | "optional" | "maybe" if arguments.len() == 1 => Some(format!("{item}?")),
        "nullable" if arguments.len() == 1 => Some(format!("{item} | null")),
        "box" | "arc" | "rc" if arguments.len() == 1 => Some(last),
        _ => None,
    }
}

fn rewrite_name(text: &str) -> Option<String> {
    let name =
        text.rsplit("schemas/").next().unwrap_or(text).trim_start_matches(['#', '/']).replace('/', ".");
    if let Some(native) = native(&name) {
        return Some(native.to_owned());
    }
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    name.split('.').all(is_name).then_some(name)
}

/// Splits text outside brackets.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut depth = 0_usize;
    text.split(|c: char| {
        match c {
            '<' | '[' | '(' => depth += 1,
            '>' | ']' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == at && depth == 0
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn types_of_other_languages_are_rewritten() {
        for (foreign, ours) in [
            ("string[]", "list<string>"),
            ("array<string>", "list<string>"),
            ("Vec<i64>", "list<int64>"),
            ("[User]", "list<User>"),
            ("Option<String>", "string?"),
            ("Option<Vec<String>>", "list<string>?"),
            ("?string", "string?"),
            ("null | string", "string | null"),
            ("string | undefined", "string?"),
            ("HashMap<String, Vec<u32>>", "map<list<uint32>>"),
            ("Record<string, any>", "map<json>"),
            ("users/keys.Key", "users.keys.Key"),
            ("#/components/schemas/User", "User"),
            ("date-time", "timestamp"),
            ("date", "date"),
            ("Option<Uuid>", "uuid?"),
            ("u64[]", "list<uint64>"),
            ("Box<User>", "User"),
        ] {
            assert_eq!(rewrite(foreign).as_deref(), Some(ours), "{foreign}");
        }
        for unclear in ["int64 | string", "list<", "", "a b", "Result<A, B>"] {
            assert_eq!(rewrite(unclear), None, "{unclear}");
        }
    }
}
