//! The inputs of calls.

/// The number of items in a small page.
pub const FEW: usize = 10;
/// The number of items in a large page.
pub const MANY: usize = 100;
/// The ID of a user.
pub const USER: &str = "user_01E4ZCR3C56J083X43JQXF3JK5";
/// The ID of an organization of the API with users.
pub const COMPANY: &str = "org_01EHT88Z8J8795GZNQ4ZP1J81T";
/// The cursor of a page of users.
pub const CURSOR: &str = "user_01EJBGJT2PC6638TN5Y380M40Z";
pub const EMAIL: &str = "marcelina.davis@example.com";
pub const EXTERNAL_ID: &str = "f1ffa2b2-c20b-4d39-be5c-212726e11222";
/// The ID of an organization of the API with members.
pub const ORGANIZATION: &str = "organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931";
/// The ID of a member.
pub const MEMBER: &str = "member-test-32fc5024-9c09-4da3-bd2e-c9ce4da91000";
