//! The table of operations, sorted by name.

use super::{Operation, row};

pub(super) static OPERATIONS: [Operation; 109] = [
    row("multi_factor_auth.challenge", "POST /auth/factors/{id}/challenge")
        .sends("", "sms_template")
        .idempotent()
        .with_status(201),
    row("multi_factor_auth.delete", "DELETE /auth/factors/{id}"),
    row("multi_factor_auth.enroll", "POST /auth/factors/enroll")
        .sends("type", "user_id phone_number|totp_issuer+totp_user")
        .idempotent()
        .with_status(201),
    row("multi_factor_auth.get", "GET /auth/factors/{id}"),
    row("multi_factor_auth.challenges.verify", "POST /auth/challenges/{id}/verify")
        .sends("code", "")
        .with_status(201),
    row("organization_domains.create", "POST /organization_domains")
        .sends("domain organization_id", "")
        .idempotent()
        .with_status(201),
    row("organization_domains.delete", "DELETE /organization_domains/{id}").with_status(204),
    row("organization_domains.get", "GET /organization_domains/{id}"),
    row("organization_domains.verify", "POST /organization_domains/{id}/verify").with_status(201),
    row("organizations.create", "POST /organizations")
        .sends("name", "allow_profiles_outside_organization domains domain_data metadata external_id")
        .idempotent()
        .with_status(201),
    row("organizations.delete", "DELETE /organizations/{id}"),
    row("organizations.get", "GET /organizations/{id}"),
    row("organizations.get_audit_log_configuration", "GET /organizations/{id}/audit_log_configuration"),
    row("organizations.get_by_external_id", "GET /organizations/external_id/{external_id}"),
    row("organizations.list", "GET /organizations").optional_query("before after limit order domains search"),
    row("organizations.update", "PUT /organizations/{id}").sends(
        "",
        "name allow_profiles_outside_organization domains domain_data \
         stripe_customer_id metadata external_id",
    ),
    row("organizations.api_keys.create", "POST /organizations/{organizationId}/api_keys")
        .sends("name", "permissions expires_at")
        .idempotent()
        .with_status(201),
    row("organizations.api_keys.list", "GET /organizations/{organizationId}/api_keys")
        .optional_query("before after limit order"),
    row(
        "organizations.authorized_applications.list",
        "GET /organizations/{organization_id}/authorized_applications",
    )
    .optional_query("before after limit order"),
    row("organizations.feature_flags.list", "GET /organizations/{organizationId}/feature-flags")
        .optional_query("before after limit order"),
    row("organizations.it_contacts.create", "POST /organizations/{organization_id}/it_contacts")
        .sends("email", "")
        .idempotent()
        .with_status(201),
    row(
        "organizations.it_contacts.delete",
        "DELETE /organizations/{organization_id}/it_contacts/{contact_id}",
    )
    .with_status(204),
    row(
        "organizations.it_contacts.invite",
        "POST /organizations/{organization_id}/it_contacts/{contact_id}/invite",
    )
    .sends("intents", "")
    .idempotent()
    .with_status(204),
    row("organizations.it_contacts.list", "GET /organizations/{organization_id}/it_contacts"),
    row(
        "organizations.it_contacts.revoke",
        "POST /organizations/{organization_id}/it_contacts/{contact_id}/revoke",
    )
    .with_status(204),
    row("sso.get_profile", "GET /sso/profile").with_token(),
    row("user_management.authentication.authenticate_with_code", "POST /user_management/authenticate")
        .open()
        .sends(
            "client_id client_secret grant_type=authorization_code code",
            "code_verifier invitation_token ip_address device_id user_agent signals_id",
        ),
    row("user_management.authentication.authenticate_with_device_code", "POST /user_management/authenticate")
        .open()
        .sends(
            "client_id grant_type=urn:ietf:params:oauth:grant-type:device_code device_code",
            "ip_address device_id user_agent",
        ),
    row(
        "user_management.authentication.authenticate_with_email_completion",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret grant_type=urn:workos:oauth:grant-type:email-completion \
         email_completion_token email",
        "ip_address device_id user_agent signals_id",
    ),
    row(
        "user_management.authentication.authenticate_with_email_verification",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret \
         grant_type=urn:workos:oauth:grant-type:email-verification:code code \
         pending_authentication_token",
        "ip_address device_id user_agent",
    ),
    row("user_management.authentication.authenticate_with_magic_auth", "POST /user_management/authenticate")
        .open()
        .sends(
            "client_id client_secret \
             grant_type=urn:workos:oauth:grant-type:magic-auth:code code email",
            "link_authorization_code invitation_token ip_address device_id user_agent \
             signals_id radar_auth_attempt_id",
        ),
    row(
        "user_management.authentication.authenticate_with_organization_selection",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret \
         grant_type=urn:workos:oauth:grant-type:organization-selection \
         pending_authentication_token organization_id",
        "ip_address device_id user_agent",
    ),
    row("user_management.authentication.authenticate_with_password", "POST /user_management/authenticate")
        .open()
        .sends(
            "client_id client_secret grant_type=password email password",
            "invitation_token ip_address device_id user_agent signals_id \
             radar_auth_attempt_id",
        ),
    row(
        "user_management.authentication.authenticate_with_radar_email_challenge",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret \
         grant_type=urn:workos:oauth:grant-type:radar-email-challenge:code code \
         radar_challenge_id pending_authentication_token",
        "ip_address device_id user_agent",
    ),
    row(
        "user_management.authentication.authenticate_with_radar_sms_challenge",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret \
         grant_type=urn:workos:oauth:grant-type:radar-sms-challenge:code code \
         pending_authentication_token",
        "verification_id+phone_number ip_address device_id user_agent",
    ),
    row(
        "user_management.authentication.authenticate_with_refresh_token",
        "POST /user_management/authenticate",
    )
    .open()
    .sends(
        "client_id client_secret grant_type=refresh_token refresh_token",
        "organization_id ip_address device_id user_agent",
    ),
    row("user_management.authentication.authenticate_with_totp", "POST /user_management/authenticate")
        .open()
        .sends(
            "client_id client_secret grant_type=urn:workos:oauth:grant-type:mfa-totp code \
             pending_authentication_token authentication_challenge_id",
            "ip_address device_id user_agent",
        ),
    row("user_management.authentication.authorization_url", "GET /user_management/authorize")
        .url()
        .required_query("response_type=code redirect_uri client_id provider|connection_id|organization_id")
        .optional_query(
            "domain_hint provider_query_params provider_scopes invitation_token max_age \
             screen_hint login_hint claim_nonce prompt state code_challenge+code_challenge_method",
        ),
    row("user_management.authentication.create_radar_challenge", "POST /user_management/radar_challenges")
        .sends("user_id pending_authentication_token phone_number", "ip_address user_agent")
        .idempotent()
        .with_status(201),
    row("user_management.authentication.get_radar_challenge", "GET /user_management/radar_challenges/{id}"),
    row("user_management.authentication.logout_url", "GET /user_management/sessions/logout")
        .url()
        .required_query("session_id")
        .optional_query("return_to"),
    row("user_management.authentication.revoke_session", "POST /user_management/sessions/revoke")
        .sends("session_id", ""),
    row(
        "user_management.authentication.start_device_authorization",
        "POST /user_management/authorize/device",
    )
    .open()
    .sends("client_id", ""),
    row("user_management.authkit_oauth_resources.create", "POST /user_management/authkit_oauth_resources")
        .sends("uri", "default")
        .idempotent()
        .with_status(201),
    row(
        "user_management.authkit_oauth_resources.delete",
        "DELETE /user_management/authkit_oauth_resources/{id}",
    )
    .with_status(204),
    row("user_management.authkit_oauth_resources.list", "GET /user_management/authkit_oauth_resources")
        .optional_query("before after limit order"),
    row("user_management.cors_origins.create", "POST /user_management/cors_origins")
        .sends("origin", "")
        .idempotent()
        .with_status(201),
    row("user_management.cors_origins.list", "GET /user_management/cors_origins")
        .optional_query("before after limit order"),
    row(
        "user_management.data_providers.create_connected_account",
        "POST /user_management/users/{user_id}/connected_accounts/{slug}",
    )
    .optional_query("organization_id")
    .sends("", "access_token refresh_token expires_at scopes state")
    .idempotent()
    .with_status(201),
    row(
        "user_management.data_providers.delete_connected_account",
        "DELETE /user_management/users/{user_id}/connected_accounts/{slug}",
    )
    .optional_query("organization_id")
    .with_status(204),
    row(
        "user_management.data_providers.get_connected_account",
        "GET /user_management/users/{user_id}/connected_accounts/{slug}",
    )
    .optional_query("organization_id"),
    row("user_management.data_providers.list", "GET /user_management/users/{user_id}/data_providers")
        .optional_query("organization_id"),
    row(
        "user_management.data_providers.update_connected_account",
        "PUT /user_management/users/{user_id}/connected_accounts/{slug}",
    )
    .optional_query("organization_id")
    .sends("", "access_token refresh_token expires_at scopes state"),
    row("user_management.invitations.accept", "POST /user_management/invitations/{id}/accept"),
    row("user_management.invitations.find_by_token", "GET /user_management/invitations/by_token/{token}"),
    row("user_management.invitations.get", "GET /user_management/invitations/{id}"),
    row("user_management.invitations.list", "GET /user_management/invitations")
        .optional_query("before after limit order organization_id email"),
    row("user_management.invitations.resend", "POST /user_management/invitations/{id}/resend")
        .sends("", "locale")
        .idempotent(),
    row("user_management.invitations.revoke", "POST /user_management/invitations/{id}/revoke"),
    row("user_management.invitations.send", "POST /user_management/invitations")
        .sends("email", "organization_id role_slug expires_in_days inviter_user_id locale")
        .idempotent()
        .with_status(201),
    row("user_management.jwt_template.get", "GET /user_management/jwt_template"),
    row("user_management.jwt_template.update", "PUT /user_management/jwt_template").sends("content", ""),
    row("user_management.magic_auth.create", "POST /user_management/magic_auth")
        .sends("email", "invitation_token ip_address user_agent radar_auth_attempt_id signals_id locale")
        .idempotent()
        .with_status(201),
    row("user_management.magic_auth.get", "GET /user_management/magic_auth/{id}"),
    row("user_management.magic_auth.send", "POST /user_management/magic_auth/send")
        .sends("email", "")
        .idempotent(),
    row("user_management.organization_memberships.create", "POST /user_management/organization_memberships")
        .sends("user_id organization_id", "role_slug|role_slugs")
        .idempotent()
        .with_status(201),
    row(
        "user_management.organization_memberships.deactivate",
        "PUT /user_management/organization_memberships/{id}/deactivate",
    ),
    row(
        "user_management.organization_memberships.delete",
        "DELETE /user_management/organization_memberships/{id}",
    ),
    row("user_management.organization_memberships.get", "GET /user_management/organization_memberships/{id}"),
    row("user_management.organization_memberships.list", "GET /user_management/organization_memberships")
        .optional_query("before after limit order organization_id statuses user_id"),
    row(
        "user_management.organization_memberships.reactivate",
        "PUT /user_management/organization_memberships/{id}/reactivate",
    ),
    row(
        "user_management.organization_memberships.update",
        "PUT /user_management/organization_memberships/{id}",
    )
    .sends("", "role_slug|role_slugs"),
    row(
        "user_management.organization_memberships.groups.list",
        "GET /user_management/organization_memberships/{omId}/groups",
    )
    .optional_query("before after limit order"),
    row("user_management.redirect_uris.create", "POST /user_management/redirect_uris")
        .sends("uri", "")
        .idempotent()
        .with_status(201),
    row("user_management.redirect_uris.delete", "DELETE /user_management/redirect_uris/{id}")
        .with_status(204),
    row("user_management.redirect_uris.list", "GET /user_management/redirect_uris")
        .optional_query("before after limit order"),
    row("user_management.session_tokens.jwks", "GET /sso/jwks/{clientId}").open(),
    row("user_management.session_tokens.jwks_url", "GET /sso/jwks/{clientId}").url(),
    row(
        "user_management.users.confirm_email_change",
        "POST /user_management/users/{id}/email_change/confirm",
    )
    .sends("code", ""),
    row("user_management.users.confirm_password_reset", "POST /user_management/password_reset/confirm")
        .sends("token new_password", ""),
    row("user_management.users.create", "POST /user_management/users")
        .sends(
            "email",
            "first_name last_name name email_verified metadata external_id ip_address \
             user_agent signals_id \
             password|password_hash+password_hash_type+password_salt_position",
        )
        .idempotent()
        .with_status(201),
    row("user_management.users.create_password_reset", "POST /user_management/password_reset")
        .sends("email", "locale")
        .idempotent()
        .with_status(201),
    row("user_management.users.delete", "DELETE /user_management/users/{id}"),
    row("user_management.users.get", "GET /user_management/users/{id}"),
    row("user_management.users.get_by_external_id", "GET /user_management/users/external_id/{external_id}"),
    row("user_management.users.get_email_verification", "GET /user_management/email_verification/{id}"),
    row("user_management.users.get_password_reset", "GET /user_management/password_reset/{id}"),
    row("user_management.users.list", "GET /user_management/users")
        .optional_query("before after limit order organization organization_id email"),
    row("user_management.users.list_identities", "GET /user_management/users/{id}/identities"),
    row("user_management.users.list_sessions", "GET /user_management/users/{id}/sessions")
        .optional_query("before after limit order"),
    row("user_management.users.send_email_change", "POST /user_management/users/{id}/email_change/send")
        .sends("new_email", "locale")
        .idempotent(),
    row("user_management.users.send_password_reset_email", "POST /user_management/password_reset/send")
        .sends("email password_reset_url", "")
        .idempotent(),
    row(
        "user_management.users.send_verification_email",
        "POST /user_management/users/{id}/email_verification/send",
    )
    .sends("", "locale")
    .idempotent(),
    row("user_management.users.update", "PUT /user_management/users/{id}").sends(
        "",
        "email first_name last_name name email_verified metadata external_id locale \
         password|password_hash+password_hash_type+password_salt_position",
    ),
    row("user_management.users.verify_email", "POST /user_management/users/{id}/email_verification/confirm")
        .sends("code", ""),
    row("user_management.users.api_keys.create", "POST /user_management/users/{userId}/api_keys")
        .sends("name organization_id", "permissions expires_at")
        .idempotent()
        .with_status(201),
    row("user_management.users.api_keys.list", "GET /user_management/users/{userId}/api_keys")
        .optional_query("before after limit order organization_id"),
    row(
        "user_management.users.auth_factors.enroll",
        "POST /user_management/users/{userlandUserId}/auth_factors",
    )
    .sends("type=totp", "totp_issuer totp_user totp_secret")
    .idempotent()
    .with_status(201),
    row(
        "user_management.users.auth_factors.list",
        "GET /user_management/users/{userlandUserId}/auth_factors",
    )
    .optional_query("before after limit order"),
    row(
        "user_management.users.authorized_applications.delete",
        "DELETE /user_management/users/{user_id}/authorized_applications/{application_id}",
    )
    .with_status(204),
    row(
        "user_management.users.authorized_applications.list",
        "GET /user_management/users/{user_id}/authorized_applications",
    )
    .optional_query("before after limit order"),
    row("user_management.users.feature_flags.list", "GET /user_management/users/{userId}/feature-flags")
        .optional_query("before after limit order"),
    row("user_management.waitlists.get", "GET /user_management/waitlists/{id}"),
    row("user_management.waitlists.list", "GET /user_management/waitlists"),
    row("user_management.waitlists.entries.approve", "POST /user_management/waitlist_entries/{id}/approve")
        .idempotent()
        .with_status(201),
    row("user_management.waitlists.entries.create", "POST /user_management/waitlists/{id}/entries")
        .sends("email", "additional_fields send_confirmation_email")
        .idempotent()
        .with_status(201),
    row("user_management.waitlists.entries.delete", "DELETE /user_management/waitlist_entries/{id}")
        .with_status(204),
    row("user_management.waitlists.entries.deny", "POST /user_management/waitlist_entries/{id}/deny")
        .with_status(201),
    row("user_management.waitlists.entries.list", "GET /user_management/waitlists/{id}/entries")
        .optional_query("before after limit order state email"),
];
