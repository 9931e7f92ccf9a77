//! Constants, defaults, tuples, URLs and typed additional fields.

use shapes::records::{Branch, ExchangeResponse, Label, Link, Marker, Tree};
use shapes::runtime::{Error, Url, json};
use typefoundry_tests::bounded;

use super::{Outcome, serve};

async fn received(response: &str) -> Result<ExchangeResponse, Error> {
    let (_server, client) = serve(response).await;
    bounded(client.records().exchange(Label::new("a")).send()).await
}

async fn failure(response: &str) -> String {
    received(response).await.expect_err("an error").to_string()
}

#[tokio::test]
async fn constants_of_every_kind_are_sent_and_skipped() -> Outcome {
    let (server, client) = serve(r#"{"marker":{"number":7,"list":"other","map":[]}}"#).await;
    let exchange = client.records().exchange(Label::new("a")).marker(Marker::new(-1));
    let response = bounded(exchange.send()).await?;
    let request = server.only_request();
    assert_eq!(request.line(), "POST /records?version=5000000000");
    assert_eq!(
        request.text(),
        r#"{"filter":{"all":true},"name":"a","marker":{"nothing":null,"list":[1,"a",null,{"b":5000000000}],"empty":[],"map":{"a":{"b":1.5}},"large":5000000000,"least":-9223372036854775808,"most":18446744073709551615,"number":-1}}"#
    );
    assert_eq!(response.marker, Some(Marker::new(7)));
    Ok(())
}

#[tokio::test]
async fn missing_and_null_fields_have_their_defaults() -> Outcome {
    let expected = r#"{"tags":[],"ports":[80,443],"limits":{"day":5000000000},"origin":{"unit":"mm","x":7},"since":"2024-05-01","home":"https://example.com/#top","free":{"a":[1.5]},"pair":["a",null],"corners":[]}"#;
    for settings in [
        "{}",
        r#"{"tags":null,"ports":null,"limits":null,"origin":null,"since":null,"home":null,"free":null,"pair":null,"corners":null}"#,
    ] {
        let response = received(&format!(r#"{{"settings":{settings}}}"#)).await?;
        let settings = response.settings.expect("settings");
        assert_eq!(String::from_utf8(json::to_vec(&settings)?)?, expected);
    }
    let given = r#"{"tags":["a"],"ports":[],"limits":{},"origin":{"unit":"mm","x":1},"since":"2020-02-29","home":"urn:a","free":7.50,"pair":["b",true],"corners":[[0.5,1.0]]}"#;
    let response = received(&format!(r#"{{"settings":{given}}}"#)).await?;
    let settings = response.settings.expect("settings");
    assert_eq!((settings.ports.as_slice(), settings.pair), ([].as_slice(), ("b".to_owned(), Some(true))));
    assert_eq!(settings.free.to_string(), "7.50");
    let error = failure(r#"{"settings":{"ports":["x"]}}"#).await;
    assert!(error.contains("$.settings.ports[0]: expected a 32-bit integer, found a string"), "{error}");
    Ok(())
}

#[tokio::test]
async fn additional_fields_have_one_type() -> Outcome {
    let text = r#"{"name":"a","b":1,"c":null,"d":9223372036854775807}"#;
    let tree = r#"{"size":1,"left":{"size":2,"leaf":{"size":3}},"right":{"size":4}}"#;
    let branches =
        r#"[{"kind":"label","name":"a","kinds":1},{"kind":"tree","size":1},{"kind":"new","x":1.0}]"#;
    let (server, client) = serve(&format!(r#"{{"label":{text},"tree":{tree},"branches":{branches}}}"#)).await;
    let label = Label::new("a").additional_fields([("b", Some(1)), ("c", None), ("name", Some(2))]);
    let leaves = Tree::new(1).additional_fields([("left", Tree::new(2))]);
    let response = bounded(client.records().exchange(label).tree(leaves).send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"filter":{"all":true},"name":"a","b":1,"c":null,"tree":{"size":1,"left":{"size":2}}}"#
    );
    assert_eq!(String::from_utf8(json::to_vec(&response.label)?)?, text);
    assert_eq!(String::from_utf8(json::to_vec(&response.tree)?)?, tree);
    assert_eq!(String::from_utf8(json::to_vec(&response.branches)?)?, branches);
    let [Branch::Label(label), ..] = response.branches.as_slice() else { panic!("{response:?}") };
    assert_eq!(label.additional_fields.keys().collect::<Vec<_>>(), ["kinds"]);
    let error = failure(r#"{"label":{"name":"a","heavy":"x"}}"#).await;
    assert!(error.contains("$.label.heavy: expected a 64-bit integer, found a string"), "{error}");
    Ok(())
}

#[tokio::test]
async fn tuples_and_urls_are_sent_and_received() -> Outcome {
    let (server, client) =
        serve(r#"{"points":[[1,"a"],[-2,""]],"home":"HTTPS://Example.com/%7e#Top","link":{"next":[{"next":[{},2]},1]}}"#).await;
    let page: Url = "https://example.com/a b".replace(' ', "?").parse()?;
    let link = Link::new().next((Link::new(), 3));
    let exchange = client.records().exchange(Label::new("a"));
    let exchange =
        exchange.points([(1, "a".to_owned()), (2, "b".to_owned())]).page(page.clone()).home(page).link(link);
    let response = bounded(exchange.send()).await?;
    let request = server.only_request();
    assert_eq!(request.line(), "POST /records?version=5000000000&page=https%3A%2F%2Fexample.com%2Fa%3Fb");
    assert_eq!(
        request.text(),
        r#"{"filter":{"all":true},"name":"a","points":[[1,"a"],[2,"b"]],"home":"https://example.com/a?b","link":{"next":[{},3]}}"#
    );
    assert_eq!(response.points, [(1, "a".to_owned()), (-2, String::new())]);
    assert_eq!(response.home.as_ref().map(Url::as_str), Some("HTTPS://Example.com/%7e#Top"));
    assert_eq!(json::to_vec(&response.link)?, br#"{"next":[{"next":[{},2]},1]}"#);
    let length = "expected a list of 2 items, found a list of another length";
    for (points, place) in [("[[1]]", "[0]"), (r#"[[1,"a"],[1,"a",2]]"#, "[1]")] {
        let error = failure(&format!(r#"{{"points":{points}}}"#)).await;
        assert!(error.contains(&format!("$.points{place}: {length}")), "{error}");
    }
    let error = failure(r#"{"home":"example.com"}"#).await;
    assert!(error.contains("$.home: expected an absolute URL, found another string"), "{error}");
    Ok(())
}
