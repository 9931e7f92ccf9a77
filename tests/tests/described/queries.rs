//! Parameters in every form and notation, byte by byte.

use ::queries::files::Order;
use ::queries::reports::params::{DrawParams, FindParams, GetParams, KindsParams, PathsParams, VisitParams};
use ::queries::reports::{Day, Filter, Key, Kind, Kinds, Limit, Point, Range, ReportId, Row};
use ::queries::runtime::{Date, Endpoint, Object, RequestContext, RetryPolicy, Value, http};
use ::queries::{Client, Error, ErrorKind};
use typefoundry_tests::{CannedResponse, RawServer, Server, bounded};

const NO_CONTENT: &str = "HTTP/1.1 204 No Content\r\n\r\n";

/// The headers after those of the parameters.
const REST: &str =
    "accept: application/json\r\nuser-agent: queries/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\r\n";

/// Sends a request and returns its bytes, with a placeholder for the address of the server.
async fn sent(send: impl AsyncFnOnce(Client) -> Result<(), Error>) -> String {
    let server = RawServer::responding(NO_CONTENT).await;
    let url = server.url();
    let client = Client::builder("session_1").base_url(&url).retry(RetryPolicy::never());
    bounded(send(client.build().expect("a client"))).await.expect("a success");
    let host = url.strip_prefix("http://").expect("plain HTTP").to_owned();
    server.request().await.replace(&host, "host")
}

fn day(month: u8) -> Date {
    Date::new(2024, month, 1).expect("a date")
}

