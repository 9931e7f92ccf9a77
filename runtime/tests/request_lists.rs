//! Lists, maps and objects in requests.

use std::collections::BTreeMap;

use typefoundry_runtime::{
    Encode, ErrorKind, ListStyle, Method, Object, Operation, Patch, RequestContext, RequestWriter, Secret,
    ToParamList, UnknownVariant, Value, json, json_object, json_union,
};

fn writer(method: Method) -> RequestWriter {
    let context: RequestContext = "https://a.example".parse().expect("a valid URL");
    RequestWriter::new(&Operation::new("pets.list", method, "/p"), &context)
}

/// Returns the query without its question mark.
fn query(write: impl Fn(&mut RequestWriter)) -> String {
    let mut writer = writer(Method::GET);
    write(&mut writer);
    writer.into_request().expect("a request").uri().query().unwrap_or_default().to_owned()
}

fn body(write: impl Fn(&mut RequestWriter)) -> String {
    let mut writer = writer(Method::POST);
    write(&mut writer);
    String::from_utf8(writer.into_request().expect("a request").body().to_vec()).expect("UTF-8")
}

fn rejection(write: impl Fn(&mut RequestWriter)) -> String {
    let mut writer = writer(Method::POST);
    write(&mut writer);
    let error = writer.into_request().expect_err("a rejection");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    error.to_string().strip_prefix("pets.list: ").expect("the operation").to_owned()
}

fn list(style: ListStyle, values: &dyn ToParamList) -> String {
    query(|request| request.query_list("a", style, values))
}

const STYLES: [ListStyle; 5] =
    [ListStyle::Comma, ListStyle::Space, ListStyle::Pipe, ListStyle::Repeat, ListStyle::Brackets];

#[test]
fn list_style_determines_the_encoding() {
    let values = vec!["x&1", "y é"];
    assert_eq!(list(ListStyle::Comma, &values), "a=x%261%2Cy+%C3%A9");
    assert_eq!(list(ListStyle::Repeat, &values), "a=x%261&a=y+%C3%A9");
    assert_eq!(list(ListStyle::Brackets, &values), "a%5B%5D=x%261&a%5B%5D=y+%C3%A9");
    assert_eq!(list(ListStyle::Space, &vec!["x,1", "y"]), "a=x%2C1+y");
    assert_eq!(list(ListStyle::Pipe, &vec!["x,1", "y"]), "a=x%2C1%7Cy");
    assert_eq!(list(ListStyle::Comma, &Some(vec![1, 2])), "a=1%2C2");
    assert_eq!(list(ListStyle::Repeat, &[true, false].as_slice()), "a=true&a=false");
    assert_eq!(list(ListStyle::Repeat, &vec!["", "x"]), "a=&a=x");
    assert_eq!(list(ListStyle::Comma, &vec![Some("x"), None, Some("y")]), "a=x%2Cy");
}

#[test]
fn empty_list_differs_from_none_where_possible() {
    for style in STYLES {
        assert_eq!(list(style, &None::<Vec<String>>), "", "{style:?}");
    }
    let empty = Some(Vec::<String>::new());
    assert_eq!(STYLES.map(|style| list(style, &empty)), ["a=", "a=", "a=", "", ""]);
}

#[test]
fn ambiguous_list_item_is_rejected() {
    for (style, items, name) in [
        (ListStyle::Comma, ["x", "hush,y"], "comma"),
        (ListStyle::Space, ["hush x", "y"], "space"),
        (ListStyle::Comma, ["hush", ""], "comma"),
        (ListStyle::Space, ["", "hush"], "space"),
        (ListStyle::Pipe, ["hush|x", "y"], "vertical bar"),
    ] {
        let why = rejection(|request| request.query_list("a", style, &items.map(Secret::from).to_vec()));
        assert_eq!(
            why,
            format!("invalid item of the query parameter `a`: must not be empty or contain a {name}")
        );
    }
}

#[test]
fn map_key_is_sent_in_brackets() {
    let map = BTreeMap::from([("k 1".to_owned(), 1), ("l".to_owned(), 2)]);
    assert_eq!(query(|request| request.query_map("a", &map)), "a%5Bk+1%5D=1&a%5Bl%5D=2");
    assert_eq!(query(|request| request.query_map("a", &Some(&map))), "a%5Bk+1%5D=1&a%5Bl%5D=2");
    assert_eq!(query(|request| request.query_map("a", &None::<BTreeMap<String, bool>>)), "");
    let with_none = BTreeMap::from([("k".to_owned(), None), ("l".to_owned(), Some("x"))]);
    assert_eq!(query(|request| request.query_map("a", &with_none)), "a%5Bl%5D=x");
    for key in ["", "k]", "k][l", "[k"] {
        let map = BTreeMap::from([(key.to_owned(), 1)]);
        let why = rejection(|request| request.query_map("a", &map));
        assert_eq!(why, "invalid key of the query parameter `a`: must not be empty or contain a bracket");
    }
}

