//! Tests of lowering: a valid API, and a small API for each problem.

use super::{LinkTarget, Package, Shape, lower};
use crate::diagnostic::{self, Code, Severity};
use crate::generate::resolve_all;
use crate::model::{Api, OperationId, ResourceId, TypeId};
use crate::source::Source;

const API: &str = "
doc: Acme.
package: { name: acme-sdk, version: 0.1.0, doc: Acme., keywords: [], categories: [] }
credentials:
  key: { type: secret, doc: The key., env: ACME_KEY, example: key-1 }
  account: { doc: The account., env: ACME_ACCOUNT, example: account-1 }
servers: { main: { url: 'https://api.example.com', doc: The only one. } }
auth: { basic: { username: account, password: key } }
options:
  trace: { doc: Follows a request., headers: { trace_id: { header: X-Trace, type: string, doc: Any text., example: t } } }
";

/// Returns the API of these resources, by path below the folder of the API.
fn api(resources: &[(&str, &str)]) -> Api {
    let mut sources = vec![Source::new("acme/api.yaml", API)];
    sources.extend(resources.iter().map(|(path, text)| Source::new(format!("acme/{path}.yaml"), *text)));
    let (sources, mut apis, problems) = resolve_all(sources);
    let errors: Vec<_> = problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{}", diagnostic::render(&errors, &sources, false));
    apis.remove(0)
}

/// Returns the codes and messages of the problems in the resources.
fn refused(resources: &[(&str, &str)]) -> Vec<(Code, String)> {
    let api = api(resources);
    let problems = lower(&api, &crate::Settings::default()).expect_err("a problem");
    for problem in &problems {
        assert!(problem.help.is_some() && !problem.label.is_empty(), "{problem:?}");
        assert_eq!(problem.notes.len(), usize::from(problem.code == Code::NameCollision), "{problem:?}");
    }
    problems.into_iter().map(|problem| (problem.code, problem.message)).collect()
}

/// Asserts that a resource has exactly one problem, with this code and message.
#[track_caller]
fn assert_refused(code: Code, message: &str, resource: &str) {
    assert_eq!(refused(&[("users", resource)]), [(code, message.to_owned())]);
}

#[test]
fn rust_names_are_stored_beside_the_model() {
    let api = api(&[
        ("users", "doc: D.\ntypes: { UserId: { id: user, doc: D., example: u } }"),
        (
            "users/api_keys",
            "doc: D.
operations:
  move:
    doc: D.
    http: POST /users/{user_id}/keys
    params: { user_id: { type: UserId, doc: D. }, type: { type: 'string?', doc: D., example: x } }
    options: [trace]
    response: { ids: { type: 'list<UserId>?', doc: D. }, next: { type: 'string?', doc: D., example: n } }
",
        ),
    ]);
    let package = lower(&api, &crate::Settings::default()).expect("no problem");
    let operation = package.operation(OperationId(0));
    assert_eq!(package.crate_name, "acme_sdk");
    assert_eq!(package.call_path(operation.id), "client.users().api_keys().r#move");
    assert_eq!(operation.params_type.as_str(), "MoveParams");
    assert_eq!(operation.options_type.as_ref().map(|name| name.as_str()), Some("MoveRequestOptions"));
    assert_eq!(operation.positional().count(), 1);
    assert_eq!(operation.named().map(|param| param.field.name.as_str()).collect::<Vec<_>>(), ["r#type"]);
    // A list that is only received is not an `Option`: if missing, it is empty.
    assert_eq!(operation.response.iter().map(|field| field.optional).collect::<Vec<_>>(), [false, true]);
    assert_eq!(package.type_path(TypeId(0)), "users::UserId");
    assert!(matches!(package.type_item(TypeId(0)).shape, Shape::Id { .. }));
    assert_eq!(package.resource(ResourceId(1)).handle.as_ref().map(|name| name.as_str()), Some("ApiKeys"));
}

