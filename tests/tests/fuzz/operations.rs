//! All operations of the packages that decode a response.

use std::fmt::Debug;

use stytch_b2b::runtime::{Bytes, Decode, Encode, Endpoint, Error, Operation, http, json};

/// An operation, reduced to its responses.
#[derive(Clone, Copy)]
pub(crate) struct Subject {
    pub(crate) package: &'static str,
    pub(crate) operation: fn() -> Operation,
    pub(crate) read: fn(&http::Response<Bytes>) -> Result<RoundTrip, Error>,
    /// Whether the operation has no response, so that any body of a success is accepted.
    pub(crate) accepts_any_body: bool,
}

/// The result of encoding a response and decoding it again; an error describes the difference.
pub(crate) type RoundTrip = Result<(), String>;

fn read<E: Endpoint<Response: Encode + PartialEq + Debug>>(
    response: &http::Response<Bytes>,
) -> Result<RoundTrip, Error> {
    let value = E::from_response(response)?;
    let written = json::to_vec(&value).expect("JSON");
    let text = String::from_utf8_lossy(&written).into_owned();
    Ok(match E::from_response(&http::Response::new(written.into())) {
        Ok(again) if again == value => Ok(()),
        Ok(again) => Err(format!("{value:?} is encoded as {text} and decoded as {again:?}")),
        Err(error) => Err(format!("failed to decode the encoded value: {error}: {text}")),
    })
}

macro_rules! subjects {
    ($($package:ident { $($path:path,)* })*) => {
        pub(crate) const SUBJECTS: &[Subject] = &[$($({
            use $package::*;
            Subject {
                package: stringify!($package),
                operation: || <$path as Endpoint>::OPERATION,
                read: read::<$path>,
                accepts_any_body: <<$path as Endpoint>::Response as Decode>::ACCEPTS_ANY_BODY,
            }
        },)*)*];
    };
}

