//! Types with read-only and write-only fields.

use shapes::accounts::{Account, AccountInput, Draft, GroupInput, Owner, OwnerInput, Team};
use shapes::runtime::json;
use typefoundry_tests::bounded;

use super::{Outcome, serve};

const ACCOUNT: &str = r#"{"object":"account","kind":"person","account_id":"account_1","name":"Ada","manager":{"object":"account","kind":"person","account_id":"account_2","name":"Grace","created_at":"2024-05-01T12:00:00Z"},"team":{"title":"Core"},"created_at":"2024-05-01T12:00:00Z","later":1.50}"#;

#[tokio::test]
async fn request_has_no_read_only_fields_and_response_no_write_only_fields() -> Outcome {
    let (server, client) = serve(ACCOUNT).await;
    let manager = AccountInput::new("Grace", "sesame").clear_manager();
    let account = AccountInput::new("Ada", "hush").pin(1234).manager(manager).team(Team::new("Core"));
    let group = GroupInput::new([AccountInput::new("Alan", "enigma")]).by_name([("absent", None)]);
    let draft = Draft::new("Plan").owner(OwnerInput::Group(GroupInput::new([])));
    let received = bounded(client.accounts().create(account).group(group).draft(draft).send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"account":{"kind":"person","name":"Ada","password":"hush","pin":1234,"manager":{"kind":"person","name":"Grace","password":"sesame","manager":null},"team":{"title":"Core"}},"draft":{"title":"Plan","owner":{"type":"group","group":{"members":[]}}},"group":{"members":[{"kind":"person","name":"Alan","password":"enigma"}],"by_name":{"absent":null}}}"#
    );
    assert_eq!((received.account_id.as_str(), received.name.as_str()), ("account_1", "Ada"));
    assert_eq!(received.manager.as_ref().map(|manager| manager.name.as_str()), Some("Grace"));
    assert_eq!(String::from_utf8(json::to_vec(&received)?)?, ACCOUNT);
    Ok(())
}

#[tokio::test]
async fn write_only_key_in_a_response_is_an_additional_field() -> Outcome {
    let (_server, client) = serve(&ACCOUNT.replace("\"later\":1.50", "\"pin\":\"x\"")).await;
    let received = bounded(client.accounts().create(AccountInput::new("Ada", "hush")).send()).await?;
    assert_eq!(received.additional_fields.get("pin").and_then(|pin| pin.as_str()), Some("x"));
    Ok(())
}

#[tokio::test]
async fn missing_read_only_field_of_a_response_is_an_error() -> Outcome {
    let (_server, client) = serve(&ACCOUNT.replace("\"account_id\":\"account_2\",", "")).await;
    let error = bounded(client.accounts().create(AccountInput::new("Ada", "hush")).send()).await.unwrap_err();
    assert!(error.to_string().contains("$.manager.account_id"), "{error}");
    Ok(())
}

#[tokio::test]
async fn union_and_flattened_object_have_the_fields_of_requests() -> Outcome {
    let receipt = format!(r#"{{"number":7,"signature":"x","owner":{{"type":"account",{}}}"#, &ACCOUNT[1..]);
    let (server, client) = serve(&receipt).await;
    let owner = OwnerInput::Account(AccountInput::new("Ada", "hush"));
    let transfer = client.accounts().transfer(owner).account(AccountInput::new("Alan", "enigma"));
    let received = bounded(transfer.send()).await?;
    assert_eq!(
        server.only_request().text(),
        r#"{"owner":{"type":"account","kind":"person","name":"Ada","password":"hush"},"kind":"person","name":"Alan","password":"enigma"}"#
    );
    let Owner::Account(Account { created_at, .. }) = received.owner else { panic!("{received:?}") };
    assert_eq!(created_at, "2024-05-01T12:00:00Z".parse()?);
    Ok(())
}
