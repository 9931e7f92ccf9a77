//! All operations of the packages that decode a response.

use std::fmt::Debug;

use stytch_b2b::runtime::{Bytes, Encode, Endpoint, Error, FromResponse, Operation, http, json};

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
                accepts_any_body: <<$path as Endpoint>::Response as FromResponse>::ACCEPTS_ANY_BODY,
            }
        },)*)*];
    };
}

subjects! {
    stytch_b2b {
        organizations::params::ConnectedAppsParams,
        organizations::params::CreateParams,
        organizations::params::DeleteParams,
        organizations::params::DeleteExternalIdParams,
        organizations::params::GetParams,
        organizations::params::GetConnectedAppParams,
        organizations::members::connected_apps::params::RevokeParams,
        organizations::members::params::CreateParams,
        organizations::members::params::DangerouslyGetParams,
        organizations::members::params::DeleteParams,
        organizations::members::params::DeleteExternalIdParams,
        organizations::members::params::DeleteMfaPhoneNumberParams,
        organizations::members::params::DeletePasswordParams,
        organizations::members::params::DeleteTotpParams,
        organizations::members::params::GetParams,
        organizations::members::params::GetConnectedAppsParams,
        organizations::members::oauth_providers::params::GitHubParams,
        organizations::members::oauth_providers::params::GoogleParams,
        organizations::members::oauth_providers::params::HubSpotParams,
        organizations::members::oauth_providers::params::MicrosoftParams,
        organizations::members::oauth_providers::params::SlackParams,
        organizations::members::params::OidcProvidersParams,
        organizations::members::params::ReactivateParams,
        organizations::members::params::SearchParams,
        organizations::members::params::StartEmailUpdateParams,
        organizations::members::params::UnlinkRetiredEmailParams,
        organizations::members::params::UpdateParams,
        organizations::params::MetricsParams,
        organizations::params::SearchParams,
        organizations::params::UpdateParams,
    }
    workos_api {
        multi_factor_auth::params::ChallengeParams,
        multi_factor_auth::challenges::params::VerifyParams,
        multi_factor_auth::params::DeleteParams,
        multi_factor_auth::params::EnrollParams,
        multi_factor_auth::params::GetParams,
        organization_domains::params::CreateParams,
        organization_domains::params::DeleteParams,
        organization_domains::params::GetParams,
        organization_domains::params::VerifyParams,
        organizations::api_keys::params::CreateParams,
        organizations::api_keys::params::ListParams,
        organizations::authorized_applications::params::ListParams,
        organizations::params::CreateParams,
        organizations::params::DeleteParams,
        organizations::feature_flags::params::ListParams,
        organizations::params::GetParams,
        organizations::params::GetAuditLogConfigurationParams,
        organizations::params::GetByExternalIdParams,
        organizations::it_contacts::params::CreateParams,
        organizations::it_contacts::params::DeleteParams,
        organizations::it_contacts::params::InviteParams,
        organizations::it_contacts::params::ListParams,
        organizations::it_contacts::params::RevokeParams,
        organizations::params::ListParams,
        organizations::params::UpdateParams,
        sso::params::GetProfileParams,
        user_management::authentication::params::AuthenticateWithCodeParams,
        user_management::authentication::params::AuthenticateWithDeviceCodeParams,
        user_management::authentication::params::AuthenticateWithEmailCompletionParams,
        user_management::authentication::params::AuthenticateWithEmailVerificationParams,
        user_management::authentication::params::AuthenticateWithMagicAuthParams,
        user_management::authentication::params::AuthenticateWithOrganizationSelectionParams,
        user_management::authentication::params::AuthenticateWithPasswordParams,
        user_management::authentication::params::AuthenticateWithRadarEmailChallengeParams,
        user_management::authentication::params::AuthenticateWithRadarSmsChallengeParams,
        user_management::authentication::params::AuthenticateWithRefreshTokenParams,
        user_management::authentication::params::AuthenticateWithTotpParams,
        user_management::authentication::params::CreateRadarChallengeParams,
        user_management::authentication::params::GetRadarChallengeParams,
        user_management::authentication::params::RevokeSessionParams,
        user_management::authentication::params::StartDeviceAuthorizationParams,
        user_management::authkit_oauth_resources::params::CreateParams,
        user_management::authkit_oauth_resources::params::DeleteParams,
        user_management::authkit_oauth_resources::params::ListParams,
        user_management::cors_origins::params::CreateParams,
        user_management::cors_origins::params::ListParams,
        user_management::data_providers::params::CreateConnectedAccountParams,
        user_management::data_providers::params::DeleteConnectedAccountParams,
        user_management::data_providers::params::GetConnectedAccountParams,
        user_management::data_providers::params::ListParams,
        user_management::data_providers::params::UpdateConnectedAccountParams,
        user_management::invitations::params::AcceptParams,
        user_management::invitations::params::FindByTokenParams,
        user_management::invitations::params::GetParams,
        user_management::invitations::params::ListParams,
        user_management::invitations::params::ResendParams,
        user_management::invitations::params::RevokeParams,
        user_management::invitations::params::SendParams,
        user_management::jwt_template::params::GetParams,
        user_management::jwt_template::params::UpdateParams,
        user_management::magic_auth::params::CreateParams,
        user_management::magic_auth::params::GetParams,
        user_management::magic_auth::params::SendParams,
        user_management::organization_memberships::params::CreateParams,
        user_management::organization_memberships::params::DeactivateParams,
        user_management::organization_memberships::params::DeleteParams,
        user_management::organization_memberships::params::GetParams,
        user_management::organization_memberships::groups::params::ListParams,
        user_management::organization_memberships::params::ListParams,
        user_management::organization_memberships::params::ReactivateParams,
        user_management::organization_memberships::params::UpdateParams,
        user_management::redirect_uris::params::CreateParams,
        user_management::redirect_uris::params::DeleteParams,
        user_management::redirect_uris::params::ListParams,
        user_management::session_tokens::params::JwksParams,
        user_management::users::api_keys::params::CreateParams,
        user_management::users::api_keys::params::ListParams,
        user_management::users::auth_factors::params::EnrollParams,
        user_management::users::auth_factors::params::ListParams,
        user_management::users::authorized_applications::params::DeleteParams,
        user_management::users::authorized_applications::params::ListParams,
        user_management::users::params::ConfirmEmailChangeParams,
        user_management::users::params::ConfirmPasswordResetParams,
        user_management::users::params::CreateParams,
        user_management::users::params::CreatePasswordResetParams,
        user_management::users::params::DeleteParams,
        user_management::users::feature_flags::params::ListParams,
        user_management::users::params::GetParams,
        user_management::users::params::GetByExternalIdParams,
        user_management::users::params::GetEmailVerificationParams,
        user_management::users::params::GetPasswordResetParams,
        user_management::users::params::ListParams,
        user_management::users::params::ListIdentitiesParams,
        user_management::users::params::ListSessionsParams,
        user_management::users::params::SendEmailChangeParams,
        user_management::users::params::SendPasswordResetEmailParams,
        user_management::users::params::SendVerificationEmailParams,
        user_management::users::params::UpdateParams,
        user_management::users::params::VerifyEmailParams,
        user_management::waitlists::entries::params::ApproveParams,
        user_management::waitlists::entries::params::CreateParams,
        user_management::waitlists::entries::params::DeleteParams,
        user_management::waitlists::entries::params::DenyParams,
        user_management::waitlists::entries::params::ListParams,
        user_management::waitlists::params::GetParams,
        user_management::waitlists::params::ListParams,
    }
}
