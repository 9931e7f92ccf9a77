//! How an application signs people in with `workos-api`.
//!
//! It runs by itself: `server` stands in for WorkOS, `people` for those who sign in, and for their browsers.
//!
//! ```sh
//! cargo run -p typefoundry-tests --example sign_in
//! ```

pub mod people;
pub mod server;

use std::process::ExitCode;

use people::{ADA, GRACE, JOAN, Person};
use server::Server;
use workos_api::runtime::{Call, Pkce, random_token};
use workos_api::user_management::authentication::{
    AuthenticateResponse, Authentication, AuthorizationProvider, AuthorizationSelector, CodeChallenge,
    SignInStep,
};
use workos_api::{Client, Error, Secret};

/// Where browsers come back to. It must be one of the redirect URIs of the environment.
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
    // An application that talks to WorkOS itself is content with `Client::from_env()`.
    let client = Client::builder(server::API_KEY, server::CLIENT_ID).base_url(server.url()).build()?;
    let app = App { client };

    println!("Ada signs in on the pages of AuthKit.");
    let session = app.sign_in_by_browser(&server).await?;
    show(&session);

    println!("Her access token runs out.");
    show(&app.refresh(&session.refresh_token).await?);

    println!("Ada signs in with her password, and a second factor.");
    show(&app.sign_in_with_password(&ADA).await?);

    println!("Grace signs in with her password. She works for two customers.");
    show(&app.sign_in_with_password(&GRACE).await?);

    println!("Joan is new. She proves her email address first, and chooses then.");
    show(&app.sign_in_with_password(&JOAN).await?);

    println!("Somebody guesses the password of Joan.");
    app.refuse(&Person { password: "joan1234", ..JOAN }).await?;

    println!("Everybody, page by page.");
    app.show_everybody().await
}

/// An application. All that it keeps is a client, which is cheap to clone.
struct App {
    client: Client,
}

impl App {
    fn authentication(&self) -> Authentication<'_> {
        self.client.user_management().authentication()
    }

    /// Sends a browser to WorkOS, and exchanges the code with which it comes back.
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
        println!("  it comes back with a code");
        if Secret::from(back.state) != state {
            return Err("the browser comes back from a sign-in that it did not start".into());
        }
        let request = self.authentication().authenticate_with_code(back.code).code_verifier(pkce.verifier());
        Ok(request.send().await?)
    }

    /// Asks for the password, and for whatever WorkOS wants to know besides.
    async fn sign_in_with_password(&self, person: &Person) -> Outcome<AuthenticateResponse> {
        let mut call = self.authentication().authenticate_with_password(person.email, person.password).send();
        loop {
            match call.await {
                Ok(session) => return Ok(session),
                Err(error) => call = self.next_call(error, person).await?,
            }
        }
    }

    /// Goes on with a sign-in that was interrupted: the error says by what.
    async fn next_call(&self, error: Error, person: &Person) -> Outcome<Call<AuthenticateResponse>> {
        let Some(step) = error.body_as::<SignInStep>() else { return Err(error.into()) };
        let call = match step {
            SignInStep::MfaChallenge(step) => {
                let factor = step.authentication_factors.first().ok_or("there is no second factor")?;
                println!("  a second factor is asked for: {}", factor.r#type);
                let challenge = self.client.multi_factor_auth().challenge(&factor.id).send().await?;
                let code = person.reads_the_authenticator_app();
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_totp(token, code, challenge.id).send()
            }
            SignInStep::OrganizationSelectionRequired(step) => {
                let names: Vec<_> = step.organizations.iter().map(|choice| choice.name.as_str()).collect();
                println!("  an Organization is to be chosen: {}", names.join(" or "));
                let choice = person.chooses(&step.organizations).ok_or("there is none to choose")?;
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_organization_selection(token, &choice.id).send()
            }
            SignInStep::EmailVerificationRequired(step) => {
                println!("  a code was sent to {}", step.email.as_deref().unwrap_or(person.email));
                let code = person.reads_the_email();
                let token = step.pending_authentication_token;
                self.authentication().authenticate_with_email_verification(token, code).send()
            }
            // There are more steps, and there will be new ones. An application has pages for those that its
            // environment can lead to.
            _ => return Err(format!("there is no page for this: {error}").into()),
        };
        Ok(call)
    }

    /// Sees to it that somebody who knows no password comes no further.
    async fn refuse(&self, stranger: &Person) -> Outcome {
        let request = self.authentication().authenticate_with_password(stranger.email, stranger.password);
        match request.send().await {
            Ok(_) => Err("a wrong password opens the door".into()),
            Err(error) => match error.api().and_then(|api| api.code()) {
                Some("invalid_credentials") => {
                    println!("  {error}");
                    Ok(())
                }
                _ => Err(error.into()),
            },
        }
    }

    /// The next access token. A refresh token works once, so the new one takes its place.
    async fn refresh(&self, token: &Secret) -> Result<AuthenticateResponse, Error> {
        self.authentication().authenticate_with_refresh_token(token).send().await
    }

    /// All Users, in pages of two: each page is asked for when the one before it is used up.
    async fn show_everybody(&self) -> Outcome {
        let mut users = self.client.user_management().users().list().limit(2).items();
        while let Some(user) = users.next().await.transpose()? {
            println!("  {} <{}>", user.id, user.email);
        }
        Ok(())
    }
}

/// What an application may show or log of a session. `Debug` keeps the tokens to itself.
fn show(session: &AuthenticateResponse) {
    let organization = session.organization_id.as_ref().map_or("no Organization", |id| id.as_str());
    println!("  {} is signed in for {organization}", session.user.id);
    println!("  access token: {:?}, refresh token: {:?}", session.access_token, session.refresh_token);
}