subjects! {
    stytch_b2b {
        organizations::ConnectedAppsParams,
        organizations::CreateParams,
        organizations::DeleteParams,
        organizations::DeleteExternalIdParams,
        organizations::GetParams,
        organizations::GetConnectedAppParams,
        organizations::members::connected_apps::RevokeParams,
        organizations::members::CreateParams,
        organizations::members::DangerouslyGetParams,
        organizations::members::DeleteParams,
        organizations::members::DeleteExternalIdParams,
        organizations::members::DeleteMfaPhoneNumberParams,
        organizations::members::DeletePasswordParams,
        organizations::members::DeleteTotpParams,
        organizations::members::GetParams,
        organizations::members::GetConnectedAppsParams,
        organizations::members::oauth_providers::GitHubParams,
        organizations::members::oauth_providers::GoogleParams,
        organizations::members::oauth_providers::HubSpotParams,
        organizations::members::oauth_providers::MicrosoftParams,
        organizations::members::oauth_providers::SlackParams,
        organizations::members::OidcProvidersParams,
        organizations::members::ReactivateParams,
        organizations::members::SearchParams,
        organizations::members::StartEmailUpdateParams,
        organizations::members::UnlinkRetiredEmailParams,
        organizations::members::UpdateParams,
        organizations::MetricsParams,
        organizations::SearchParams,
        organizations::UpdateParams,
    }
    workos_api {
        multi_factor_auth::ChallengeParams,
        multi_factor_auth::challenges::VerifyParams,
        multi_factor_auth::DeleteParams,
        multi_factor_auth::EnrollParams,
        multi_factor_auth::GetParams,
        organization_domains::CreateParams,
        organization_domains::DeleteParams,
        organization_domains::GetParams,
        organization_domains::VerifyParams,
        organizations::api_keys::CreateParams,
        organizations::api_keys::ListParams,
        organizations::authorized_applications::ListParams,
        organizations::CreateParams,
        organizations::DeleteParams,
        organizations::feature_flags::ListParams,
        organizations::GetParams,
        organizations::GetAuditLogConfigurationParams,
        organizations::GetByExternalIdParams,
        organizations::it_contacts::CreateParams,
        organizations::it_contacts::DeleteParams,
        organizations::it_contacts::InviteParams,
        organizations::it_contacts::ListParams,
        organizations::it_contacts::RevokeParams,
        organizations::ListParams,
        organizations::UpdateParams,
        sso::GetProfileParams,
        user_management::authentication::AuthenticateWithCodeParams,
        user_management::authentication::AuthenticateWithDeviceCodeParams,
        user_management::authentication::AuthenticateWithEmailCompletionParams,
        user_management::authentication::AuthenticateWithEmailVerificationParams,
        user_management::authentication::AuthenticateWithMagicAuthParams,
        user_management::authentication::AuthenticateWithOrganizationSelectionParams,
        user_management::authentication::AuthenticateWithPasswordParams,
        user_management::authentication::AuthenticateWithRadarEmailChallengeParams,
        user_management::authentication::AuthenticateWithRadarSmsChallengeParams,
        user_management::authentication::AuthenticateWithRefreshTokenParams,
        user_management::authentication::AuthenticateWithTotpParams,
        user_management::authentication::CreateRadarChallengeParams,
        user_management::authentication::GetRadarChallengeParams,
        user_management::authentication::RevokeSessionParams,
        user_management::authentication::StartDeviceAuthorizationParams,
        user_management::authkit_oauth_resources::CreateParams,
        user_management::authkit_oauth_resources::DeleteParams,
        user_management::authkit_oauth_resources::ListParams,
        user_management::cors_origins::CreateParams,
        user_management::cors_origins::ListParams,
        user_management::data_providers::CreateConnectedAccountParams,
        user_management::data_providers::DeleteConnectedAccountParams,
        user_management::data_providers::GetConnectedAccountParams,
        user_management::data_providers::ListParams,
        user_management::data_providers::UpdateConnectedAccountParams,
        user_management::invitations::AcceptParams,
        user_management::invitations::FindByTokenParams,
        user_management::invitations::GetParams,
        user_management::invitations::ListParams,
        user_management::invitations::ResendParams,
        user_management::invitations::RevokeParams,
        user_management::invitations::SendParams,
        user_management::jwt_template::GetParams,
        user_management::jwt_template::UpdateParams,
        user_management::magic_auth::CreateParams,
        user_management::magic_auth::GetParams,
        user_management::magic_auth::SendParams,
        user_management::organization_memberships::CreateParams,
        user_management::organization_memberships::DeactivateParams,
        user_management::organization_memberships::DeleteParams,
        user_management::organization_memberships::GetParams,
        user_management::organization_memberships::groups::ListParams,
        user_management::organization_memberships::ListParams,
        user_management::organization_memberships::ReactivateParams,
        user_management::organization_memberships::UpdateParams,
        user_management::redirect_uris::CreateParams,
        user_management::redirect_uris::DeleteParams,
        user_management::redirect_uris::ListParams,
        user_management::session_tokens::JwksParams,
        user_management::users::api_keys::CreateParams,
        user_management::users::api_keys::ListParams,
        user_management::users::auth_factors::EnrollParams,
        user_management::users::auth_factors::ListParams,
        user_management::users::authorized_applications::DeleteParams,
        user_management::users::authorized_applications::ListParams,
        user_management::users::ConfirmEmailChangeParams,
        user_management::users::ConfirmPasswordResetParams,
        user_management::users::CreateParams,
        user_management::users::CreatePasswordResetParams,
        user_management::users::DeleteParams,
        user_management::users::feature_flags::ListParams,
        user_management::users::GetParams,
        user_management::users::GetByExternalIdParams,
        user_management::users::GetEmailVerificationParams,
        user_management::users::GetPasswordResetParams,
        user_management::users::ListParams,
        user_management::users::ListIdentitiesParams,
        user_management::users::ListSessionsParams,
        user_management::users::SendEmailChangeParams,
        user_management::users::SendPasswordResetEmailParams,
        user_management::users::SendVerificationEmailParams,
        user_management::users::UpdateParams,
        user_management::users::VerifyEmailParams,
        user_management::waitlists::entries::ApproveParams,
        user_management::waitlists::entries::CreateParams,
        user_management::waitlists::entries::DeleteParams,
        user_management::waitlists::entries::DenyParams,
        user_management::waitlists::entries::ListParams,
        user_management::waitlists::GetParams,
        user_management::waitlists::ListParams,
    }
}
