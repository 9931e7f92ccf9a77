//! Tests that the JSON Schemas for editors agree with the generator about valid and invalid descriptions.

use crate::common::{cases, default_api, in_package, spec_in};
use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::Value;
use typefoundry_codegen::diagnostic::Severity;
use typefoundry_codegen::generate;
use typefoundry_codegen::settings::Settings;
use typefoundry_codegen::source::Source;
use typefoundry_codegen::syntax::{SpannedValue, read, schemas};

/// The two compiled schemas.
struct Validator {
    schemas: Schemas,
    api: SchemaIndex,
    resource: SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let (mut compiler, mut compiled) = (Compiler::new(), Schemas::new());
        compiler.set_default_draft(Draft::V7);
        for file in schemas(&Settings::default()) {
            let schema: Value = serde_json::from_str(&file.text).expect("a schema is JSON");
            compiler.add_resource(&file.path, schema).expect("a schema is added");
        }
        let mut compile = |path: &str| compiler.compile(path, &mut compiled).expect("a schema compiles");
        let (api, resource) = (compile("spec/schema/api.json"), compile("spec/schema/resource.json"));
        Self { schemas: compiled, api, resource }
    }

    /// Validates a file against its schema. Only descriptions have a schema.
    fn check(&self, source: &Source) -> Result<(), String> {
        if !source.path.ends_with(".yaml") {
            return Ok(());
        }
        let schema = if source.path.ends_with("/api.yaml") { self.api } else { self.resource };
        let tree = read::<SpannedValue>(&source.text, 0).decl.expect("the file is YAML");
        let value: Value = serde_json::from_str(&tree.to_value().to_string()).expect("the value is JSON");
        self.schemas.validate(&value, schema).map_err(|error| format!("spec/{}\n{error:#}", source.path))
    }
}