#[test]
fn references_are_resolved_from_the_innermost_resource() {
    let api = api(&[
        ("users", "doc: D.\ntypes: { UserId: { id: user, doc: D., example: u } }"),
        (
            "users/keys",
            "doc: D.\noperations: { list: { doc: D., http: GET /keys, response: { a: { type: UserId, doc: D. } } } }",
        ),
    ]);
    let package = lower(&api, &crate::Settings::default()).expect("no problem");
    let target = |reference| package.target(Some(ResourceId(1)), reference);
    let path =
        |package: &Package<'_>, reference| target(reference).and_then(|target| package.target_path(target));
    assert_eq!(target("UserId"), Some(LinkTarget::Type(TypeId(0))));
    assert_eq!(path(&package, "users.UserId").as_deref(), Some("crate::users::UserId"));
    assert_eq!(path(&package, "list").as_deref(), Some("crate::users::keys::Keys::list"));
    assert_eq!(path(&package, "keys.list").as_deref(), Some("crate::users::keys::Keys::list"));
    assert_eq!(path(&package, "users.keys").as_deref(), Some("crate::users::keys"));
    assert_eq!(target("missing"), None);
}

#[test]
fn features_follow_the_types() {
    let id = "types: { Id: { id: x, doc: D., example: u } }";
    let user = "operations: { get: { doc: D., http: GET /a, response: { a: { type: 'list<teams.Id>', doc: D. } } } }";
    let api = api(&[("users", &format!("doc: D.\n{user}")), ("teams", &format!("doc: D.\n{id}"))]);
    let package = lower(&api, &crate::Settings::default()).expect("no problem");
    let features: Vec<_> = package.features.iter().map(|it| (it.name.as_str(), it.needs.join(" "))).collect();
    assert_eq!(features, [("teams", String::new()), ("users", "teams".to_owned())]);
}

fn operation(params: &str, rest: &str) -> String {
    format!(
        "doc: D.\noperations: {{ run: {{ doc: D., http: POST /run, params: {{ {params} }}, {rest} response: {{}} }} }}"
    )
}

fn types(body: &str) -> String {
    let all = "a: { type: T, doc: D. }";
    format!(
        "doc: D.\noperations: {{ run: {{ doc: D., http: POST /run, params: {{ {all} }}, response: {{ {all} }} }} }}\ntypes:\n  T: {body}"
    )
}

#[test]
fn params_of_one_name_collide() {
    let params =
        "userId: { type: string, doc: D., example: x }, user_id: { type: string, doc: D., example: x }";
    let message =
        "the parameter `user_id` and the parameter `userId` are both `user_id` in the parameters of `run`";
    assert_refused(Code::NameCollision, message, &operation(params, ""));
}

#[test]
fn param_and_option_of_one_name_collide() {
    let params = "traceId: { type: 'string?', doc: D., example: x }";
    let message =
        "the option `trace_id` and the parameter `traceId` are both `trace_id` in the builder of `run`";
    assert_eq!(
        refused(&[("users", &operation(params, "options: [trace],"))]),
        [(Code::NameCollision, message.to_owned())]
    );
}

#[test]
fn required_param_does_not_collide_with_an_option() {
    let api =
        api(&[("users", &operation("trace_id: { type: string, doc: D., example: x }", "options: [trace],"))]);
    assert!(lower(&api, &crate::Settings::default()).is_ok());
}

#[test]
fn reserved_param_gets_an_underscore() {
    for (word, name) in [
        ("send", "send_"),
        ("timeout", "timeout_"),
        ("options", "options_"),
        ("sendWithMetadata", "send_with_metadata_"),
        ("type", "r#type"),
    ] {
        let optional = api(&[("users", &operation(&format!("{word}: {{ type: 'string?', doc: D. }}"), ""))]);
        assert_eq!(
            lower(&optional, &crate::Settings::default()).expect("no problem").operations[0].params[0]
                .field
                .name
                .as_str(),
            name
        );
    }
    // A positional parameter has no method.
    let required = api(&[("users", &operation("send: { type: string, doc: D. }", ""))]);
    assert_eq!(
        lower(&required, &crate::Settings::default()).expect("no problem").operations[0].params[0]
            .field
            .name
            .as_str(),
        "send"
    );
}

