//! Any value of a parameter is sent unchanged or rejected. A second URL parser determines the received value.

use std::collections::BTreeMap;

use fastrand::Rng;
use stytch_b2b::runtime::{
    Bytes, Error, ErrorKind, ListStyle, Method, Operation, RequestWriter, Secret, http,
};
use url::Url;

use crate::run;
use crate::texts::{decoded, text, texts};

/// Path templates, each also split into text and parameters.
const TEMPLATES: [(&str, &[&str]); 6] = [
    ("/pets/{a}", &["pets", "{a}"]),
    ("/v1/{a}/toys/{b}", &["v1", "{a}", "toys", "{b}"]),
    ("/{a}/{b}", &["{a}", "{b}"]),
    ("/files/{a}.json", &["files", "{a}.json"]),
    ("/ranges/{a}-{b}/rows", &["ranges", "{a}-{b}", "rows"]),
    ("/dots/.{a}", &["dots", ".{a}"]),
];

const NAME: &str = "x-fuzz";

fn build(path: &'static str, write: impl FnOnce(&mut RequestWriter)) -> Result<http::Request<Bytes>, Error> {
    let context = "https://a.example/base".parse().expect("a valid URL");
    let mut writer = RequestWriter::new(&Operation::new("pets.fuzz", Method::GET, path), &context);
    write(&mut writer);
    let built = writer.into_request();
    if let Err(error) = &built {
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    }
    built
}

/// Parses the URL of a request with another parser.
fn url_of(request: &http::Request<Bytes>) -> Url {
    let text = request.uri().to_string();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text:?}");
    let url = Url::parse(&text).expect("a URL");
    assert_eq!(url.as_str(), text, "another parser would change it");
    assert_eq!((url.host_str(), url.fragment()), (Some("a.example"), None));
    url
}

#[test]
fn path_params_are_sent_unchanged_or_rejected() {
    run::run("paths", |rng| {
        let (template, segments) = *rng.choice(&TEMPLATES).expect("a template");
        let (a, b) = (text(rng), text(rng));
        let built = build(template, |request| {
            request.path("a", &a);
            request.path("b", &b);
        });
        let is_empty = a.is_empty() || template.contains("{b}") && b.is_empty();
        let filled: Vec<_> = segments.iter().map(|segment| fill(segment, &a, &b)).collect();
        let is_folded = filled.iter().any(|segment| segment == "." || segment == "..");
        let Ok(request) = built else {
            return assert!(is_empty || is_folded, "{template} rejects {a:?} and {b:?}");
        };
        assert!(!is_empty && !is_folded, "{template} accepts {a:?} and {b:?}");
        let url = url_of(&request);
        let arrived: Vec<_> = url.path_segments().expect("segments").map(decoded).collect();
        assert_eq!(arrived, [vec!["base".to_owned()], filled].concat());
        assert_eq!(url.query(), None);
    });
}

/// Substitutes one parameter after the other, because a value can look like a placeholder.
fn fill(segment: &str, a: &str, b: &str) -> String {
    let (before, after) =
        segment.split_once("{b}").map_or((segment, None), |(before, after)| (before, Some(after)));
    let before = before.replacen("{a}", a, 1);
    after.map_or(before.clone(), |after| format!("{before}{b}{after}"))
}

