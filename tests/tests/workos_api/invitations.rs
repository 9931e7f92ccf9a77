//! Invitations.

use serde_json::{Value, json};
use typefoundry_tests::cases;
use workos_api::Client;
use workos_api::common::{OrganizationId, PaginationOrder, UserId};
use workos_api::user_management::invitations::{Invitation, InvitationId, InvitationState, Locale};

use crate::case::{Case, IDEMPOTENCY_KEY};
use crate::pages::{check_alone, check_between, empty_page, page};

cases! {
    "user_management.invitations.list": list_required, list_everything;
    "user_management.invitations.send": send_required, send_everything;
    "user_management.invitations.get": get_required, get_everything;
    "user_management.invitations.find_by_token": find_by_token_required, find_by_token_everything;
    "user_management.invitations.accept": accept_required, accept_everything;
    "user_management.invitations.resend": resend_required, resend_everything;
    "user_management.invitations.revoke": revoke_required, revoke_everything;
}

fn id() -> InvitationId {
    InvitationId::new("invitation_01zinc")
}

/// Returns an invitation with all fields. A real invitation cannot be both accepted and revoked.
fn invitation() -> Value {
    json!({
        "object": "invitation",
        "id": "invitation_01zinc",
        "email": "grace@nightingale.example",
        "state": "accepted",
        "accepted_at": "2031-02-03T04:05:06.700Z",
        "revoked_at": "2032-03-04T05:06:07Z",
        "expires_at": "2033-04-05T06:07:08Z",
        "organization_id": "org_01zinc",
        "inviter_user_id": "user_01inviter",
        "accepted_user_id": "user_01invitee",
        "role_slug": "night-watch",
        "created_at": "2034-05-06T07:08:09Z",
        "updated_at": "2035-06-07T08:09:10Z",
        "token": "Z1uX3RbwcIl5fIGJJJCXXisdI",
        "accept_invitation_url": "https://app.example/invite?invitation_token=Z1uX3RbwcIl5fIGJJJCXXisdI",
    })
}

fn check_invitation(invitation: &Invitation) {
    assert_eq!(invitation.id, id());
    assert_eq!(invitation.email, "grace@nightingale.example");
    assert_eq!(invitation.state, InvitationState::Accepted);
    assert_eq!(invitation.accepted_at.expect("a time").to_string(), "2031-02-03T04:05:06.700Z");
    assert_eq!(invitation.revoked_at.expect("a time").to_string(), "2032-03-04T05:06:07Z");
    assert_eq!(invitation.expires_at.to_string(), "2033-04-05T06:07:08Z");
    assert_eq!(invitation.organization_id, Some(OrganizationId::new("org_01zinc")));
    assert_eq!(invitation.inviter_user_id, Some(UserId::new("user_01inviter")));
    assert_eq!(invitation.accepted_user_id, Some(UserId::new("user_01invitee")));
    assert_eq!(invitation.role_slug.as_deref(), Some("night-watch"));
    assert_eq!(invitation.created_at.to_string(), "2034-05-06T07:08:09Z");
    assert_eq!(invitation.updated_at.to_string(), "2035-06-07T08:09:10Z");
    assert_eq!(invitation.token.expose(), "Z1uX3RbwcIl5fIGJJJCXXisdI");
    let url = "https://app.example/invite?invitation_token=Z1uX3RbwcIl5fIGJJJCXXisdI";
    assert_eq!(invitation.accept_invitation_url.expose(), url);
}

/// All keys are present, but many values can be null.
fn bare_invitation() -> Value {
    json!({
        "object": "invitation",
        "id": "invitation_01bare",
        "email": "x@y.example",
        "state": "pending",
        "accepted_at": null,
        "revoked_at": null,
        "expires_at": "2033-04-05T06:07:08Z",
        "organization_id": null,
        "inviter_user_id": null,
        "accepted_user_id": null,
        "role_slug": null,
        "created_at": "2034-05-06T07:08:09Z",
        "updated_at": "2035-06-07T08:09:10Z",
        "token": "t",
        "accept_invitation_url": "https://app.example/invite?invitation_token=t",
    })
}

fn check_bare_invitation(invitation: &Invitation) {
    assert_eq!(invitation.id.as_str(), "invitation_01bare");
    assert_eq!(invitation.email, "x@y.example");
    assert_eq!(invitation.state, InvitationState::Pending);
    assert_eq!((invitation.accepted_at, invitation.revoked_at), (None, None));
    assert_eq!((invitation.organization_id.as_ref(), invitation.role_slug.as_ref()), (None, None));
    assert_eq!((invitation.inviter_user_id.as_ref(), invitation.accepted_user_id.as_ref()), (None, None));
    assert_eq!(invitation.token.expose(), "t");
}

async fn list_required(case: Case) {
    let case = case.line("GET /user_management/invitations").response(empty_page());
    let invitations = case.call(|client| client.user_management().invitations().list().send()).await;
    assert!(invitations.data.is_empty());
    check_alone(&invitations.list_metadata);
}

async fn list_everything(case: Case) {
    let case = case
        .line(
            "GET /user_management/invitations?organization_id=org_01zinc&email=x%40y.example\
             &before=cursor_x&after=cursor_y&limit=7&order=normal",
        )
        .response(page(json!([invitation(), invitation()])));
    let call = |client: &Client| {
        client
            .user_management()
            .invitations()
            .list()
            .before("cursor_x")
            .after("cursor_y")
            .limit(7)
            .order(PaginationOrder::Normal)
            .organization_id(OrganizationId::new("org_01zinc"))
            .email("x@y.example")
            .send()
    };
    let invitations = case.call(call).await;
    assert_eq!(invitations.data.len(), 2);
    invitations.data.iter().for_each(check_invitation);
    check_between(&invitations.list_metadata);
}

