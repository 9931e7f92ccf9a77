//! Names for types, and payloads of webhooks.

use shapes::notices::{Notice, Pick, Reason, Scores, UserId, UserIds, UserLocked};
use shapes::runtime::json;
use typefoundry_tests::bounded;

use super::{Outcome, serve};

#[tokio::test]
async fn alias_is_the_type_that_it_refers_to() -> Outcome {
    let text = r#"{"users":["user_1"],"scores":{"a":[0.5,7]},"pick":[["user_2"],50]}"#;
    let (server, client) = serve(text).await;
    let users: UserIds = vec![UserId::new("user_3")];
    let scores: Scores = [("b".to_owned(), (1.5, 255))].into();
    let send = client.notices().send(9, users.clone()).first([]).scores(scores).labels([1, 2]);
    let response = bounded(send.pick(Pick::More(vec![Pick::Weight(1), Pick::Ids(users)])).send()).await?;
    let request = server.only_request();
    assert_eq!(request.line(), "POST /notices/9?labels=1%2C2");
    assert_eq!(
        request.text(),
        r#"{"users":["user_3"],"first":[],"scores":{"b":[1.5,255]},"pick":[1,["user_3"]]}"#
    );
    assert_eq!(response.users, [UserId::new("user_1")]);
    assert!(matches!(&response.pick, Some(Pick::More(picks)) if picks.len() == 2), "{response:?}");
    assert_eq!(String::from_utf8(json::to_vec(&response)?)?, text);
    Ok(())
}

#[test]
fn payload_of_a_webhook_is_read_without_an_operation() -> Outcome {
    let text = r#"{"event":"user.locked","users":["user_1"],"reason":"spam","nested":{"event":"ping"},"later":1.50}"#;
    let locked: UserLocked = json::from_slice(text.as_bytes())?;
    assert_eq!((locked.users.len(), &locked.reason), (1, &Some(Reason::Spam)));
    assert_eq!(String::from_utf8(json::to_vec(&locked)?)?, text);
    let Notice::UserLocked(locked) = json::from_slice(text.as_bytes())? else { panic!("another notice") };
    assert_eq!(locked.nested, Some(Box::new(Notice::Ping)));
    let unknown: Notice = json::from_slice(br#"{"event":"user.unlocked","at":1e2}"#)?;
    assert!(matches!(unknown, Notice::Unknown(_)));
    assert_eq!(json::to_vec(&unknown)?, br#"{"event":"user.unlocked","at":1e2}"#);
    Ok(())
}
