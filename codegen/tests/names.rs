//! Compiles packages in which every name that could clash is used in every position, with warnings denied.
//!
//! The names are the keywords and the prelude of Rust, and every identifier that the emitters and the macros of the runtime
//! write. A new identifier of an emitter is therefore tested without being listed here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use toml::{Table, Value};
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;

/// The strict, reserved and weak keywords of all editions.
const KEYWORDS: &str = "as break const continue crate else enum extern false fn for if impl in let loop match mod move mut \
     pub ref return self Self static struct super trait true type unsafe use where while async await dyn abstract become \
     box do final macro override priv typeof unsized virtual yield try gen auto default macro_rules raw safe union";

/// The prelude, the primitive types, and methods of common traits.
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq Err \
     ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into IntoFuture IntoIterator Iterator None Ok \
     Option Ord PartialEq PartialOrd Result Send Sized Some String Sync ToOwned ToString TryFrom TryInto Unpin Vec Item \
     Output Target Error Client Request Response Endpoint drop size_of str bool char i8 i32 u8 u64 usize f32 f64 clone \
     clone_from fmt eq ne cmp partial_cmp hash into from try_into try_from default deref index add sub mul div neg not \
     as_ref as_mut borrow to_string to_owned into_iter next from_str from_iter into_future poll send wait new expose \
     timeout options retry client debug unknown url params request builder from_env rest items pages core alloc std test \
     proc_macro serde_json tokio http bin lib main build tracing tower reqwest blocking hyper ring pkce resources";

const API: &str = "
doc: Names.
package: { name: PACKAGE, version: 0.1.0, doc: Names. }
servers: { main: { url: 'https://api.example.com', doc: The only one. } }
";

/// Texts that rustc rejects unescaped, and docs that look like code.
const TEXTS: &str = r#"
doc: |
  People */ /* "quotes" \ {braces} {} <script>alert(1)</script> <T> Vec<String> [not a link] \[sic]

      let indented = "no Rust";

  ```
  nor this
  ```
types:
  Vote: { doc: How., enum: ["+1", "-1", "1", "1.2.6", "v\u202Ew", "a\u2066"] }
  Old: { doc: D., deprecated: Use another., fields: { vote: { type: Vote?, doc: D., deprecated: Use another. } } }
operations:
  send_texts:
    doc: "One */ with\ttab, \0 nul, \u2028 line"
    http: POST /texts
    deprecated: Use another.
    params:
      wire: { type: string, wire_name: "v\u202Ew", doc: D., example: "v\u202Ew" }
      kind: { const: "v\u202Ew" }
      old: Old?
    response:
      wire: { type: string, wire_name: "v\u202Ew", doc: "Ends with \\", example: "a\"b\\c\nd{}%s*/\u202E" }
      vote: Vote
      old: Old
"#;

#[test]
fn every_name_compiles_in_every_position() {
    let names = Names::new();
    let packages = ["positions", "credentials"];
    let sources = positions(&names).into_iter().chain(credentials(&names));
    let generated = typefoundry_codegen::generate(sources, &settings());
    let output = generated.output.as_ref().unwrap_or_else(|| panic!("{}", generated.render(false)));
    let files = output.files.iter().filter(|file| file.path.starts_with("generated/"));
    let folder = workspace();
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(path, &file.text).expect("a file");
    }
    let mut cargo = Command::new(std::env::var_os("CARGO").expect("the cargo that runs the test"));
    cargo.args(["check", "--offline", "--quiet", "--all-targets", "--no-default-features", "--features"]);
    cargo.arg("resources,blocking");
    packages.iter().for_each(|package| {
        cargo.args(["--package", package]);
    });
    let target = target_folder();
    let run = cargo.current_dir(&folder).env("CARGO_TARGET_DIR", target).output().expect("cargo");
    let text = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{}", text.chars().take(20_000).collect::<String>());
}

/// Returns settings with the runtime of this repository, and with the lints of the workspace.
fn settings() -> Settings {
    let table = |key: &str, value: Value| Table::from_iter([(key.to_owned(), value)]);
    Settings {
        runtime: table("path", Value::String(in_repository("runtime"))),
        lints: table("workspace", Value::Boolean(true)),
        ..Settings::default()
    }
}