struct Selector {
    provider: String,
    limit: Option<i64>,
    owner: Patch<String>,
    is_new: bool,
    rest: Object,
}
json_object!(Selector { provider, limit, owner, is_new, ..rest });

enum Choice {
    Selector(Selector),
    Id(String),
    Unknown(UnknownVariant),
}
json_union!(Choice { Selector(_), Id(_) in "id" });

fn selector() -> Selector {
    let rest = Object::new();
    Selector { provider: "a&b".into(), limit: Some(7), owner: Patch::Null, is_new: true, rest }
}

#[test]
fn object_is_flattened_into_the_body() {
    let write = |request: &mut RequestWriter| {
        request.body("a", &1);
        request.body_flattened(&selector());
        request.body_flattened(&Some(Choice::Id("7".into())));
        request.body_flattened(&None::<Selector>);
        request.body_flattened(&Object::new());
        request.body("z", &2);
    };
    let flat = r#"{"a":1,"provider":"a&b","limit":7,"owner":null,"is_new":true,"id":"7","z":2}"#;
    assert_eq!(body(write), flat);
    let alone = r#"{"provider":"a&b","limit":7,"owner":null,"is_new":true}"#;
    assert_eq!(body(|request| request.body_flattened(&Choice::Selector(selector()))), alone);
    let first = r#"{"id":"7","z":{"a":[]}}"#;
    let write = |request: &mut RequestWriter| {
        request.body_flattened(&Object::new());
        request.body_flattened(&Choice::Id("7".into()));
        request.body("z", &Value::from(serde_json::json!({"a": []})));
    };
    assert_eq!(body(write), first);
    assert_eq!(body(|request| request.body_flattened(&Object::new())), "{}");
}

#[test]
fn flattened_query_object_has_only_scalars() {
    let flat = query(|request| {
        request.query("a", &"1");
        request.query_flattened(&selector());
        request.query_flattened(&Some(Choice::Id("é".into())));
        request.query_flattened(&None::<Selector>);
        request.query("z", &"2");
    });
    assert_eq!(flat, "a=1&provider=a%26b&limit=7&is_new=true&id=%C3%A9&z=2");
    for below in [serde_json::json!([1]), serde_json::json!({"hush": 1})] {
        let object = Object::from_iter([("deep".to_owned(), below)]);
        let why = rejection(|request| request.query_flattened(&object));
        assert_eq!(why, "invalid query parameter `deep`: must not be a list or an object");
    }
}

#[test]
fn non_object_cannot_be_flattened() {
    for value in ["7", "[]", r#""hush""#, "null", "true", r#"[{"a":1}]"#] {
        let value: Value = json::from_slice(value.as_bytes()).expect(value);
        let why = rejection(|request| request.body_flattened(&value));
        assert_eq!(why, "invalid body: only an object can be merged with the other parameters");
        let why = rejection(|request| request.query_flattened(&value));
        assert_eq!(why, "invalid query: only an object can be merged with the other parameters");
    }
}

/// Additional keys are arbitrary, and a server that uses the last of two equal keys would read another value than
/// intended.
#[test]
fn key_is_written_only_once() {
    let object = Object::from_iter([("id", "hush")]);
    let object: &dyn Encode = &object;
    let writes: [fn(&mut RequestWriter, &dyn Encode); 3] = [
        |request, object| {
            request.body("id", &1);
            request.body_flattened(object);
        },
        |request, object| {
            request.body_flattened(object);
            request.body("id", &1);
        },
        |request, object| {
            request.body_flattened(object);
            request.body_flattened(&Choice::Id("1".into()));
        },
    ];
    for write in writes {
        let why = rejection(|request| write(request, object));
        assert_eq!(why, "invalid body: duplicate parameter `id`");
    }
    let why = rejection(|request| {
        request.query("id", &"1");
        request.query_flattened(object);
    });
    assert_eq!(why, "invalid query: duplicate parameter `id`");
    let why = rejection(|request| {
        request.query_flattened(object);
        request.query("id", &"1");
    });
    assert_eq!(why, "invalid query: duplicate parameter `id`");
    // The same key in a nested object is a different key.
    let nested = body(|request| {
        request.body("other", object);
        request.body_flattened(object);
    });
    assert_eq!(nested, r#"{"other":{"id":"hush"},"id":"hush"}"#);
}
