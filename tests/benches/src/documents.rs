//! Response bodies, with the fields in the order of the vendors' documentation, which is also
//! the order of the types.

pub const USER: &str = r#"{"object":"user","id":"user_01E4ZCR3C56J083X43JQXF3JK5","email":"marcelina.davis@example.com","email_verified":true,"first_name":"Marcelina","last_name":"Davis","name":"Marcelina Davis","profile_picture_url":"https://images.example.com/photo-1633332755192.png","external_id":"f1ffa2b2-c20b-4d39-be5c-212726e11222","metadata":{"language":"en","department":"engineering"},"locale":"en-US","last_sign_in_at":"2021-06-25T19:07:33.155Z","created_at":"2021-06-25T19:07:33.155Z","updated_at":"2021-06-25T19:07:33.155Z"}"#;

const MEMBER: &str = r#"{"organization_id":"organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931","member_id":"member-test-32fc5024-9c09-4da3-bd2e-c9ce4da9#","email_address":"member-#@nightingale.example","status":"active","name":"Member Number #","sso_registrations":[{"connection_id":"saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9","external_id":"00u#","registration_id":"saml-member-registration-test-58970b4f-#","sso_attributes":{"groups":["navy","compilers"],"email":"member-#@nightingale.example"}}],"is_breakglass":false,"member_password_id":"member-password-test-a1b2c3d4-#","oauth_registrations":[],"email_address_verified":true,"mfa_phone_number_verified":true,"is_admin":false,"totp_registration_id":"","retired_email_addresses":[{"email_id":"email-test-81bf03a8-#","email_address":"old-#@nightingale.example"}],"is_locked":false,"mfa_enrolled":true,"mfa_phone_number":"+12025550199","default_mfa_method":"sms_otp","roles":[{"role_id":"stytch_member","sources":[{"type":"direct_assignment","details":{}}]},{"role_id":"editor","sources":[{"type":"email_assignment","details":{"email_domain":"nightingale.example"}},{"type":"sso_connection","details":{"connection_id":"saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9"}}]}],"trusted_metadata":{"rank":"admiral","seat":#},"untrusted_metadata":{"theme":"dark"},"created_at":"2023-06-25T19:07:33Z","updated_at":"2024-01-02T03:04:05Z","scim_registration":null,"external_id":"hr-#","lock_created_at":null,"lock_expires_at":null}"#;

const ORGANIZATION: &str = r#"{"organization_id":"organization-test-07971b06-ac8b-4cdb-9c15-63b17e653931","organization_name":"Nightingale","organization_logo_url":"https://images.example.com/nightingale.png","organization_slug":"nightingale","sso_jit_provisioning":"RESTRICTED","sso_jit_provisioning_allowed_connections":["saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9"],"sso_active_connections":[{"connection_id":"saml-connection-test-51861cbc-d3b9-428b-9761-227f5fb12be9","display_name":"Head office","identity_provider":"okta"}],"email_allowed_domains":["nightingale.example"],"email_jit_provisioning":"RESTRICTED","email_invites":"ALL_ALLOWED","auth_methods":"RESTRICTED","allowed_auth_methods":["sso","magic_link","google_oauth"],"mfa_policy":"OPTIONAL","rbac_email_implicit_role_assignments":[{"domain":"ops.nightingale.example","role_id":"editor"}],"mfa_methods":"RESTRICTED","allowed_mfa_methods":["sms_otp","totp"],"oauth_tenant_jit_provisioning":"NOT_ALLOWED","claimed_email_domains":[],"first_party_connected_apps_allowed_type":"ALL_ALLOWED","allowed_first_party_connected_apps":[],"third_party_connected_apps_allowed_type":"NOT_ALLOWED","allowed_third_party_connected_apps":[],"custom_roles":[],"trusted_metadata":{"plan":"gold"},"created_at":"2023-06-25T19:07:33Z","updated_at":"2024-01-02T03:04:05Z","organization_external_id":null,"sso_default_connection_id":null,"scim_active_connection":null,"allowed_oauth_tenants":null}"#;

/// Builds a page of a list of users.
pub fn users(count: usize) -> String {
    let users = vec![USER; count].join(",");
    format!(
        r#"{{"object":"list","data":[{users}],"list_metadata":{{"before":null,"after":"user_01EJBGJT2PC6638TN5Y380M40Z"}}}}"#
    )
}

/// Builds a page of search results.
pub fn members(count: usize) -> String {
    let members: Vec<_> = (0..count).map(|number| MEMBER.replace('#', &format!("{number:04}"))).collect();
    let members = members.join(",");
    // A JSON number must not begin with a zero.
    let members = members.replace("\"seat\":0", "\"seat\":1");
    format!(
        r#"{{"members":[{members}],"results_metadata":{{"total":{count},"next_cursor":"KQJBVEXJ"}},"organizations":{{}},"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141","status_code":200}}"#
    )
}

/// Builds a response with one member and its organization.
pub fn member() -> String {
    let member = MEMBER.replace('#', "1000");
    format!(
        r#"{{"request_id":"request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141","member_id":"member-test-32fc5024-9c09-4da3-bd2e-c9ce4da91000","member":{member},"organization":{ORGANIZATION},"status_code":200}}"#
    )
}
