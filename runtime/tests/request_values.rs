//! Values of any form in a path, a query, a header or a cookie.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use typefoundry_runtime::{
    Encode, Error, ErrorKind, Method, Operation, ParamStyle, RequestContext, RequestWriter, Secret, Value,
};

const STYLES: [ParamStyle; 9] = [
    ParamStyle::Plain,
    ParamStyle::Comma,
    ParamStyle::Space,
    ParamStyle::Pipe,
    ParamStyle::Repeat,
    ParamStyle::Brackets,
    ParamStyle::Label,
    ParamStyle::Matrix,
    ParamStyle::Json,
];

fn uri(path: &'static str, write: impl FnOnce(&mut RequestWriter)) -> Result<String, Error> {
    let context: RequestContext = "https://a.example".parse().expect("a valid URL");
    let mut writer = RequestWriter::new(&Operation::new("pets.list", Method::GET, path), &context);
    write(&mut writer);
    writer.into_request().map(|request| request.uri().to_string())
}

/// Returns the decoded pairs of a query.
fn pairs(style: ParamStyle, value: &dyn Encode) -> Result<Vec<(String, String)>, Error> {
    let uri = uri("/p", |request| request.query_value("a", style, value))?;
    let query = uri.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    Ok(pairs
        .map(|pair| {
            let (name, text) = pair.split_once('=').expect("a pair");
            (decoded(name), decoded(text))
        })
        .collect())
}

/// Decodes a part of a query, as servers do.
fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text).decode_utf8().expect("UTF-8").into_owned()
}

fn query(style: ParamStyle, value: &str) -> Result<String, String> {
    let value: Value = value.parse().expect("JSON");
    let pairs = pairs(style, &value).map_err(|error| {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        error.to_string().replace("pets.list: invalid ", "")
    })?;
    Ok(pairs.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join("&"))
}

