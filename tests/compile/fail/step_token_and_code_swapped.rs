//! The code from the email and the token of the sign-in have different types, so they cannot be swapped.

use workos_api::Client;
use workos_api::user_management::authentication::EmailVerificationStep;

fn main() {}

pub fn go_on(client: &Client, step: EmailVerificationStep, code: &str) {
    let authentication = client.user_management().authentication();
    let token = step.pending_authentication_token;
    let _request = authentication.authenticate_with_email_verification(code, token);
}