/// Creates a folder with the manifest and the lock file of this workspace. Its lints deny warnings.
fn workspace() -> PathBuf {
    let folder = target_folder().join("tmp/names");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder to write to");
    let manifest = fs::read_to_string(in_repository("Cargo.toml")).expect("the manifest of the workspace");
    let (start, rest) = manifest.split_once("members = [").expect("the members");
    let (_, rest) = rest.split_once(']').expect("the end of the members");
    let manifest = format!("{start}members = [\"generated/*\"]{rest}");
    let manifest = manifest.replace("[workspace.lints.rust]", "[workspace.lints.rust]\nwarnings = \"deny\"");
    fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest");
    fs::copy(in_repository("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file");
    folder
}

fn in_repository(path: &str) -> String {
    let package = std::env::var("CARGO_MANIFEST_DIR").expect("the folder of the package");
    format!("{package}/../{path}")
}

/// Returns the folder above `debug/deps`, which contains this test.
fn target_folder() -> PathBuf {
    let test = std::env::current_exe().expect("the path of the test");
    test.ancestors().nth(3).expect("the target folder").to_owned()
}

/// All names, each once.
struct Names {
    snake: Vec<String>,
    camel: Vec<String>,
    /// The names that a method or a module can collide with, without the identifiers of macros and of single operations.
    ///
    /// Each operation is a file, so a shorter list saves time.
    modules: Vec<String>,
}

impl Names {
    fn new() -> Self {
        let seed = "doc: D.\ntypes: { A: { id: a, doc: D. } }\noperations: { go: { doc: D., http: POST /go, params: { a: 'A?' }, response: { a: A } } }";
        let api = API.replace("PACKAGE", "seed");
        let seed = [Source::new("seed/api.yaml", api), Source::new("seed/things.yaml", seed)];
        let generated = typefoundry_codegen::generate(seed, &Settings::default()).output.expect("files");
        let rust = generated.files.into_iter().filter(|file| file.path.ends_with(".rs"));
        let (modules, operations): (Vec<_>, Vec<_>) = rust
            .partition(|file| ["lib.rs", "client.rs", "mod.rs"].iter().any(|name| file.path.ends_with(name)));
        let fixed = [KEYWORDS.to_owned(), PRELUDE.to_owned()];
        let modules: Vec<String> =
            fixed.into_iter().chain(modules.into_iter().map(|file| file.text)).collect();
        let operations = operations.into_iter().map(|file| file.text);
        let macros = ["object", "text", "union", "mod"].map(|file| {
            let path = in_repository(&format!("runtime/src/json/macros/{file}.rs"));
            fs::read_to_string(path).expect("the macros of the runtime")
        });
        let all: Vec<String> = modules.iter().cloned().chain(operations).chain(macros).collect();
        let names = identifiers(&all);
        let camel = names.iter().map(|word| camel(&snake_words(word))).collect();
        let snake = |names: &[String]| names.iter().map(|word| snake_words(word).join("_")).collect();
        Self { snake: snake(&names), camel, modules: snake(&identifiers(&modules)) }
    }

    /// Returns one line per name.
    fn lines(&self, line: impl Fn(usize, &str) -> String) -> String {
        lines(&self.snake, line)
    }
}

fn lines(names: &[String], line: impl Fn(usize, &str) -> String) -> String {
    names.iter().enumerate().map(|(at, name)| line(at, name) + "\n").collect()
}

/// Returns the identifiers of texts, without those that differ only in case or underscores: some position makes these equal.
fn identifiers(texts: &[String]) -> Vec<String> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let lines = texts.iter().flat_map(|text| text.lines());
    for line in lines.filter(|line| !line.trim_start().starts_with("//")) {
        for word in line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')) {
            let key = word.replace('_', "").to_lowercase();
            if key.starts_with(|c: char| c.is_ascii_alphabetic()) {
                names.entry(key).or_insert(word);
            }
        }
    }
    names.into_values().map(str::to_owned).collect()
}

fn snake_words(word: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in word.chars() {
        if c == '_'
            || (c.is_ascii_uppercase()
                && words.last().is_some_and(|last| last.ends_with(|c: char| c.is_ascii_lowercase())))
        {
            words.push(String::new());
        }
        if let (Some(last), true) = (words.last_mut(), c != '_') {
            last.push(c);
        }
    }
    words.iter().map(|word| word.to_lowercase()).filter(|word| !word.is_empty()).collect()
}

fn camel(words: &[String]) -> String {
    let capital = |word: &String| word[..1].to_uppercase() + &word[1..];
    words.iter().map(capital).collect()
}

/// Returns an API that uses the names in every position except credentials.
fn positions(names: &Names) -> Vec<Source> {
    let options = names.lines(|at, name| {
        format!("      '{name}': {{ header: X-Option-{at}, type: string, doc: D., example: a }}")
    });
    let groups = names.lines(|at, name| {
        format!("  '{name}': {{ doc: D., headers: {{ group_{at}_option: {{ header: X-Group-{at}, type: string, doc: D. }} }} }}")
    });
    let api = API.replace("PACKAGE", "positions")
        + &format!("options:\n{groups}  every_option:\n    doc: D.\n    headers:\n{options}")
        + "errors:\n  code: code\n  codes:\n"
        + &names.lines(|_, name| format!("    '{name}': D."));
    let mut sources = vec![Source::new("positions/api.yaml", api)];
    sources.push(Source::new("positions/everything.yaml", everything(names)));
    sources.push(Source::new(
        "positions/calls.yaml",
        format!("doc: D.\noperations:\n{}", lines(&names.modules, operation)),
    ));
    sources.push(Source::new("positions/nested.yaml", "doc: D."));
    sources.push(Source::new("positions/texts.yaml", TEXTS));
    for (at, name) in names.modules.iter().enumerate() {
        let text = |folder: &str| {
            format!(
                "doc: D.\noperations:\n  run_each: {{ doc: D., http: POST /{folder}/{at}, response: {{ a: {{ type: string, doc: D. }} }} }}"
            )
        };
        // The names of the other resources are fixed.
        if !["api", "everything", "calls", "nested", "texts"].contains(&name.as_str()) {
            sources.push(Source::new(format!("positions/{name}.yaml"), text("top")));
        }
        sources.push(Source::new(format!("positions/nested/{name}.yaml"), text("nested")));
    }
    sources
}