#[test]
fn style_determines_the_notation() {
    const OBJECT: &str = r#"{"x":1,"y":"b c"}"#;
    for (style, value, expected) in [
        (ParamStyle::Plain, r#""é & =""#, "a=é & ="),
        (ParamStyle::Plain, "1.0", "a=1"),
        (ParamStyle::Plain, "1.50", "a=1.50"),
        (ParamStyle::Comma, "[1,true,\"x\"]", "a=1,true,x"),
        (ParamStyle::Comma, OBJECT, "a=x,1,y,b c"),
        (ParamStyle::Comma, "7", "a=7"),
        (ParamStyle::Comma, "[]", "a="),
        (ParamStyle::Space, "[1,2]", "a=1 2"),
        (ParamStyle::Space, r#"{"x":1}"#, "a=x 1"),
        (ParamStyle::Pipe, "[1,2]", "a=1|2"),
        (ParamStyle::Pipe, OBJECT, "a=x|1|y|b c"),
        (ParamStyle::Repeat, "[1,\"\"]", "a=1&a="),
        (ParamStyle::Repeat, r#"{"k":[1,2],"l":{"m":3}}"#, "a[k]=1&a[k]=2&a[l][m]=3"),
        (ParamStyle::Repeat, r#"[{"k":[1,2]}]"#, "a[0][k]=1&a[0][k]=2"),
        (ParamStyle::Repeat, "[]", ""),
        (ParamStyle::Brackets, "7", "a=7"),
        (ParamStyle::Brackets, "[1,2]", "a[]=1&a[]=2"),
        (ParamStyle::Brackets, r#"{"k":[1,2],"l":{"m":3},"n":[]}"#, "a[k][]=1&a[k][]=2&a[l][m]=3"),
        (ParamStyle::Brackets, r#"[1,[2],{"k":3}]"#, "a[0]=1&a[1][]=2&a[2][k]=3"),
        (ParamStyle::Brackets, "{}", ""),
        (ParamStyle::Json, r#"{"x":[1.0,null]}"#, r#"a={"x":[1.0,null]}"#),
    ] {
        assert_eq!(query(style, value).as_deref(), Ok(expected), "{style:?} {value}");
    }
}

#[test]
fn ambiguous_value_is_rejected() {
    let several = "query parameter `a`: its style does not support lists and objects here";
    let null = "query parameter `a`: must not contain null";
    let comma = "item of the query parameter `a`: must not be empty or contain a comma";
    let bracket = "key of the query parameter `a`: must not be empty or contain a bracket";
    for (style, value, expected) in [
        (ParamStyle::Plain, "[1]", several),
        (ParamStyle::Plain, "null", null),
        (ParamStyle::Comma, "[[1]]", several),
        (ParamStyle::Comma, r#"["hush,b"]"#, comma),
        (ParamStyle::Comma, r#""hush,b""#, comma),
        (ParamStyle::Comma, r#"{"hush,b":1}"#, comma),
        (ParamStyle::Comma, r#"{"x":""}"#, comma),
        (ParamStyle::Comma, "[null]", null),
        (
            ParamStyle::Pipe,
            r#"["hush|b"]"#,
            "item of the query parameter `a`: must not be empty or contain a vertical bar",
        ),
        (ParamStyle::Brackets, r#"{"hush[":1}"#, bracket),
        (ParamStyle::Brackets, r#"{"":1}"#, bracket),
        (ParamStyle::Brackets, r#"{"x":null}"#, null),
        (
            ParamStyle::Repeat,
            r#"[{"x":[]},1]"#,
            "item of the query parameter `a`: must not be an empty list or object",
        ),
        (ParamStyle::Label, "1", "query parameter `a`: its style is only supported in a path"),
    ] {
        assert_eq!(query(style, value), Err(expected.to_owned()), "{style:?} {value}");
    }
}

#[test]
fn omitted_value_is_not_sent() {
    for style in STYLES {
        let written = uri("/p", |request| {
            request.query_value("a", style, &None::<String>);
            request.header_value("x-a", style, &None::<String>);
            request.cookie_value("a", &None::<String>);
        });
        assert_eq!(written.expect("a request"), "https://a.example/p", "{style:?}");
        let missing = uri("/p/{a}", |request| request.path_value("a", style, &None::<String>));
        assert!(missing.expect_err("a rejection").to_string().ends_with("missing path parameter `a`"));
    }
}

#[test]
fn key_without_a_value_is_sent() {
    let written = uri("/p", |request| {
        request.query_flag("a b");
        request.query("c", &1);
        request.query_flag("d");
    });
    assert_eq!(written.expect("a request"), "https://a.example/p?a+b&c=1&d");
}

fn path(style: ParamStyle, value: &str) -> Result<String, String> {
    let value: Value = value.parse().expect("JSON");
    let written = uri("/p/{a}/{b}", |request| {
        request.path_value("a", style, &value);
        request.path("b", &"c");
    });
    written
        .map(|uri| uri.replace("https://a.example/p/", "").replace("/c", ""))
        .map_err(|error| error.to_string().replace("pets.list: invalid ", ""))
}

#[test]
fn path_has_styles_of_its_own() {
    for (style, value, expected) in [
        (ParamStyle::Plain, r#""a/b""#, "a%2Fb"),
        (ParamStyle::Comma, r#"["a/b",1]"#, "a%2Fb,1"),
        (ParamStyle::Comma, r#"{"x":1}"#, "x,1"),
        (ParamStyle::Label, "1.5", ".1.5"),
        (ParamStyle::Label, r#"["a",1]"#, ".a.1"),
        (ParamStyle::Matrix, "1", ";a=1"),
        (ParamStyle::Matrix, r#"["x","é"]"#, ";a=x,%C3%A9"),
        (ParamStyle::Json, "[1]", "%5B1%5D"),
    ] {
        assert_eq!(path(style, value).as_deref(), Ok(expected), "{style:?} {value}");
    }
    let dots = "path parameter `a`: must not be `.` or `..`";
    for (style, value, expected) in [
        (ParamStyle::Plain, r#""..""#, dots),
        (ParamStyle::Plain, r#""""#, "path parameter `a`: must not be empty"),
        (ParamStyle::Comma, r#"[".."]"#, dots),
        (ParamStyle::Comma, "[]", "path parameter `a`: must not be empty"),
        (ParamStyle::Label, r#"".""#, dots),
        (ParamStyle::Label, r#""""#, "item of the path parameter `a`: must not be empty or contain a dot"),
        (
            ParamStyle::Label,
            r#"["a.b"]"#,
            "item of the path parameter `a`: must not be empty or contain a dot",
        ),
        (ParamStyle::Brackets, "[1]", "path parameter `a`: its style is not supported in a path"),
    ] {
        assert_eq!(path(style, value), Err(expected.to_owned()), "{style:?} {value}");
    }
}

#[test]
fn value_can_be_repeated_in_the_path() {
    let written = uri("/{a}/{b}/{a}", |request| {
        request.path_value("b", ParamStyle::Plain, &2);
        request.path_value("a", ParamStyle::Comma, &vec![1, 2]);
    });
    assert_eq!(written.expect("a request"), "https://a.example/1,2/2/1,2");
}

fn headers(write: impl FnOnce(&mut RequestWriter)) -> Result<http::HeaderMap, String> {
    let context: RequestContext = "https://a.example".parse().expect("a valid URL");
    let mut writer = RequestWriter::new(&Operation::new("pets.list", Method::GET, "/p"), &context);
    write(&mut writer);
    let request = writer.into_request().map_err(|error| error.to_string().replace("pets.list: invalid ", ""));
    request.map(|request| request.headers().clone())
}

#[test]
fn header_is_one_text() {
    for (style, value, expected) in [
        (ParamStyle::Plain, "1.5", Some("1.5")),
        (ParamStyle::Comma, "[1,\"b c\"]", Some("1,b c")),
        (ParamStyle::Comma, r#"{"x":1}"#, Some("x,1")),
        (ParamStyle::Comma, "[]", None),
        (ParamStyle::Json, r#"["é\u007f\ud83e\udd80"]"#, Some(r#"["\u00e9\u007f\ud83e\udd80"]"#)),
    ] {
        let value: Value = value.parse().expect("JSON");
        let headers = headers(|request| request.header_value("x-a", style, &value)).expect("a request");
        let found = headers.get("x-a");
        assert_eq!(found.and_then(|value| value.to_str().ok()), expected, "{style:?} {value}");
        assert!(found.is_none_or(http::HeaderValue::is_sensitive));
    }
    let header = |style, value: &dyn Encode| headers(|request| request.header_value("x-a", style, value));
    assert_eq!(
        header(ParamStyle::Space, &vec![1]).expect_err("a rejection"),
        "header `x-a`: its style is not supported in a header"
    );
    assert_eq!(
        header(ParamStyle::Plain, &"hush\n".to_owned()).expect_err("a rejection"),
        "header `x-a`: must not contain a line break"
    );
}

#[test]
fn cookies_are_one_sensitive_header() {
    let found = headers(|request| {
        request.cookie("a", &Some(1));
        request.cookie("b", &None::<i32>);
        request.cookie("c", &Secret::from("x=y"));
        request.cookie_value("d", &Value::from(true));
    });
    let found = found.expect("a request");
    assert_eq!(found["cookie"], "a=1; c=x=y; d=true");
    assert!(found["cookie"].is_sensitive());
    for (rejected, expected) in [
        (headers(|request| request.cookie("a", &"hush b")), NOT_COOKIE),
        (headers(|request| request.cookie("a", &"")), "cookie `a`: must not be empty"),
        (headers(|request| request.cookie("a", &f64::NAN)), "cookie `a`: must be finite"),
        (headers(|request| request.cookie_value("a", &"hush;b".to_owned())), NOT_COOKIE),
        (
            headers(|request| request.cookie_value("a", &vec![1])),
            "cookie `a`: its style does not support lists and objects here",
        ),
    ] {
        assert_eq!(rejected.expect_err("a rejection"), expected);
    }
}

const NOT_COOKIE: &str =
    "cookie `a`: must not contain a space, quotation mark, comma, semicolon or backslash";

/// A value with text as its only scalar, as a server decodes it.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Keys(BTreeMap<String, Tree>),
}

impl Tree {
    fn to_value(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::List(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Keys(entries) => {
                Value::from_iter(entries.iter().map(|(key, value)| (key.as_str(), value.to_value())))
            }
        }
    }

    /// Adds a text below a path of keys, as servers with keys in brackets do.
    fn insert(&mut self, path: &[&str], text: String) {
        let [key, rest @ ..] = path else {
            *self = Self::Text(text);
            return;
        };
        if key.is_empty() || key.bytes().all(|byte| byte.is_ascii_digit()) {
            if let Self::Keys(_) | Self::Text(_) = self {
                *self = Self::List(Vec::new());
            }
            let Self::List(items) = self else { unreachable!("a list") };
            let index = key.parse().unwrap_or(items.len());
            if index == items.len() {
                items.push(Self::Keys(BTreeMap::new()));
            }
            items[index].insert(rest, text);
        } else {
            let Self::Keys(entries) = self else { panic!("both a list and keys") };
            let entry = entries.entry((*key).to_owned()).or_insert_with(|| Self::Keys(BTreeMap::new()));
            entry.insert(rest, text);
        }
    }

    /// Decodes pairs with keys in brackets below `a`.
    fn decode(pairs: Vec<(String, String)>) -> Self {
        let mut tree = Self::Keys(BTreeMap::new());
        for (name, text) in pairs {
            let rest = name.strip_prefix('a').expect("the name of the parameter");
            let path: Vec<&str> = rest.split(['[', ']']).skip(1).step_by(2).collect();
            tree.insert(&path, text);
        }
        tree
    }
}

/// Texts of any characters.
fn text() -> impl Strategy<Value = String> {
    any::<String>()
}

/// Keys in brackets. Those of digits belong to lists.
fn key() -> impl Strategy<Value = String> {
    any::<String>().prop_filter("an ambiguous key", |key| {
        !key.is_empty() && !key.contains(['[', ']']) && !key.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = text().prop_map(Tree::Text);
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..4).prop_map(Tree::List),
            btree_map(key(), inner, 1..4).prop_map(Tree::Keys),
        ]
    })
}

proptest! {
    /// A server decodes the same value.
    #[test]
    fn value_in_brackets_is_decoded_again(tree in tree()) {
        let decoded = Tree::decode(pairs(ParamStyle::Brackets, &tree.to_value()).expect("a request"));
        prop_assert_eq!(decoded, tree);
    }

    #[test]
    fn value_as_json_is_decoded_again(tree in tree()) {
        let value = tree.to_value();
        let found = pairs(ParamStyle::Json, &value).expect("a request");
        prop_assert_eq!(found[0].1.parse::<Value>().expect("JSON"), value);
    }

    /// Every separated list is decoded again, or rejected because an item is empty or contains the separator.
    #[test]
    fn separated_list_is_decoded_again_or_rejected(items in vec(text(), 0..4)) {
        for (style, separator) in [(ParamStyle::Comma, ','), (ParamStyle::Space, ' '), (ParamStyle::Pipe, '|')] {
            let ambiguous = items.iter().any(|item| item.is_empty() || item.contains(separator));
            match pairs(style, &items) {
                Ok(pairs) => {
                    prop_assert!(!ambiguous);
                    let text = pairs[0].1.as_str();
                    let found: Vec<&str> = text.split(separator).filter(|_| !text.is_empty()).collect();
                    prop_assert_eq!(found, items.iter().map(String::as_str).collect::<Vec<_>>());
                }
                Err(_) => prop_assert!(ambiguous),
            }
        }
    }

    #[test]
    fn repeated_list_is_decoded_again(items in vec(text(), 0..4)) {
        let found = pairs(ParamStyle::Repeat, &items).expect("a request");
        let found: Vec<String> = found.into_iter().map(|(_, text)| text).collect();
        prop_assert_eq!(found, items);
    }

    /// A segment of the path contains every character of its items, and no other segment.
    #[test]
    fn list_in_the_path_is_decoded_again_or_rejected(items in vec(text(), 1..4)) {
        let is_dots = |text: &str| text == "." || text == "..";
        let ambiguous = items.iter().any(|item| item.is_empty() || item.contains(','))
            || is_dots(&items.join(","));
        match uri("/p/{a}", |request| request.path_value("a", ParamStyle::Comma, &items)) {
            Ok(uri) => {
                prop_assert!(!ambiguous);
                let segment = uri.strip_prefix("https://a.example/p/").expect("the path");
                prop_assert!(!segment.contains(['/', '?', '#']));
                let found: Vec<String> = segment
                    .split(',')
                    .map(|item| percent_encoding::percent_decode_str(item).decode_utf8_lossy().into_owned())
                    .collect();
                prop_assert_eq!(found, items);
            }
            Err(_) => prop_assert!(ambiguous),
        }
    }

    /// Whatever the value and the style, writing either fails or makes a valid request.
    #[test]
    fn any_value_is_sent_or_rejected(tree in tree()) {
        let value = tree.to_value();
        for style in STYLES {
            let _ = pairs(style, &value);
            let _ = uri("/{a}", |request| request.path_value("a", style, &value));
            let _ = headers(|request| request.header_value("x-a", style, &value));
        }
    }
}
