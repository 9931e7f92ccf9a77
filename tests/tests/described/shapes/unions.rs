//! Unions of every kind.

use shapes::feeds::params::ExchangeParams;
use shapes::feeds::{
    Being, ByBoth, Change, Choice, ChoiceInput, Code, Content, Entry, ExchangeResponse, Kind, Loose, Part,
    Pet, Photo, Poll,
};
use shapes::runtime::{Error, Value, json};
use typefoundry_tests::bounded;

use super::{Outcome, serve};

async fn received(response: &str) -> Result<ExchangeResponse, Error> {
    let (_server, client) = serve(response).await;
    bounded(client.feeds().exchange([]).send()).await
}

/// Reads values, and checks that they are written as they were received.
fn read<T: json::Decode + json::Encode>(text: &str) -> Result<T, Box<dyn std::error::Error>> {
    let value = json::from_slice::<T>(text.as_bytes())?;
    assert_eq!(String::from_utf8(json::to_vec(&value)?)?, text);
    Ok(value)
}

#[tokio::test]
async fn variant_that_lists_its_tag_has_the_tag_once() -> Outcome {
    let text = r#"{"entries":[{"kind":"photo","url":"a","later":1.50},{"kind":"poll","question":"Why?","x":null},{"kind":"new","n":1e400}]}"#;
    let (server, client) = serve(text).await;
    // The tag of the variant is sent, whatever the field contains.
    let poll = Entry::Poll(Poll::new("Why?", Kind::from("other")));
    let exchange = client.feeds().exchange([Entry::Photo(Photo::new("a")), poll]);
    let response = bounded(exchange.send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"entries":[{"kind":"photo","url":"a"},{"kind":"poll","question":"Why?"}]}"#
    );
    let [Entry::Photo(photo), Entry::Poll(poll), Entry::Unknown(_)] = response.entries.as_slice() else {
        panic!("{response:?}")
    };
    assert_eq!((photo.additional_fields.len(), &poll.kind), (1, &Kind::Poll));
    assert_eq!(json::to_vec(&response.entries[2])?, br#"{"kind":"new","n":1e400}"#);
    Ok(())
}

#[tokio::test]
async fn tags_are_integers_text_and_booleans() -> Outcome {
    let text =
        r#"[{"op":1},{"op":-2,"text":"a"},{"op":5000000000,"n":2},{"op":"7"},{"op":true},{"op":8,"x":1.0}]"#;
    let response = received(&format!(r#"{{"entries":[],"codes":{text}}}"#)).await?;
    let [Code::Hello, Code::ValueMinus2(bye), Code::Large(2), Code::Seven, Code::True, Code::Unknown(_)] =
        response.codes.as_slice()
    else {
        panic!("{response:?}")
    };
    assert_eq!(bye, "a");
    let (server, client) = serve(r#"{"entries":[]}"#).await;
    bounded(client.feeds().exchange([]).codes(response.codes).send()).await?;
    assert_eq!(server.only_request().text(), format!(r#"{{"entries":[],"codes":{text}}}"#));
    Ok(())
}

#[tokio::test]
async fn variant_can_be_another_union() -> Outcome {
    let text = r#"[{"type":"pet","species":"cat","lives":9,"more":[]},{"type":"pet","species":"fish"},{"type":"pet","species":"dog","legs":4.0},{"type":"part","length":1.5},{"type":"part","size":2},{"type":"none"},{"type":"new","species":"cat"}]"#;
    let response = received(&format!(r#"{{"entries":[],"beings":{text}}}"#)).await?;
    let [
        Being::Pet(Pet::Cat(cat)),
        Being::Pet(Pet::Fish),
        Being::Pet(Pet::Unknown(_)),
        Being::Part(Part::Length(_)),
        Being::Part(Part::Unknown(_)),
        Being::None,
        Being::Unknown(_),
    ] = response.beings.as_slice()
    else {
        panic!("{response:?}")
    };
    assert_eq!(cat.additional_fields.keys().collect::<Vec<_>>(), ["more"]);
    let (server, client) = serve(r#"{"entries":[]}"#).await;
    bounded(client.feeds().exchange([]).beings(response.beings).send()).await?;
    assert_eq!(server.only_request().text(), format!(r#"{{"entries":[],"beings":{text}}}"#));
    Ok(())
}

#[tokio::test]
async fn tag_can_be_below_a_key() -> Outcome {
    let text = r#"[{"meta":{"type":"created","at":5},"name":"a"},{"meta":{"type":"deleted"}},{"meta":{"type":"moved","to":[1.0]}},{"meta":7},{}]"#;
    let response = received(&format!(r#"{{"entries":[],"changes":{text}}}"#)).await?;
    let [
        Change::Created(created),
        Change::Deleted(_),
        Change::Unknown(_),
        Change::Unknown(_),
        Change::Unknown(_),
    ] = response.changes.as_slice()
    else {
        panic!("{response:?}")
    };
    assert_eq!((created.meta.at, created.name.as_str()), (5, "a"));
    let (server, client) = serve(r#"{"entries":[]}"#).await;
    bounded(client.feeds().exchange([]).changes(response.changes).send()).await?;
    assert_eq!(server.only_request().text(), format!(r#"{{"entries":[],"changes":{text}}}"#));
    let error = received(r#"{"entries":[],"changes":[{"meta":{"type":"created"}}]}"#).await.unwrap_err();
    assert!(error.to_string().contains("$.changes[0].meta.at"), "{error}");
    Ok(())
}

#[tokio::test]
async fn constants_distinguish_variants_without_a_tag() -> Outcome {
    let text =
        r#"["a",{"type":"text","body":"hi"},{"type":"image"},{"type":"sound","body":"x"},7.50,[null]]"#;
    let response = received(&format!(r#"{{"entries":[],"contents":{text}}}"#)).await?;
    let [Content::Plain(_), Content::Text(_), Content::Image(_), rest @ ..] = response.contents.as_slice()
    else {
        panic!("{response:?}")
    };
    assert!(rest.iter().all(|content| matches!(content, Content::Any(_))), "{rest:?}");
    let (server, client) = serve(r#"{"entries":[]}"#).await;
    bounded(client.feeds().exchange([]).contents(response.contents).send()).await?;
    assert_eq!(server.only_request().text(), format!(r#"{{"entries":[],"contents":{text}}}"#));
    assert_eq!(Content::any(Value::Null), Content::Any(Value::Null));
    Ok(())
}

#[tokio::test]
async fn variant_that_is_only_sent_can_be_hidden() -> Outcome {
    let (server, client) = serve(r#"{"entries":[],"choice":7}"#).await;
    let loose = Loose::ByBoth(ByBoth::new().name("Ada").age(36));
    let exchange = client.feeds().exchange([]).loose(loose).choice(ChoiceInput::Exact(i64::MAX));
    let response = bounded(exchange.send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"entries":[],"loose":{"name":"Ada","age":36},"choice":9223372036854775807}"#
    );
    assert_eq!(response.choice, Some(Choice::Number(7.0)));
    Ok(())
}

#[test]
fn unions_are_read_without_an_operation() -> Outcome {
    read::<Vec<Entry>>(r#"[{"kind":"poll","question":"Why?","more":{"kind":"poll"}}]"#)?;
    read::<Vec<Being>>(r#"[{"type":"pet","species":"cat","lives":9,"types":1}]"#)?;
    assert_eq!(ExchangeParams::new([]).entries, []);
    Ok(())
}