#[test]
fn params_that_both_get_an_underscore_collide() {
    let params = "send: { type: 'string?', doc: D. }, send_: { type: 'string?', doc: D. }";
    let message =
        "the parameter `send_` and the parameter `send` are both `send_` in the parameters of `run`";
    assert_refused(Code::NameCollision, message, &operation(params, ""));
}

#[test]
fn fields_of_one_name_collide() {
    let body = "{ doc: D., fields: { aB: { type: string, doc: D., example: x }, a_b: { type: string, doc: D., example: x } } }";
    let message = "the field `a_b` and the field `aB` are both `a_b` in the fields of `T`";
    assert_refused(Code::NameCollision, message, &types(body));
}

#[test]
fn response_fields_of_one_name_collide() {
    let response = "aB: { type: string, doc: D., example: x }, a_b: { type: string, doc: D., example: x }";
    let text =
        format!("doc: D.\noperations: {{ run: {{ doc: D., http: POST /run, response: {{ {response} }} }} }}");
    let message = "the field `a_b` and the field `aB` are both `a_b` in the response of `run`";
    assert_refused(Code::NameCollision, message, &text);
}

#[test]
fn reserved_field_gets_an_underscore() {
    let fields = "new: { type: 'string?', doc: D. }, additional_fields: { type: 'string', doc: D. }, default: { type: 'string?', doc: D. }";
    for (rest, expected) in [
        ("", ["new_", "additional_fields", "default"]),
        (", additional_fields: { doc: D. }", ["new_", "additional_fields_", "default"]),
    ] {
        let api = api(&[("users", &types(&format!("{{ doc: D., fields: {{ {fields} }}{rest} }}")))]);
        let package = lower(&api, &crate::Settings::default()).expect("no problem");
        let Shape::Object(object) = &package.types[0].shape else { panic!("an object") };
        assert_eq!(object.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn enum_values_of_one_name_collide() {
    let body = "{ doc: D., enum: [dark-red, DARK_RED] }";
    let message = "the value `DARK_RED` and the value `dark-red` are both `DarkRed` in the enum `T`";
    assert_refused(Code::NameCollision, message, &types(body));
}

#[test]
fn reserved_enum_value_gets_an_underscore() {
    let api = api(&[("users", &types("{ doc: D., enum: { unknown: D., other: { name: not known } } }"))]);
    let package = lower(&api, &crate::Settings::default()).expect("no problem");
    let Shape::Enum(values) = &package.types[0].shape else { panic!("an enum") };
    assert_eq!(values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(), ["Unknown_", "NotKnown"]);
}

#[test]
fn enum_value_without_a_letter_is_reported() {
    let body = "{ doc: D., enum: [a, '---'] }";
    assert_refused(Code::InvalidIdentifier, "the value `---` cannot be a Rust name", &types(body));
}

#[test]
fn types_of_one_name_collide() {
    let id = "{ id: t, doc: D., example: x }";
    let text = types(id) + &format!("\n  ApiUrl: {id}\n  ApiURL: {id}");
    let message =
        "the type `ApiURL` and the type `ApiUrl` are both `ApiUrl` in the types of the resource `users`";
    assert_refused(Code::NameCollision, message, &text);
}

#[test]
fn type_with_the_name_of_a_derived_type_collides() {
    for (name, kind) in [("RunParams", "parameters"), ("RunRequest", "builder"), ("RunResponse", "response")]
    {
        let text = types("{ id: t, doc: D., example: x }")
            + &format!("\n  {name}: {{ id: t, doc: D., example: x }}");
        let message = format!(
            "the type `{name}` and the {kind} of the operation `run` are both `{name}` in the types of the resource `users`"
        );
        assert_refused(Code::NameCollision, &message, &text);
    }
}

#[test]
fn type_with_the_name_of_the_handle_collides() {
    let text = types("{ id: t, doc: D., example: x }") + "\n  Users: { id: t, doc: D., example: x }";
    let message =
        "the type `Users` and the resource `users` are both `Users` in the types of the resource `users`";
    assert_refused(Code::NameCollision, message, &text);
}

#[test]
fn reserved_type_gets_an_underscore() {
    let text = types("{ id: t, doc: D. }") + "\n  Option: { id: t, doc: D. }\n  Client: { id: t, doc: D. }";
    let api = api(&[("users", &text)]);
    let package = lower(&api, &crate::Settings::default()).expect("no problem");
    assert_eq!(
        package.types.iter().map(|item| item.name.as_str()).collect::<Vec<_>>(),
        ["T", "Option_", "Client"]
    );
}

#[test]
fn operations_of_one_name_collide() {
    let one = |name: &str, path: &str| format!("{name}: {{ doc: D., http: POST {path}, response: {{}} }}");
    let text = format!("doc: D.\noperations: {{ {}, {} }}", one("runNow", "/a"), one("run_now", "/b"));
    let message =
        "the operation `run_now` and the operation `runNow` are both `run_now` in the resource `users`";
    assert_refused(Code::NameCollision, message, &text);
}

#[test]
fn operation_and_sub_resource_of_one_name_collide() {
    let run = "doc: D.\noperations: { run: { doc: D., http: POST /a, response: {} } }";
    let below = "doc: D.\noperations: { go: { doc: D., http: POST /b, response: {} } }";
    let message = "the resource `users.run` and the operation `run` are both `run` in the resource `users`";
    assert_eq!(refused(&[("users", run), ("users/run", below)]), [(Code::NameCollision, message.to_owned())]);
}

#[test]
fn reserved_operation_gets_an_underscore() {
    for word in ["types", "new", "clone", "serde_json", "acme_sdk"] {
        let text = format!("doc: D.\noperations: {{ {word}: {{ doc: D., http: POST /a, response: {{}} }} }}");
        let api = api(&[("users", &text)]);
        let package = lower(&api, &crate::Settings::default()).expect("no problem");
        let operation = &package.operations[0];
        let expected = format!("{word}_");
        assert_eq!([operation.name.as_str(), operation.module.as_str()], [&expected, &expected]);
    }
}

#[test]
fn reserved_resource_gets_an_underscore() {
    for word in ["client", "options", "runtime", "request", "hyper", "tracing", "bin", "acme_sdk"] {
        let api = api(&[(word, "doc: D.\noperations: { run: { doc: D., http: POST /a, response: {} } }")]);
        let package = lower(&api, &crate::Settings::default()).expect("no problem");
        let expected = format!("{word}_");
        assert_eq!(package.resources[0].module.as_str(), expected);
        assert_eq!(package.resources[0].path[0].as_str(), expected);
        assert_eq!(package.features[0].name, expected);
        assert_eq!(package.call_path(OperationId(0)), format!("client.{expected}().run"));
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let params = "aB: { type: 'bool?', doc: D. }, a_b: { type: 'bool?', doc: D. }";
    let types = "types: { T: { enum: ['-'], doc: D. } }";
    let text = operation(params, "") + "\n" + types;
    assert_eq!(
        refused(&[("users", &text), ("teams", &operation(params, "").replace("/run", "/go"))]).len(),
        3
    );
}

/// Returns a chain of types of which each contains the next. If `closed`, the last one contains the first.
fn nested(count: usize, closed: bool) -> String {
    let mut text = String::from("doc: Nodes.\ntypes:\n");
    for at in 0..count {
        let next = if at + 1 < count { Some(at + 1) } else { closed.then_some(0) };
        let field = next.map_or("label: { type: string, doc: A label. }".to_owned(), |next| {
            format!("next: {{ type: \"Node{next}?\", doc: The next one. }}")
        });
        text.push_str(&format!("  Node{at}:\n    doc: Node number {at}.\n    fields: {{ {field} }}\n"));
    }
    text
}

#[test]
fn recursion_limit_grows_with_cycles_and_chains_of_types() {
    let limit = |count, closed| {
        let text = nested(count, closed);
        lower(&api(&[("nodes", &text)]), &crate::Settings::default()).expect("names").recursion_limit
    };
    assert_eq!(limit(4, false), None);
    assert_eq!(limit(4, true), None);
    for closed in [false, true] {
        assert_eq!(limit(40, closed), Some(512));
        assert_eq!(limit(200, closed), Some(2432));
    }
}