/// One or more query parameters. Each yields its expected pairs, or `None` if it must be rejected.
enum Param {
    Text(&'static str, String),
    List(&'static str, ListStyle, Vec<String>),
    Map(&'static str, BTreeMap<String, String>),
    Flat(BTreeMap<String, Option<String>>),
}

impl Param {
    fn any(rng: &mut Rng) -> Self {
        let name = *rng.choice(&["plain", "a b", "ü&=", "[]", "x"]).expect("a name");
        let styles =
            [ListStyle::Comma, ListStyle::Repeat, ListStyle::Space, ListStyle::Pipe, ListStyle::Brackets];
        match rng.u8(0..4) {
            0 => Self::Text(name, text(rng)),
            1 => Self::List(name, *rng.choice(&styles).expect("a style"), texts(rng)),
            2 => Self::Map(name, texts(rng).into_iter().map(|key| (key, text(rng))).collect()),
            _ => Self::Flat(texts(rng).into_iter().map(|key| (key, rng.bool().then(|| text(rng)))).collect()),
        }
    }

    fn write(&self, request: &mut RequestWriter) {
        match self {
            Self::Text(name, value) => request.query(name, value),
            Self::List(name, style, items) => request.query_list(name, *style, items),
            Self::Map(name, entries) => request.query_map(name, entries),
            Self::Flat(object) => request.query_flattened(object),
        }
    }

    fn pairs(&self) -> Option<Vec<(String, String)>> {
        let one = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        match self {
            Self::Text(name, value) => Some(vec![one(name, value)]),
            Self::List(name, ListStyle::Comma, items) => joined(name, items, ","),
            Self::List(name, ListStyle::Space, items) => joined(name, items, " "),
            Self::List(name, ListStyle::Pipe, items) => joined(name, items, "|"),
            Self::List(name, ListStyle::Brackets, items) => {
                Some(items.iter().map(|item| one(&format!("{name}[]"), item)).collect())
            }
            Self::List(name, _, items) => Some(items.iter().map(|item| one(name, item)).collect()),
            Self::Map(name, entries) => {
                let is_clear = |key: &String| !key.is_empty() && !key.contains(['[', ']']);
                let pairs = entries.iter().map(|(key, value)| one(&format!("{name}[{key}]"), value));
                entries.keys().all(is_clear).then(|| pairs.collect())
            }
            Self::Flat(object) => {
                Some(object.iter().filter_map(|(key, value)| Some(one(key, value.as_ref()?))).collect())
            }
        }
    }
}

fn joined(name: &str, items: &[String], separator: &str) -> Option<Vec<(String, String)>> {
    let is_lost = |item: &String| item.is_empty() || item.contains(separator);
    (!items.iter().any(is_lost)).then(|| vec![(name.to_owned(), items.join(separator))])
}

/// Returns the pairs of all parameters, or `None` if one must be rejected or a key of an object is written twice.
fn all_pairs(params: &[Param]) -> Option<Vec<(String, String)>> {
    let pairs: Option<Vec<_>> = params.iter().map(Param::pairs).collect();
    let pairs = pairs?.concat();
    let count = |key: &String| pairs.iter().filter(|(name, _)| name == key).count();
    let is_clash = |param: &Param| match param {
        Param::Flat(object) => object.iter().any(|(key, value)| value.is_some() && count(key) > 1),
        _ => false,
    };
    (!params.iter().any(is_clash)).then_some(pairs)
}

#[test]
fn query_params_are_sent_unchanged_or_rejected() {
    run::run("queries", |rng| {
        let params: Vec<_> = (0..rng.usize(0..5)).map(|_| Param::any(rng)).collect();
        let built = build("/pets", |request| params.iter().for_each(|param| param.write(request)));
        match (built, all_pairs(&params)) {
            (Ok(request), Some(pairs)) => {
                let url = url_of(&request);
                assert_eq!(url.query_pairs().into_owned().collect::<Vec<_>>(), pairs);
                assert_eq!(url.path(), "/base/pets");
            }
            (Err(_), None) => {}
            (Ok(request), None) => panic!("expected a rejection: {}", request.uri()),
            (Err(error), Some(pairs)) => panic!("{error}: {pairs:?}"),
        }
    });
}

#[test]
fn headers_are_sent_unchanged_or_rejected() {
    run::run("headers", |rng| {
        let (value, is_secret, is_bearer) = (text(rng), rng.bool(), rng.bool());
        let built = build("/pets", |request| match (is_bearer, is_secret) {
            (true, _) => request.bearer(&value),
            (false, true) => request.header(NAME, &Secret::from(&value)),
            (false, false) => request.header(NAME, &value),
        });
        let is_visible = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let is_whole = !value.is_empty() && value.trim().len() == value.len();
        let is_fit = is_whole && is_visible && !(is_bearer && value.contains(' '));
        assert_eq!(built.is_ok(), is_fit, "{value:?}");
        let Ok(request) = built else { return };
        let (name, expected) =
            if is_bearer { ("authorization", format!("Bearer {value}")) } else { (NAME, value) };
        let sent = request.headers().get(name).expect("the header");
        assert_eq!(sent.as_bytes(), expected.as_bytes());
        assert_eq!(sent.is_sensitive(), is_bearer || is_secret);
        assert_eq!(request.headers().len(), 2, "the header and `accept`");
    });
}