#[tokio::test]
async fn union_of_scalars_is_sent_as_its_text() {
    let request = sent(async |client| {
        let get = client.reports().get(Key::name("a/b"), "ü").limit(Limit::Share(2.0)).value(true);
        get.version(Key::Number(-7)).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /reports/a%2Fb/%C3%BC?limit=2&value=true HTTP/1.1\r\ncookie: sid=session_1\r\nx-version: -7\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn one_value_or_a_list_is_sent_in_its_style() {
    let request = sent(async |client| {
        let kinds = client.reports().kinds(
            Kinds::several([Kind::Daily, Kind::Weekly]),
            Kinds::several([Kind::Daily, Kind::from("a b")]),
        );
        let kinds = kinds.brackets(Kinds::several([Kind::Daily])).keys([Key::Number(1), Key::name("")]);
        kinds.any([Value::from(1), Value::from_iter([("a", "b")])]).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /kinds?comma=daily%2Cweekly&repeat=daily&repeat=a+b&brackets%5B%5D=daily&keys=1&keys=\
             &any%5B0%5D=1&any%5B1%5D%5Ba%5D=b HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"
        )
    );
    let one = |kind| Kinds::One(kind);
    let request = sent(async |client| {
        client.reports().kinds(one(Kind::Daily), one(Kind::Weekly)).brackets(one(Kind::Daily)).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /kinds?comma=daily&repeat=weekly&brackets=daily HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"
        )
    );
}

fn filter() -> Filter {
    let row = Row::new("tax").values([1.5, 2.0]);
    Filter::new()
        .name("Sales & more")
        .created(Range::new().after(day(5)).share(2.0))
        .keys([Key::Number(1), Key::name("one")])
        .rows([Row::new("price"), row])
        .shops([("Bern", Range::new().before(day(6)))])
        .labels([("a b", "ü")])
        .more(Value::from_iter([("x", [true, false])]))
}

#[tokio::test]
async fn object_is_sent_with_its_keys_in_brackets_at_any_depth() {
    let request = sent(async |client| client.reports().find().filter(filter()).await).await;
    assert_eq!(
        request,
        format!(
            "GET /reports?filter%5Bname%5D=Sales+%26+more&filter%5Bcreated%5D%5Bafter%5D=2024-05-01\
             &filter%5Bcreated%5D%5Bshare%5D=2&filter%5Bkeys%5D%5B%5D=1&filter%5Bkeys%5D%5B%5D=one\
             &filter%5Brows%5D%5B0%5D%5Bkind%5D=row&filter%5Brows%5D%5B0%5D%5Bcolumn%5D=price\
             &filter%5Brows%5D%5B1%5D%5Bkind%5D=row&filter%5Brows%5D%5B1%5D%5Bcolumn%5D=tax\
             &filter%5Brows%5D%5B1%5D%5Bvalues%5D%5B%5D=1.5&filter%5Brows%5D%5B1%5D%5Bvalues%5D%5B%5D=2\
             &filter%5Bshops%5D%5BBern%5D%5Bbefore%5D=2024-06-01&filter%5Blabels%5D%5Ba+b%5D=%C3%BC\
             &filter%5Bmore%5D%5Bx%5D%5B%5D=true&filter%5Bmore%5D%5Bx%5D%5B%5D=false HTTP/1.1\r\n\
             cookie: sid=session_1\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn lists_in_an_object_are_sent_with_a_repeated_name() {
    let request = sent(async |client| {
        let filter = Filter::new().keys([Key::Number(1), Key::Number(2)]).created(Range::new().after(day(5)));
        client.reports().find().repeated(filter).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /reports?repeated%5Bcreated%5D%5Bafter%5D=2024-05-01&repeated%5Bkeys%5D=1&repeated%5Bkeys%5D=2 \
             HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn lists_and_maps_of_objects_are_sent_in_brackets() {
    let request = sent(async |client| {
        let find = client.reports().find().day(Day::Range(Range::new().before(day(7))));
        let find = find.rows([Row::new("price")]).shops([("Bern", Range::new().after(day(5)))]);
        find.more([("a", Value::from_iter([1, 2]))]).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /reports?day%5Bbefore%5D=2024-07-01&rows%5B0%5D%5Bkind%5D=row&rows%5B0%5D%5Bcolumn%5D=price\
             &shops%5BBern%5D%5Bafter%5D=2024-05-01&more%5Ba%5D%5B%5D=1&more%5Ba%5D%5B%5D=2 HTTP/1.1\r\n\
             cookie: sid=session_1\r\n{REST}"
        )
    );
    let request = sent(async |client| client.reports().find().day(Day::Day(day(5))).await).await;
    assert_eq!(request, format!("GET /reports?day=2024-05-01 HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"));
}

#[tokio::test]
async fn value_is_sent_as_json_in_the_query() {
    let request = sent(async |client| {
        let filter = Filter::new().name("ü").created(Range::new().share(2.0));
        client.reports().find().json(filter).any(Value::Null).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /reports?json=%7B%22name%22%3A%22%C3%BC%22%2C%22created%22%3A%7B%22share%22%3A2.0%7D%7D&any=null \
             HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn lists_and_objects_are_sent_as_one_text() {
    let request = sent(async |client| {
        let draw = client.reports().draw().pipe(["a", "b,c"]).comma(Point::new(3, -4));
        let draw = draw.space([("a", 1), ("b", 2)]).pipe_map(Point::new(0, 0));
        let draw = draw.ids([ReportId::new("a"), ReportId::new("b c")]).point(Point::new(5, 6));
        draw.meta(Filter::new().name("ü\u{1f980}\u{7f}")).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /draw?pipe=a%7Cb%2Cc&comma=x%2C3%2Cy%2C-4&space=a+1+b+2&pipe_map=x%7C0%7Cy%7C0 HTTP/1.1\r\n\
             cookie: sid=session_1\r\nx-ids: a,b c\r\nx-point: x,5,y,6\r\n\
             x-meta: {{\"name\":\"\\u00fc\\ud83e\\udd80\\u007f\"}}\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn empty_lists_are_sent_where_possible() {
    let request = sent(async |client| {
        let draw = client.reports().draw().pipe(Vec::<String>::new()).space(Vec::<(String, i32)>::new());
        draw.ids(Vec::<ReportId>::new()).await
    });
    assert_eq!(request.await, format!("GET /draw?pipe=&space= HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"));
}

#[tokio::test]
async fn path_segments_have_every_style() {
    let request = sent(async |client| {
        let ids = [ReportId::new("a/b"), ReportId::new("ü")];
        let labels = [Key::Number(1), Key::name("one")];
        client.reports().paths(ids, Point::new(3, -4), 1.5, labels, [1, 2], Point::new(3, -4)).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /paths/a%2Fb,%C3%BC/x,3,y,-4/v.1.5/.1.one/m;matrix=1,2/%7B%22x%22%3A3%2C%22y%22%3A-4%7D HTTP/1.1\r\n\
             cookie: sid=session_1\r\n{REST}"
        )
    );
}

#[tokio::test]
async fn cookies_of_parameters_and_auth_are_one_header() {
    let request =
        sent(async |client| client.reports().visit("dark").page(Key::Number(7)).token("a=b").await).await;
    assert_eq!(
        request,
        "POST /visits HTTP/1.1\r\n\
         cookie: sid=session_1; consent=yes; copy=session_1; theme=dark; last-page=7; token=a=b\r\n\
         accept: application/json\r\ncontent-type: application/json\r\nuser-agent: queries/0.1.0\r\n\
         accept-encoding: gzip\r\nhost: host\r\ncontent-length: 2\r\n\r\n{}"
    );
}

#[tokio::test]
async fn query_and_repeated_placeholder_belong_to_the_path() {
    let request = sent(async |client| client.files().start_upload("a/b").overwrite(true).await);
    assert_eq!(
        request.await,
        "POST /files/a%2Fb?uploads&part%3A1&overwrite=true HTTP/1.1\r\ncookie: sid=session_1\r\n\
         accept: application/json\r\nuser-agent: queries/0.1.0\r\ncontent-length: 0\r\naccept-encoding: gzip\r\n\
         host: host\r\n\r\n"
    );
    let request = sent(async |client| client.files().copy("2024", "a b").await).await;
    assert!(request.starts_with("PUT /files/a%20b/2024/a%20b HTTP/1.1\r\n"), "{request}");
    let request = sent(async |client| client.files().archive("x").await).await;
    assert_eq!(
        request,
        format!("GET /b%C3%BCro%20(alt)/%7Barchive%7D+/x HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}")
    );
    let url = Client::new("session_1").expect("a client").files().page_url("a b").theme("dark").url();
    assert_eq!(url.expect("a URL"), "https://queries.acme.test/pages/a%20b/a%20b?raw&theme=dark");
}

#[tokio::test]
async fn fragment_is_not_sent() {
    let request = sent(async |client| client.files().create_alias("a").await);
    assert_eq!(
        request.await,
        "POST /rpc HTTP/1.1\r\ncookie: sid=session_1\r\nx-target: create\r\naccept: application/json\r\n\
         content-type: application/json\r\nuser-agent: queries/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\
         content-length: 13\r\n\r\n{\"alias\":\"a\"}"
    );
    let request = sent(async |client| client.files().secrets_config("kv").await);
    assert_eq!(request.await, format!("GET /kv/config HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"));
    let request = sent(async |client| client.files().database_config("db").await);
    assert_eq!(request.await, format!("GET /db/config HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"));
}

#[tokio::test]
async fn every_method_is_sent() {
    let request = sent(async |client| client.files().abilities("a.csv").detail(true).await);
    assert_eq!(
        request.await,
        format!("OPTIONS /files/a.csv?detail=true HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}")
    );
    let request = sent(async |client| client.files().echo().await);
    assert_eq!(request.await, format!("TRACE /files HTTP/1.1\r\ncookie: sid=session_1\r\n{REST}"));
    let with_body = |line: &str, body: &str| {
        format!(
            "{line} HTTP/1.1\r\ncookie: sid=session_1\r\naccept: application/json\r\n\
             content-type: application/json\r\nuser-agent: queries/0.1.0\r\naccept-encoding: gzip\r\nhost: host\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let request = sent(async |client| client.files().search("sales").limit(7).await);
    assert_eq!(request.await, with_body("QUERY /files?limit=7", r#"{"text":"sales"}"#));
    let request = sent(async |client| client.files().search_all().await);
    assert_eq!(request.await, with_body("QUERY /files/all", "{}"));
}

#[tokio::test]
async fn shared_parameter_has_its_own_name_and_type() {
    let request = sent(async |client| {
        client.files().list("acme").limit(7).order(Order::Size).kinds([Kind::Daily, Kind::Weekly]).await
    });
    assert_eq!(
        request.await,
        format!(
            "GET /files?page_size=7&order=size&kinds=daily%2Cweekly HTTP/1.1\r\ncookie: sid=session_1\r\n\
             x-version: 2\r\nx-shop: acme\r\n{REST}"
        )
    );
    let request = sent(async |client| client.files().list_tags("acme").limit(7).await).await;
    assert!(request.starts_with("POST /tags?page_size=7 HTTP/1.1\r\n"), "{request}");
}

/// QUERY, OPTIONS and TRACE are safe.
#[tokio::test]
async fn safe_methods_are_retried() {
    use ::queries::files::params::{AbilitiesParams, EchoParams, SearchParams, StartUploadParams};
    let idempotent = [
        AbilitiesParams::OPERATION.idempotent,
        EchoParams::OPERATION.idempotent,
        SearchParams::OPERATION.idempotent,
    ];
    assert_eq!((idempotent, StartUploadParams::OPERATION.idempotent), ([true; 3], false));
    let responses = [503, 204].map(CannedResponse::empty);
    let server = Server::start_with(responses).await;
    let policy = RetryPolicy::default().initial_backoff(std::time::Duration::from_millis(1));
    let client = Client::builder("session_1").base_url(server.url()).retry(policy).build().expect("a client");
    bounded(client.files().search("sales").send()).await.expect("a success after a retry");
    let bodies: Vec<String> = server.received().iter().map(|request| request.text().to_owned()).collect();
    assert_eq!(bodies, [r#"{"text":"sales"}"#; 2]);
}

fn changed<P>(mut params: P, change: impl FnOnce(&mut P)) -> P {
    change(&mut params);
    params
}

fn rejection<P: Endpoint<Options = ()>>(params: &P) -> String {
    let context: RequestContext = "https://queries.acme.test".parse().expect("a valid URL");
    let error = params.to_request(&context.with("session", "session_1"), &()).expect_err("a rejection");
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    error.to_string().split_once(": ").expect("an operation").1.to_owned()
}

/// No message contains the value, which can be a secret.
#[test]
fn ambiguous_value_is_rejected() {
    let list = || Value::from_iter([1]);
    let find = |filter| changed(FindParams::new(), |params| params.filter = Some(filter));
    let more = |more| find(Filter::new().more(more));
    let draw = |change: fn(&mut DrawParams)| changed(DrawParams::new(), change);
    let paths = |ids: &[&str], label: &str| {
        let ids = ids.iter().map(|id| ReportId::new(*id)).collect::<Vec<_>>();
        PathsParams::new(ids, Point::new(0, 0), 1.0, [Key::name(label)], [1], Point::new(0, 0))
    };
    let kinds = |kind: &str| KindsParams::new(Kinds::One(Kind::from(kind)), Kinds::One(Kind::Daily));
    let object = |key: &str, value: Value| Value::Object(Object::from_iter([(key, value)]));
    let style = "its style does not support lists and objects here";
    for (found, expected) in [
        (rejection(&GetParams::new(Key::Number(1), list())), format!("invalid path parameter `part`: {style}")),
        (
            rejection(&GetParams::new(Key::name(".."), 1)),
            "invalid path parameter `key`: must not be `.` or `..`".to_owned(),
        ),
        (
            rejection(&changed(GetParams::new(Key::Number(1), 1), |params| params.value = Some(list()))),
            format!("invalid query parameter `value`: {style}"),
        ),
        (
            rejection(&GetParams::new(Key::Number(1), Value::Null)),
            "invalid path parameter `part`: must not contain null".to_owned(),
        ),
        (
            rejection(&kinds("hush,b")),
            "invalid item of the query parameter `comma`: must not be empty or contain a comma".to_owned(),
        ),
        (
            rejection(&more(object("a", Value::Null))),
            "invalid query parameter `filter`: must not contain null".to_owned(),
        ),
        (
            rejection(&more(object("hush]", list()))),
            "invalid key of the query parameter `filter`: must not be empty or contain a bracket".to_owned(),
        ),
        (
            rejection(&more(Value::from_iter([list(), Value::Array(Vec::new())]))),
            "invalid item of the query parameter `filter`: must not be an empty list or object".to_owned(),
        ),
        (
            rejection(&find(Filter::new().rows([Row::new("a").values([f64::NAN])]))),
            "invalid query parameter `filter`: $.rows[0].values[0]: a JSON number must be finite".to_owned(),
        ),
        (
            rejection(&draw(|params| params.pipe = Some(vec!["hush|b".into()]))),
            "invalid item of the query parameter `pipe`: must not be empty or contain a vertical bar".to_owned(),
        ),
        (
            rejection(&draw(|params| params.ids = Some(vec![ReportId::new("hush,b")]))),
            "invalid item of the header `x-ids`: must not be empty or contain a comma".to_owned(),
        ),
        (rejection(&paths(&[], "a")), "invalid path parameter `ids`: must not be empty".to_owned()),
        (
            rejection(&paths(&["a", ""], "a")),
            "invalid item of the path parameter `ids`: must not be empty or contain a comma".to_owned(),
        ),
        (
            rejection(&paths(&["a"], "hush.b")),
            "invalid item of the path parameter `labels`: must not be empty or contain a dot".to_owned(),
        ),
        (
            rejection(&VisitParams::new("hush;b")),
            "invalid cookie `theme`: must not contain a space, quotation mark, comma, semicolon or backslash".to_owned(),
        ),
        (
            rejection(&changed(VisitParams::new("dark"), |params| params.page = Some(Key::name("hush b")))),
            "invalid cookie `last-page`: must not contain a space, quotation mark, comma, semicolon or backslash"
                .to_owned(),
        ),
    ] {
        assert_eq!(found, expected);
    }
}

#[test]
fn cookies_and_headers_of_values_are_sensitive() {
    let context: RequestContext = "https://queries.acme.test".parse().expect("a valid URL");
    let context = context.with("session", "session_1");
    let params = changed(VisitParams::new("dark"), |params| params.token = Some("hush".into()));
    let request: http::Request<_> = params.to_request(&context, &()).expect("a request");
    assert!(request.headers()["cookie"].is_sensitive());
    assert!(!format!("{request:?} {params:?}").contains("hush"));
    let params = changed(DrawParams::new(), |params| params.point = Some(Point::new(1, 2)));
    assert!(params.to_request(&context, &()).expect("a request").headers()["x-point"].is_sensitive());
}