fn operation(at: usize, name: &str) -> String {
    format!(
        "  '{name}': {{ doc: D., http: POST /calls/{at}, params: {{ b: {{ type: 'string?', doc: D. }} }}, response: {{ b: {{ type: string, doc: D. }} }} }}"
    )
}

/// Returns fields, parameters, values, variants and types with these names.
fn everything(names: &Names) -> String {
    let fields = |indent: &str, ty: &str| {
        names.lines(|_, name| format!("{indent}'{name}': {{ type: '{ty}', doc: D. }}"))
    };
    let mut types = String::new();
    for (ty, rest) in [
        ("string", ""),
        ("string?", ""),
        ("string? | null", ""),
        ("string?", "    additional_fields: { doc: D. }\n"),
    ] {
        let number = types.matches("  Object").count();
        types += &format!("  Object{number}:\n    doc: D.\n    fields:\n{}{rest}", fields("      ", ty));
    }
    types += &format!(
        "  EveryValue:\n    doc: D.\n    enum:\n{}",
        names.lines(|_, name| format!("      '{name}': D."))
    );
    let variants = |line: &dyn Fn(&str) -> String| names.lines(|_, name| line(name));
    types += "  Tagged:\n    doc: D.\n    tag: tag_of_all\n    one_of:\n";
    types += &variants(&|name| format!("      '{name}': {{ doc: D., key: payload_of_all, type: string }}"));
    types += "  Untagged:\n    doc: D.\n    one_of:\n";
    types += &variants(&|name| format!("      '{name}': {{ doc: D., key: '{name}', type: secret }}"));
    for (at, name) in names.camel.iter().enumerate() {
        types += &match at % 4 {
            0 => format!("  {name}: {{ id: a, doc: D. }}\n"),
            1 => format!("  {name}: {{ enum: [a{at}, b], doc: D. }}\n"),
            2 => format!(
                "  {name}: {{ fields: {{ a: {{ type: 'string?', doc: The {at}. }}, c: {{ type: 'list<string>?', doc: D. }} }}, doc: D. }}\n"
            ),
            _ => format!(
                "  {name}: {{ tag: t, one_of: {{ a: {{ key: b, type: string, doc: The {at}. }} }}, doc: D. }}\n"
            ),
        };
    }
    let used =
        ["Object0", "Object1", "Object2", "Object3", "EveryValue", "Tagged", "Untagged"].map(str::to_owned);
    let used: String = used
        .iter()
        .chain(&names.camel)
        .enumerate()
        .map(|(at, ty)| format!("      field_{at}: {ty}?\n"))
        .collect();
    let mut operations = format!(
        "  every_type:\n    doc: D.\n    http: POST /types\n    params:\n{used}    response:\n{}",
        used
    );
    operations += &format!(
        "  every_option:\n    doc: D.\n    http: POST /options\n    options: [every_option]\n    response:\n{}",
        fields("      ", "string")
    );
    for (name, line, ty) in [
        ("required", "http: POST", "string"),
        ("optional", "http: POST", "string?"),
        ("built", "url:", "string?"),
    ] {
        operations +=
            &format!("  {name}:\n    doc: D.\n    {line} /{name}\n    params:\n{}", fields("      ", ty));
    }
    format!("doc: D.\ntypes:\n{types}operations:\n{operations}")
}

/// Returns an API whose client takes a credential of every name.
fn credentials(names: &Names) -> Vec<Source> {
    let declared =
        names.lines(|at, name| format!("  '{name}': {{ type: secret, doc: D., env: ENV_{at}, example: a }}"));
    let params = names.lines(|_, name| format!("      '{name}': {{ credential: '{name}' }}"));
    // A secret selects the server, so the client reads it before the first request.
    let by_secret = "servers: { test: { url: 'https://test.example.com', doc: The test server., when: { credential: type, starts_with: test_ } }, ";
    let api = API.replace("PACKAGE", "credentials").replace("servers: { ", by_secret)
        + &format!("credentials:\n{declared}");
    let resource =
        format!("doc: D.\noperations:\n  go:\n    doc: D.\n    http: POST /go\n    params:\n{params}");
    vec![Source::new("credentials/api.yaml", api), Source::new("credentials/things.yaml", resource)]
}
