//! The vendor's error codes: codes of the package's operations have a name, and all other codes keep their text.

use serde_json::json;
use typefoundry_tests::{CannedResponse, Server};
use workos_api::common::UserId;
use workos_api::errors::ErrorCode;
use workos_api::runtime::{Endpoint, http};
use workos_api::user_management::authentication::SignInStep;
use workos_api::user_management::users::params::GetParams;
use workos_api::{Error, ErrorKind};

use crate::case::{call, client_of};

/// Returns the error of getting a user, with the code under this key.
fn error_of(key: &str, code: &str) -> Error {
    let body = json!({ key: code }).to_string();
    let response = http::Response::builder().status(400).body(body.into()).expect("a response");
    GetParams::from_response(&response).expect_err("an API error")
}

fn is_known(code: &ErrorCode) -> bool {
    !matches!(code, ErrorCode::Unknown(_))
}

/// Returns the codes that an operation of the package can return, and two sign-in steps that the vendor's list omits.
fn known() -> [(&'static str, ErrorCode); 104] {
    [
        ("Unauthorized", ErrorCode::Unauthorized),
        ("access_denied", ErrorCode::AccessDenied),
        ("application_consent_required", ErrorCode::ApplicationConsentRequired),
        ("authentication_challenge_expired", ErrorCode::AuthenticationChallengeExpired),
        (
            "authentication_challenge_previously_verified",
            ErrorCode::AuthenticationChallengePreviouslyVerified,
        ),
        ("authentication_method_not_allowed", ErrorCode::AuthenticationMethodNotAllowed),
        ("authorization_pending", ErrorCode::AuthorizationPending),
        (
            "cannot_deactivate_pending_organization_membership",
            ErrorCode::CannotDeactivatePendingOrganizationMembership,
        ),
        (
            "cannot_reactivate_pending_organization_membership",
            ErrorCode::CannotReactivatePendingOrganizationMembership,
        ),
        ("code_challenge_not_found", ErrorCode::CodeChallengeNotFound),
        ("daily_quota_exceeded", ErrorCode::DailyQuotaExceeded),
        ("domain_already_exists", ErrorCode::DomainAlreadyExists),
        ("domain_already_verified", ErrorCode::DomainAlreadyVerified),
        ("duplicate_cors_origin", ErrorCode::DuplicateCorsOrigin),
        ("email_already_invited", ErrorCode::EmailAlreadyInvited),
        ("email_already_invited_to_organization", ErrorCode::EmailAlreadyInvitedToOrganization),
        ("email_already_verified", ErrorCode::EmailAlreadyVerified),
        ("email_change_code_expired", ErrorCode::EmailChangeCodeExpired),
        ("email_change_code_incorrect", ErrorCode::EmailChangeCodeIncorrect),
        ("email_change_code_previously_used", ErrorCode::EmailChangeCodePreviouslyUsed),
        ("email_change_not_allowed", ErrorCode::EmailChangeNotAllowed),
        ("email_change_not_needed", ErrorCode::EmailChangeNotNeeded),
        ("email_change_too_many_attempts", ErrorCode::EmailChangeTooManyAttempts),
        ("email_completion_required", ErrorCode::EmailCompletionRequired),
        ("email_domain_not_deliverable", ErrorCode::EmailDomainNotDeliverable),
        ("email_not_available", ErrorCode::EmailNotAvailable),
        ("email_password_auth_disabled", ErrorCode::EmailPasswordAuthDisabled),
        ("email_previously_verified", ErrorCode::EmailPreviouslyVerified),
        ("email_verification_code_expired", ErrorCode::EmailVerificationCodeExpired),
        ("email_verification_code_incorrect", ErrorCode::EmailVerificationCodeIncorrect),
        ("email_verification_code_previously_used", ErrorCode::EmailVerificationCodePreviouslyUsed),
        ("email_verification_required", ErrorCode::EmailVerificationRequired),
        ("entity_not_found", ErrorCode::EntityNotFound),
        ("expired_token", ErrorCode::ExpiredToken),
        ("expires_in_days_too_long", ErrorCode::ExpiresInDaysTooLong),
        ("expires_in_days_too_short", ErrorCode::ExpiresInDaysTooShort),
        ("external_id_already_used", ErrorCode::ExternalIdAlreadyUsed),
        ("extra_attributes_required", ErrorCode::ExtraAttributesRequired),
        ("invalid_client", ErrorCode::InvalidClient),
        ("invalid_connection", ErrorCode::InvalidConnection),
        ("invalid_credentials", ErrorCode::InvalidCredentials),
        ("invalid_email", ErrorCode::InvalidEmail),
        ("invalid_grant", ErrorCode::InvalidGrant),
        ("invalid_invite", ErrorCode::InvalidInvite),
        ("invalid_link_authorization_code", ErrorCode::InvalidLinkAuthorizationCode),
        ("invalid_locale", ErrorCode::InvalidLocale),
        ("invalid_metadata", ErrorCode::InvalidMetadata),
        ("invalid_one_time_code", ErrorCode::InvalidOneTimeCode),
        ("invalid_organization_id", ErrorCode::InvalidOrganizationId),
        ("invalid_password_hash", ErrorCode::InvalidPasswordHash),
        ("invalid_pending_authentication_token", ErrorCode::InvalidPendingAuthenticationToken),
        ("invalid_profile", ErrorCode::InvalidProfile),
        ("invalid_request", ErrorCode::InvalidRequest),
        ("invalid_request_parameters", ErrorCode::InvalidRequestParameters),
        ("invalid_role", ErrorCode::InvalidRole),
        ("invitation_cannot_be_used_for_email", ErrorCode::InvitationCannotBeUsedForEmail),
        ("invitation_invalid", ErrorCode::InvitationInvalid),
        ("invite_accepted", ErrorCode::InviteAccepted),
        ("invite_expired", ErrorCode::InviteExpired),
        ("invite_has_accepted_user_id", ErrorCode::InviteHasAcceptedUserId),
        ("invite_not_pending", ErrorCode::InviteNotPending),
        ("invite_revoked", ErrorCode::InviteRevoked),
        ("mfa_challenge", ErrorCode::MfaChallenge),
        ("mfa_enrollment", ErrorCode::MfaEnrollment),
        ("missing_user_id_or_organization_id", ErrorCode::MissingUserIdOrOrganizationId),
        ("multiple_roles_not_enabled", ErrorCode::MultipleRolesNotEnabled),
        ("no_pending_email_change", ErrorCode::NoPendingEmailChange),
        ("one_time_code_expired", ErrorCode::OneTimeCodeExpired),
        ("one_time_code_previously_used", ErrorCode::OneTimeCodePreviouslyUsed),
        ("one_time_code_too_many_attempts", ErrorCode::OneTimeCodeTooManyAttempts),
        (
            "organization_authentication_methods_required",
            ErrorCode::OrganizationAuthenticationMethodsRequired,
        ),
        ("organization_blocked_from_sending_invites", ErrorCode::OrganizationBlockedFromSendingInvites),
        ("organization_membership_not_found", ErrorCode::OrganizationMembershipNotFound),
        ("organization_not_found", ErrorCode::OrganizationNotFound),
        ("organization_selection_required", ErrorCode::OrganizationSelectionRequired),
        ("passkey_progressive_enrollment", ErrorCode::PasskeyProgressiveEnrollment),
        ("password_and_password_hash_provided", ErrorCode::PasswordAndPasswordHashProvided),
        ("password_and_password_hash_type_provided", ErrorCode::PasswordAndPasswordHashTypeProvided),
        ("password_reset_error", ErrorCode::PasswordResetError),
        ("password_reset_not_allowed", ErrorCode::PasswordResetNotAllowed),
        (
            "password_salt_position_requires_password_hash",
            ErrorCode::PasswordSaltPositionRequiresPasswordHash,
        ),
        ("password_reset_token_not_found", ErrorCode::PasswordResetTokenNotFound),
        ("password_strength_error", ErrorCode::PasswordStrengthError),
        ("phone_number_required", ErrorCode::PhoneNumberRequired),
        ("pkce_not_supported", ErrorCode::PkceNotSupported),
        ("radar_challenge", ErrorCode::RadarChallenge),
        ("radar_sign_up_challenge", ErrorCode::RadarSignUpChallenge),
        ("radar_sms_sign_in_challenge", ErrorCode::RadarSmsSignInChallenge),
        ("sign_up_not_allowed", ErrorCode::SignUpNotAllowed),
        ("slow_down", ErrorCode::SlowDown),
        ("sso_required", ErrorCode::SsoRequired),
        ("stripe_customer_id_already_used", ErrorCode::StripeCustomerIdAlreadyUsed),
        ("sub_resource_scoped_role_not_allowed", ErrorCode::SubResourceScopedRoleNotAllowed),
        ("token_too_big", ErrorCode::TokenTooBig),
        ("too_many_requests", ErrorCode::TooManyRequests),
        ("unauthorized_client", ErrorCode::UnauthorizedClient),
        ("user_already_exists", ErrorCode::UserAlreadyExists),
        ("user_already_organization_member", ErrorCode::UserAlreadyOrganizationMember),
        ("user_creation_error", ErrorCode::UserCreationError),
        ("user_deletion_not_allowed", ErrorCode::UserDeletionNotAllowed),
        ("user_mismatch", ErrorCode::UserMismatch),
        ("verification_id_required", ErrorCode::VerificationIdRequired),
        ("radar_email_challenge", ErrorCode::RadarEmailChallenge),
        ("radar_sms_challenge", ErrorCode::RadarSmsChallenge),
    ]
}

/// The codes of agents, directories, roles, webhooks and other features that the package does not cover.
const ELSEWHERE: [&str; 31] = [
    "already_claimed",
    "api_key_already_expired",
    "auth_method_disabled",
    "auth_method_mismatch",
    "authorization_resource_external_id_conflict",
    "bad_request",
    "claim_denied",
    "claim_expired",
    "connection_invalid",
    "duplicate_endpoint",
    "duplicate_group_role_assignment",
    "email_already_in_use",
    "email_mismatch",
    "external_auth_session_already_completed",
    "group_membership_limit_exceeded",
    "invalid_claim",
    "invalid_organization",
    "invalid_url",
    "lock_timeout",
    "missing_organization_id_or_resource_type_slug",
    "organization_role_slug_conflict",
    "permission_slug_conflict",
    "resource_has_dependents",
    "resource_type_update_in_progress",
    "role_has_assignments",
    "role_has_group_role_mappings",
    "role_slug_conflict",
    "unsupported_grant_type",
    "user_code_expired",
    "user_consent_options_not_supported",
    "wrong_account",
];

/// Other values that an error body can contain in place of a code: the reason phrase of the status, or a number.
const ODD: [&str; 3] = ["Bad Request", "unauthorized", "40001"];

#[test]
fn every_code_of_the_package_is_named() {
    for (wire, code) in known() {
        for key in ["code", "error"] {
            let error = error_of(key, wire);
            assert_eq!(error.code(), Some(wire));
            assert_eq!(error.code_as(), Some(code.clone()), "{wire}");
        }
        assert!(is_known(&code));
        assert_eq!((code.as_str(), code.to_string().as_str()), (wire, wire));
        let json = serde_json::to_string(&code).expect("JSON");
        assert_eq!(json, format!("\"{wire}\""));
        assert_eq!(serde_json::from_str::<ErrorCode>(&json).expect("a code"), code);
    }
}

#[test]
fn unknown_code_keeps_its_text() {
    for wire in ELSEWHERE.into_iter().chain(ODD) {
        let code: ErrorCode = error_of("code", wire).code_as().expect("a code");
        assert!(!is_known(&code), "{wire}");
        assert_eq!((code.as_str(), code.to_string().as_str()), (wire, wire));
        assert_eq!(ErrorCode::from(wire), code);
    }
}

#[test]
fn error_without_a_code_has_no_code() {
    for body in ["", "<html>", "{}", r#"{"code": null}"#, r#"{"code": ""}"#, r#"{"message": "slow_down"}"#] {
        let response = http::Response::builder().status(400).body(body.into()).expect("a response");
        let error = GetParams::from_response(&response).expect_err("an API error");
        assert_eq!(error.code_as::<ErrorCode>(), None, "{body}");
    }
}

/// The form in which users write it: the type of the code is inferred.
#[tokio::test]
async fn error_code_can_be_matched() {
    let canned = CannedResponse::json(404, json!({"code": "entity_not_found", "message": "No such User."}));
    let (response, _) =
        call(canned, |client| client.user_management().users().get(UserId::new("user_a1")).send()).await;
    let is_there = match response {
        Ok(_) => true,
        Err(error) if error.code_as() == Some(ErrorCode::EntityNotFound) => false,
        Err(error) => panic!("{error}"),
    };
    assert!(!is_there);
}

/// A sign-in step is identified by its code and decoded from its body.
#[test]
fn sign_in_step_is_also_a_code() {
    let steps = [
        ("email_verification_required", ErrorCode::EmailVerificationRequired),
        ("mfa_enrollment", ErrorCode::MfaEnrollment),
        ("mfa_challenge", ErrorCode::MfaChallenge),
        ("organization_selection_required", ErrorCode::OrganizationSelectionRequired),
    ];
    for (wire, code) in steps {
        let body = json!({"code": wire, "pending_authentication_token": "token-1"}).to_string();
        let response = http::Response::builder().status(403).body(body.into()).expect("a response");
        let error = GetParams::from_response(&response).expect_err("an API error");
        assert_eq!(error.code_as(), Some(code));
        assert!(error.body_as::<SignInStep>().is_some(), "{wire}");
    }
    let error = error_of("code", "invalid_credentials");
    assert_eq!(error.code_as(), Some(ErrorCode::InvalidCredentials));
    assert_eq!(error.body_as::<SignInStep>(), None);
}

/// Only API errors have a code.
#[tokio::test]
async fn transport_error_has_no_code() {
    let server = Server::start(CannedResponse::json(200, json!({"code": "slow_down"}))).await;
    let client = client_of(&server.url());
    let undecoded = client
        .user_management()
        .users()
        .get(UserId::new("user_a1"))
        .send()
        .await
        .expect_err("the connection fails");
    assert_eq!(undecoded.kind(), ErrorKind::Decode);
    let refused =
        client.user_management().users().get(UserId::new("..")).send().await.expect_err("the ID is rejected");
    assert_eq!(refused.kind(), ErrorKind::InvalidRequest);
    for error in [undecoded, refused] {
        assert_eq!(error.code_as::<ErrorCode>(), None);
    }
}