async fn send_required(case: Case) {
    let case = case
        .line("POST /user_management/invitations")
        .raw_body(r#"{"email":"x@y.example"}"#)
        .response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().send("x@y.example").send();
    check_bare_invitation(&case.call(call).await);
}

async fn send_everything(case: Case) {
    let case = case
        .line("POST /user_management/invitations")
        .raw_body(concat!(
            r#"{"email":"grace@nightingale.example","organization_id":"org_01zinc","role_slug":"night-watch","#,
            r#""expires_in_days":30,"inviter_user_id":"user_01inviter","locale":"es-419"}"#,
        ))
        .response(invitation());
    let call = |client: &Client| {
        client
            .user_management()
            .invitations()
            .send("grace@nightingale.example")
            .organization_id(OrganizationId::new("org_01zinc"))
            .role_slug("night-watch")
            .expires_in_days(30)
            .inviter_user_id(UserId::new("user_01inviter"))
            .locale(Locale::Es419)
            .idempotency_key(IDEMPOTENCY_KEY)
            .send()
    };
    check_invitation(&case.call(call).await);
}

async fn get_required(case: Case) {
    let case = case.line("GET /user_management/invitations/invitation_01zinc").response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().get(id()).send();
    check_bare_invitation(&case.call(call).await);
}

/// No optional parameters. The ID resembles the name of another operation.
async fn get_everything(case: Case) {
    let case = case.line("GET /user_management/invitations/by_token%2Ft").response(invitation());
    let id = InvitationId::new("by_token/t");
    let call = |client: &Client| client.user_management().invitations().get(id).send();
    check_invitation(&case.call(call).await);
}

async fn find_by_token_required(case: Case) {
    let case = case.line("GET /user_management/invitations/by_token/Z1uX3Rbw").response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().find_by_token("Z1uX3Rbw").send();
    check_bare_invitation(&case.call(call).await);
}

/// No optional parameters. The token must be percent-encoded in a URL.
async fn find_by_token_everything(case: Case) {
    let case =
        case.line("GET /user_management/invitations/by_token/Z1%2BuX%2F3%3D%3D").response(invitation());
    let call = |client: &Client| client.user_management().invitations().find_by_token("Z1+uX/3==").send();
    check_invitation(&case.call(call).await);
}

/// The request has no body, not even an empty object.
async fn accept_required(case: Case) {
    let case =
        case.line("POST /user_management/invitations/invitation_01zinc/accept").response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().accept(id()).send();
    check_bare_invitation(&case.call(call).await);
}

async fn accept_everything(case: Case) {
    let case = case.line("POST /user_management/invitations/a%2Fb/accept").response(invitation());
    let id = InvitationId::new("a/b");
    let call = |client: &Client| client.user_management().invitations().accept(id).send();
    check_invitation(&case.call(call).await);
}

/// The request has a body even if no parameter is set.
async fn resend_required(case: Case) {
    let case = case
        .line("POST /user_management/invitations/invitation_01zinc/resend")
        .raw_body("{}")
        .response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().resend(id()).send();
    check_bare_invitation(&case.call(call).await);
}

async fn resend_everything(case: Case) {
    let case = case
        .line("POST /user_management/invitations/invitation_01zinc/resend")
        .raw_body(r#"{"locale":"zh-TW"}"#)
        .response(invitation());
    let call = |client: &Client| {
        let request = client.user_management().invitations().resend(id());
        request.locale(Locale::ZhTw).idempotency_key(IDEMPOTENCY_KEY).send()
    };
    check_invitation(&case.call(call).await);
}

/// The request has no body, not even an empty object.
async fn revoke_required(case: Case) {
    let case =
        case.line("POST /user_management/invitations/invitation_01zinc/revoke").response(bare_invitation());
    let call = |client: &Client| client.user_management().invitations().revoke(id()).send();
    check_bare_invitation(&case.call(call).await);
}

async fn revoke_everything(case: Case) {
    let case = case.line("POST /user_management/invitations/a%20b/revoke").response(invitation());
    let id = InvitationId::new("a b");
    let call = |client: &Client| client.user_management().invitations().revoke(id).send();
    check_invitation(&case.call(call).await);
}

#[test]
fn invitation_states_have_names() {
    use InvitationState::{Accepted, Expired, Pending, Revoked};
    let words = ["pending", "accepted", "expired", "revoked"];
    for (state, word) in [Pending, Accepted, Expired, Revoked].into_iter().zip(words) {
        assert_eq!((state.as_str(), InvitationState::from(word)), (word, state.clone()));
    }
}

/// All of the vendor's locales have a name and are encoded unchanged.
#[test]
fn locales_have_names() {
    let words = "af am ar bg bn bs ca cs da de de-DE el en en-AU en-CA en-GB en-US es es-419 es-ES es-US et fa \
                 fi fil fr fr-BE fr-CA fr-FR fy gl gu ha he hi hr hu hy id is it it-IT ja jv ka kk km kn ko lt \
                 lv mk ml mn mr ms my nb ne nl nl-BE nl-NL nn no pa pl pt pt-BR pt-PT ro ru sk sl sq sr sv sw \
                 ta te th tr uk ur uz vi zh zh-CN zh-HK zh-TW zu";
    let words: Vec<_> = words.split_whitespace().collect();
    assert_eq!(words.len(), 90);
    for word in words {
        let locale = Locale::from(word);
        assert!(!matches!(locale, Locale::Unknown(_)), "{word}");
        assert_eq!(locale.as_str(), word);
    }
    assert!(matches!(Locale::from("en-us"), Locale::Unknown(_)));
}
