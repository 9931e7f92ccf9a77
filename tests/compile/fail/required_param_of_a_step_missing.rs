//! The code of a second factor requires the challenge that it belongs to.

use workos_api::Client;
use workos_api::user_management::authentication::MfaChallengeStep;

fn main() {}

pub fn go_on(client: &Client, step: &MfaChallengeStep) {
    let token = &step.pending_authentication_token;
    let _request = client.user_management().authentication().authenticate_with_totp(token, "123456");
}
