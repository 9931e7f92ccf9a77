//! Calls over loopback sockets. The floors send the same requests with `hyper` alone and with the client of `hyper-util`.

mod clients;
mod run;

use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::{MemberId, MemberSelector};
use workos_api::common::{OrganizationId as Company, UserId};

use crate::case::Case;
use crate::cases::inputs::{COMPANY, CURSOR, EMAIL, MANY, MEMBER, ORGANIZATION, USER};
use crate::floors::list_users as list;

pub use clients::{bare_hyper, hyper_util};
pub use run::{at_once, at_once_apart, one_by_one};

/// The requests in one call of [`one_by_one`].
pub const ONE_BY_ONE: u32 = 32;
/// The requests in one call of [`at_once`].
pub const AT_ONCE: u32 = run::TASKS * run::REQUESTS;

/// Returns a case over the default transport of a package, and its floors. `hyper` alone needs a client per task.
macro_rules! calls {
    ($name:literal, $run:ident, $run_bare:ident, $requests:ident, $connect:expr, $call:expr, $by_hand:expr) => {
        [
            Case::new($name, || $run($connect, $call)).per_request($requests),
            Case::floor($name, concat!($name, ", bare hyper"), || $run_bare(bare_hyper, $by_hand))
                .per_request($requests),
            Case::floor($name, concat!($name, ", hyper-util"), || $run(hyper_util, $by_hand))
                .per_request($requests),
        ]
    };
}

macro_rules! socket {
    ($name:literal, $connect:expr, $call:expr, $by_hand:expr) => {
        calls!($name, one_by_one, one_by_one, ONE_BY_ONE, $connect, $call, $by_hand)
    };
}

macro_rules! load {
    ($name:literal, $connect:expr, $call:expr, $by_hand:expr) => {
        calls!($name, at_once, at_once_apart, AT_ONCE, $connect, $call, $by_hand)
            .map(Case::without_instructions)
    };
}

/// Returns all cases, each followed by its floors.
pub fn cases() -> Vec<Case> {
    let cases = [
        socket!("socket users.get", clients::workos, get_user, async |client| {
            drop(client.get_user(USER).await.expect("a user"));
        }),
        socket!("socket members.get", clients::stytch, get_member, async |client| {
            drop(client.get_member(ORGANIZATION, MEMBER).await.expect("a member"));
        }),
        load!("load users.get", clients::workos, get_user, async |client| {
            drop(client.get_user(USER).await.expect("a user"));
        }),
        load!("load users.list, 100 users", clients::workos, list_users, async |client| {
            drop(client.list_users(&list(MANY as u32)).await.expect("users"));
        }),
        load!("load members.search, 100 members", clients::stytch, search, async |client| {
            drop(client.search_members(&[ORGANIZATION], MANY as u32).await.expect("members"));
        }),
    ];
    cases.into_iter().flatten().collect()
}

async fn get_user(client: &workos_api::Client) {
    drop(client.user_management().users().get(UserId::new(USER)).await.expect("a user"));
}

async fn list_users(client: &workos_api::Client) {
    let request = client.user_management().users().list().organization_id(Company::new(COMPANY)).email(EMAIL);
    drop(request.after(CURSOR).limit(MANY as u32).order("desc".into()).await.expect("users"));
}

async fn get_member(client: &stytch_b2b::Client) {
    let member = MemberSelector::id(MemberId::new(MEMBER));
    let request = client.organizations().members().get(OrganizationId::new(ORGANIZATION), member);
    drop(request.await.expect("a member"));
}

async fn search(client: &stytch_b2b::Client) {
    let members = client.organizations().members();
    drop(members.search([OrganizationId::new(ORGANIZATION)]).limit(MANY as u32).await.expect("members"));
}
