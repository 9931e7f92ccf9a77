//! The people of one customer: invitation and listing.

use std::fmt;

use stytch_b2b::organizations::OrganizationId;
use stytch_b2b::organizations::members::{Member, MemberId, MemberStatus};
use stytch_b2b::{Client, Error};

/// An error code that the application handles.
const TAKEN: &str = "duplicate_email";

/// The people of one customer.
#[derive(Clone, Debug)]
pub struct Directory {
    client: Client,
    organization: OrganizationId,
}

/// The reason for which a person could not be invited.
#[derive(Debug)]
pub enum InviteError {
    /// The email address is already taken.
    Taken,
    /// The call failed.
    Call(Error),
}

impl Directory {
    pub fn new(client: Client, organization: OrganizationId) -> Self {
        Self { client, organization }
    }

    /// Adds a person, who must then verify the email address.
    pub async fn invite(&self, email_address: &str, name: Option<&str>) -> Result<MemberId, InviteError> {
        let members = self.client.organizations().members();
        let mut request = members.create(&self.organization, email_address).create_member_as_pending(true);
        if let Some(name) = name {
            request = request.name(name);
        }
        let created = request.send().await?;
        Ok(created.member_id)
    }

    /// Returns the email addresses of all people who can sign in, from all pages.
    pub async fn active(&self) -> Result<Vec<String>, Error> {
        let members = self.client.organizations().members();
        let mut active = Vec::new();
        let mut cursor = None;
        loop {
            let mut request = members.search([&self.organization]);
            if let Some(cursor) = cursor {
                request = request.cursor(cursor);
            }
            let page = request.send().await?;
            active.extend(page.members.into_iter().filter(is_active).map(|member| member.email_address));
            cursor = page.results_metadata.next_cursor.filter(|next| !next.is_empty());
            if cursor.is_none() {
                return Ok(active);
            }
        }
    }
}

fn is_active(member: &Member) -> bool {
    member.status == MemberStatus::Active
}

impl From<Error> for InviteError {
    fn from(error: Error) -> Self {
        match error.api_error().and_then(|api| api.code()) {
            Some(TAKEN) => Self::Taken,
            _ => Self::Call(error),
        }
    }
}

impl fmt::Display for InviteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken => f.write_str("this email address is already taken"),
            Self::Call(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for InviteError {}