#[test]
fn every_file_of_the_spec_is_accepted() {
    let (validator, spec) = (Validator::new(), spec_in(&in_package("../spec")));
    assert!(!spec.is_empty(), "no files in `spec`");
    let refused: Vec<String> = spec.iter().filter_map(|source| validator.check(source).err()).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn every_description_without_an_error_is_accepted() {
    let validator = Validator::new();
    for case in cases() {
        let generated = generate(case.sources.iter().cloned(), &Settings::default());
        if generated.count(Severity::Error) == 0 {
            let refused: Vec<String> =
                case.sources.iter().filter_map(|source| validator.check(source).err()).collect();
            assert!(refused.is_empty(), "{}\n{}", case.dir.display(), refused.join("\n"));
        }
    }
}

/// A resource with an operation that uses the type `A`.
const RESOURCE: &str = "
doc: People.
types:
  A: { id: a, doc: Identifies one A. }
operations:
  get:
    doc: Gets one.
    http: GET /v1/a
    response: { a: A }
";

/// Texts of the resource, with replacements that the schema and the generator reject.
const BAD_RESOURCES: &[(&str, &str)] = &[
    ("doc: People.", "doc: ''"),
    ("doc: People.", "doc: ~"),
    ("doc: People.", "doc: [People]"),
    ("doc: People.", "doc: People.\nname: people"),
    ("types:", "types: ~\nx:"),
    (", doc: Identifies one A.", ", doc: ' '"),
    ("id: a,", ""),
    ("id: a,", "id: a, enum: [b],"),
    ("id: a,", "id: a, fields: { b: { type: string, doc: B. } },"),
    ("id: a,", "id: ~,"),
    ("id: a,", "id: a, secret: 1,"),
    ("id: a,", "enum: [],"),
    ("id: a,", "enum: b,"),
    ("id: a,", "enum: [1.5],"),
    ("id: a,", "enum: { b: [] },"),
    ("id: a,", "fields: { b: { doc: B. } },"),
    ("id: a,", "fields: { b: { type: string, const: c, doc: B. } },"),
    ("id: a,", "fields: { b: { type: ~, doc: B. } },"),
    ("id: a,", "fields: { b: { type: string, doc: ~ } },"),
    ("id: a,", "fields: { b: { type: '', doc: B. } },"),
    ("id: a,", "fields: { b: { type: 'string[]', doc: B. } },"),
    ("id: a,", "fields: { b: { type: string, doc: B., max: many } },"),
    ("id: a,", "fields: { b: { type: string, doc: B., max_length: -1 } },"),
    ("id: a,", "fields: { b: { type: string, doc: B., nullable: true } },"),
    ("id: a,", "fields: { '--': { type: string, doc: B. } },"),
    ("http: GET /v1/a", ""),
    ("http: GET /v1/a", "http: GET /v1/a\n    url: /v1/a"),
    ("http: GET /v1/a", "http: get /v1/a"),
    ("http: GET /v1/a", "http: GET v1/a"),
    ("http: GET /v1/a", "http: GET /v1/a?b=c"),
    ("http: GET /v1/a", "http: GET  /v1/a"),
    ("http: GET /v1/a", "http: /v1/a"),
    ("http: GET /v1/a", "http: 'GET /v1/a b'"),
    ("http: GET /v1/a", "url: https://acme.test/a"),
    ("http: GET /v1/a", "http: GET /v1/a\n    params: { b: { type: string, doc: B., in: form } }"),
    ("http: GET /v1/a", "http: GET /v1/a\n    params: { b: { type: 'list<A>', style: pipes, doc: B. } }"),
    ("http: GET /v1/a", "http: GET /v1/a\n    params: [b]"),
    ("http: GET /v1/a", "http: GET /v1/a\n    options: acting"),
    ("http: GET /v1/a", "http: GET /v1/a\n    auth: basic"),
    ("http: GET /v1/a", "http: GET /v1/a\n    body: full"),
    ("http: GET /v1/a", "http: GET /v1/a\n    paginate: { items: a }"),
    ("http: GET /v1/a", "http: GET /v1/a\n    permission: { resource: a }"),
    ("response: { a: A }", "response: ~"),
    ("response: { a: A }", "response: 12"),
    ("response: { a: A }", "response: [A]"),
];

/// Texts of the resource, with replacements that lack a doc. Only the generator knows whether docs are required.
const WITHOUT_DOC: &[(&str, &str)] = &[
    ("doc: People.", ""),
    (", doc: Identifies one A.", ""),
    ("id: a,", "fields: { b: string },"),
    ("id: a,", "fields: { b: 'list<string>?' },"),
    ("id: a,", "fields: { b: { type: bool } },"),
    ("id: a,", "fields: { b: { type: 'map<int64 | null>' } },"),
    ("id: a,", "one_of: { b: string, c: { type: bool } },"),
    ("doc: Gets one.", ""),
    ("response: { a: A }", "response: { a: string }"),
];

/// Texts of `api.yaml`, with replacements that the schema and the generator reject.
const BAD_APIS: &[(&str, &str)] = &[
    ("doc: People", "docs: none\ndoc: People"),
    ("doc: People", "docs: ~\ndoc: People"),
    ("doc: People", "docs_url: ~\ndoc: People"),
    ("name: acme", "name: Acme"),
    ("name: acme", "name: ~"),
    ("name: acme", "name: 1acme"),
    ("version: 0.1.0", "version: '0.1'"),
    ("version: 0.1.0", "version: v0.1.0"),
    ("package:", "pakage:"),
    ("servers:", "server:"),
    ("https://api.acme.test", "api.acme.test"),
    ("https://api.acme.test", "ftp://api.acme.test"),
    ("https://api.acme.test", "https://"),
    ("https://api.acme.test", "https://api.acme.test?a=b"),
    ("https://api.acme.test", "https://user@api.acme.test"),
    ("auth: {", "auth: { header: x,"),
    ("auth: {", "auth: ~\nx: {"),
    ("type: secret", "type: token"),
    (", env: ACME_KEY", ""),
    ("header: X-Acme-Session", "header: 'X Acme'"),
    ("header: X-Acme-Session", "header: ''"),
];

fn refused_by_both(validator: &Validator, sources: &[Source], changed: &Source) -> Result<(), String> {
    if validator.check(changed).is_ok() {
        return Err(format!("the schema accepts\n{}", changed.text));
    }
    if generate(sources.iter().cloned(), &Settings::default()).count(Severity::Error) == 0 {
        return Err(format!("the generator accepts\n{}", changed.text));
    }
    Ok(())
}

#[test]
fn invalid_resources_are_rejected_by_the_schema_and_the_generator() {
    let (validator, api) = (Validator::new(), default_api());
    let good = Source::new("acme/users.yaml", RESOURCE);
    assert_eq!(validator.check(&good), Ok(()));
    assert_eq!(generate([api.clone(), good], &Settings::default()).count(Severity::Error), 0);
    let mut wrong = Vec::new();
    for (from, to) in BAD_RESOURCES {
        assert!(RESOURCE.contains(from), "{from}");
        let changed = Source::new("acme/users.yaml", RESOURCE.replacen(from, to, 1));
        wrong.extend(refused_by_both(&validator, &[api.clone(), changed.clone()], &changed).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invalid_apis_are_rejected_by_the_schema_and_the_generator() {
    let (validator, api) = (Validator::new(), default_api());
    assert_eq!(validator.check(&api), Ok(()));
    let resource = Source::new("acme/users.yaml", RESOURCE);
    let mut wrong = Vec::new();
    for (from, to) in BAD_APIS {
        assert!(api.text.contains(from), "{from}\n{}", api.text);
        let changed = Source::new("acme/api.yaml", api.text.replacen(from, to, 1));
        wrong.extend(refused_by_both(&validator, &[changed.clone(), resource.clone()], &changed).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn missing_doc_is_rejected_unless_docs_are_optional() {
    let (validator, api) = (Validator::new(), default_api());
    let lenient = Source::new("acme/api.yaml", format!("docs: optional\n{}", api.text));
    assert_eq!(validator.check(&lenient), Ok(()));
    for (from, to) in WITHOUT_DOC {
        assert!(RESOURCE.contains(from), "{from}");
        let changed = Source::new("acme/users.yaml", RESOURCE.replacen(from, to, 1));
        assert_eq!(validator.check(&changed), Ok(()));
        let errors = |api: &Source| {
            generate([api.clone(), changed.clone()], &Settings::default()).count(Severity::Error)
        };
        assert!(errors(&api) > 0, "the generator accepts\n{}", changed.text);
        assert_eq!(errors(&lenient), 0, "the generator rejects\n{}", changed.text);
    }
}

/// Tests the titles and descriptions that editors show, including to users who do not know Rust.
#[test]
fn every_part_of_the_schemas_has_a_title_and_a_description_for_readers() {
    for file in schemas(&Settings::default()) {
        let schema: Value = serde_json::from_str(&file.text).expect("a schema is JSON");
        let parts = schema["definitions"].as_object().expect("definitions").values().chain([&schema]);
        for part in parts {
            let title = part["title"].as_str().unwrap_or_else(|| panic!("a title: {part:#}"));
            assert!(!title.contains("Decl") && title.starts_with(char::is_uppercase), "{title}");
            assert!(part["description"].is_string(), "a description: {part:#}");
            let keys = part["properties"].as_object().into_iter().flatten();
            for (key, value) in keys {
                assert!(value["description"].is_string(), "{title}: a description of `{key}`: {value:#}");
            }
        }
        assert!(!file.text.contains("\"null\""), "{}", file.path);
    }
}
