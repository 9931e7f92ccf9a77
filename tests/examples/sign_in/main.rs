//! Signs people in with `workos-api`.
//!
//! The example needs no account: `server` replaces WorkOS, and `people` replaces the people who sign in and their
//! browsers.
//!
//! ```sh
//! cargo run -p typefoundry-tests --example sign_in
//! ```

pub mod people;
pub mod server;

use std::process::ExitCode;

use people::{ADA, GRACE, JOAN, Person};
use server::Server;
use workos_api::runtime::{Call, Pkce, Secret, random_token};
use workos_api::user_management::authentication::{
    AuthenticateResponse, Authentication, AuthorizationProvider, AuthorizationSelector, CodeChallenge,
    SignInStep,
};
use workos_api::{Client, Error};

/// The page to which browsers return. It must be one of the redirect URIs of the environment.
const CALLBACK: &str = "https://app.example.com/callback";

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

#[tokio::main(flavor = "current_thread")]
pub async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Outcome {
    let server = Server::start().await?;
    // An application that calls WorkOS itself uses `Client::from_env()`.
    let client = Client::builder(server::API_KEY, server::CLIENT_ID).base_url(server.url()).build()?;
    let app = App { client };

    println!("Ada signs in on the pages of AuthKit.");
    let session = app.sign_in_by_browser(&server).await?;
    show(&session);

    println!("Ada refreshes her expired access token.");
    show(&app.refresh(&session.refresh_token).await?);

    println!("Ada signs in with her password and a second factor.");
    show(&app.sign_in_with_password(&ADA).await?);

    println!("Grace signs in with her password and selects one of her two organizations.");
    show(&app.sign_in_with_password(&GRACE).await?);

    println!("Joan is a new user. She verifies her email address, then selects an organization.");
    show(&app.sign_in_with_password(&JOAN).await?);

    println!("A wrong password for Joan is rejected.");
    app.check_wrong_password(&Person { password: "joan1234", ..JOAN }).await?;

    println!("All users, page by page:");
    app.show_all_users().await
}

/// The application. Its only state is a client, which is cheap to clone.
struct App {
    client: Client,
}

impl App {
    fn authentication(&self) -> Authentication<'_> {
        self.client.user_management().authentication()
    }

    /// Sends a browser to WorkOS, and exchanges the code that the browser returns with.
    ///
    /// A web application does this in two requests, and keeps `state` and the verifier in a cookie between them.
    async fn sign_in_by_browser(&self, server: &Server) -> Outcome<AuthenticateResponse> {
        let pkce = Pkce::generate()?;
        let state = random_token()?;
        let url = self
            .authentication()
            .authorization_url(AuthorizationSelector::Provider(AuthorizationProvider::AuthKit), CALLBACK)
            .state(&state)
            .code_challenge(CodeChallenge::new(pkce.challenge()))
            .url()?;

        println!("  the browser goes to {}, with a state and a challenge", url.path());
        let back = people::browse(server, &url)?;
        println!("  the browser returns with a code");
        if Secret::from(back.state) != state {
            return Err("the browser returned from a sign-in that it did not start".into());
        }
        let request = self.authentication().authenticate_with_code(back.code).code_verifier(pkce.verifier());
        Ok(request.send().await?)
    }

    /// Signs in with a password, and completes the additional steps that WorkOS requires.
    async fn sign_in_with_password(&self, person: &Person) -> Outcome<AuthenticateResponse> {
        let mut call = self.authentication().authenticate_with_password(person.email, person.password).send();
        loop {
            match call.await {
                Ok(session) => return Ok(session),
                Err(error) => call = self.next_call(error, person).await?,
            }
        }
    }

    /// Continues an interrupted sign-in. The error states the required step.
    async fn next_call(&self, error: Error, person: &Person) -> Outcome<Call<AuthenticateResponse>> {
        let Some(step) = error.body_as::<SignInStep>() else { return Err(error.into()) };
        let call = match step {
            SignInStep::MfaChallenge(step) => {
                let factor = step.authentication_factors.first().ok_or("no second factor")?;
                println!("  WorkOS requires a second factor: {}", factor.r#type);
                let challenge = self.client.multi_factor_auth().challenge(&factor.id).send().await?;
                let code = person.read_authenticator_app();
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_totp(token, code, challenge.id).send()
            }
            SignInStep::OrganizationSelectionRequired(step) => {
                let names: Vec<_> = step.organizations.iter().map(|choice| choice.name.as_str()).collect();
                println!("  WorkOS requires an organization: {}", names.join(" or "));
                let choice = person.chooses(&step.organizations).ok_or("no organization to select")?;
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_organization_selection(token, &choice.id).send()
            }
            SignInStep::EmailVerificationRequired(step) => {
                println!("  WorkOS sent a code to {}", step.email.as_deref().unwrap_or(person.email));
                let code = person.read_email();
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_email_verification(token, code).send()
            }
            // There are more steps, and new ones will be added. An application needs a page for each step that its
            // environment can require.
            _ => return Err(format!("unsupported step: {error}").into()),
        };
        Ok(call)
    }

    /// Checks that a wrong password is rejected.
    async fn check_wrong_password(&self, stranger: &Person) -> Outcome {
        let request = self.authentication().authenticate_with_password(stranger.email, stranger.password);
        match request.send().await {
            Ok(_) => Err("a wrong password was accepted".into()),
            Err(error) => match error.api_error().and_then(|api| api.code()) {
                Some("invalid_credentials") => {
                    println!("  {error}");
                    Ok(())
                }
                _ => Err(error.into()),
            },
        }
    }

    /// Exchanges a refresh token for new tokens. A refresh token can be used once; store the new one instead.
    async fn refresh(&self, token: &Secret) -> Result<AuthenticateResponse, Error> {
        self.authentication().authenticate_with_refresh_token(token).send().await
    }

    /// Prints all users in pages of two. Each page is requested when the previous one is used up.
    async fn show_all_users(&self) -> Outcome {
        let mut users = self.client.user_management().users().list().limit(2).items();
        while let Some(user) = users.next().await.transpose()? {
            println!("  {} <{}>", user.id, user.email);
        }
        Ok(())
    }
}

/// Prints the parts of a session that can be shown or logged. `Debug` redacts the tokens.
fn show(session: &AuthenticateResponse) {
    let organization = session.organization_id.as_ref().map_or("no organization", |id| id.as_str());
    println!("  {} is signed in for {organization}", session.user.id);
    println!("  access token: {:?}, refresh token: {:?}", session.access_token, session.refresh_token);
}
