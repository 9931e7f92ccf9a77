//! Other crates over loopback sockets. Both use `reqwest`.

use stytch::b2b::client::Client as Stytch;
use stytch::b2b::organizations_members::{GetRequest, SearchRequest};
use stytch::client::{Client as HttpClient, Vertical};
use typefoundry_benches::Case;
use typefoundry_benches::cases::inputs::{MANY, MEMBER, ORGANIZATION, USER};
use typefoundry_benches::network::{AT_ONCE, ONE_BY_ONE, at_once, one_by_one};
use typefoundry_benches::server::Server;
use workos::Client as WorkOs;

use crate::memory::list_params;

pub fn peers() -> Vec<Case> {
    let sockets = [
        Case::floor("socket users.get", "socket users.get, workos", || one_by_one(workos, get_user)),
        Case::floor("socket members.get", "socket members.get, stytch", || one_by_one(stytch, get_member)),
    ];
    let load = [
        Case::floor("load users.get", "load users.get, workos", || at_once(workos, get_user)),
        Case::floor("load users.list, 100 users", "load users.list, workos", || at_once(workos, list_users)),
        Case::floor("load members.search, 100 members", "load members.search, stytch", || {
            at_once(stytch, search)
        }),
    ];
    let sockets = sockets.into_iter().map(|case| case.per_request(ONE_BY_ONE));
    let load = load.into_iter().map(|case| case.per_request(AT_ONCE).without_instructions());
    sockets.chain(load).collect()
}

async fn workos(server: &Server) -> WorkOs {
    WorkOs::builder().api_key("sk_test_111").base_url(server.base_url()).build()
}

async fn get_user(client: &WorkOs) {
    drop(client.user_management().get_user(USER).await.expect("a user"));
}

async fn list_users(client: &WorkOs) {
    drop(client.user_management().list_users(list_params(MANY as i64)).await.expect("users"));
}

async fn stytch(server: &Server) -> Stytch {
    let url = format!("{}/", server.base_url()).parse().expect("a valid URL");
    let http = HttpClient::new_with_base_url("project-test-111", "secret-test-111", url, Vertical::B2B);
    let http = http.expect("a client");
    Stytch::new_with_http_client(http.clone(), http)
}

async fn get_member(client: &Stytch) {
    let request = GetRequest {
        organization_id: ORGANIZATION.to_owned(),
        member_id: Some(MEMBER.to_owned()),
        email_address: None,
    };
    drop(client.organizations.members.get(request).await.expect("a member"));
}

async fn search(client: &Stytch) {
    let request = SearchRequest {
        organization_ids: vec![ORGANIZATION.to_owned()],
        cursor: None,
        limit: Some(MANY as u32),
        query: None,
    };
    drop(client.organizations.members.search(request).await.expect("members"));
}
