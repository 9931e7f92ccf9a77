//! A client can be stored in a struct, an `Arc` or a static, and shared with other threads.

use std::sync::{Arc, OnceLock};
use std::thread;

use stytch_b2b::{Client, Error};
use stytch_b2b::runtime::Secret;

static CLIENT: OnceLock<Client> = OnceLock::new();

#[derive(Clone, Debug)]
pub struct App {
    pub client: Client,
    pub shared: Arc<Client>,
    pub secret: Secret,
}

fn is_shared<T: Send + Sync + 'static>() {}

pub fn main() {
    is_shared::<App>();
    is_shared::<Error>();
    thread::spawn(|| assert!(CLIENT.get().is_none())).join().expect("the thread does not panic");
}

pub fn on_two_threads(app: &App) {
    let client = app.client.clone();
    drop(thread::spawn(move || drop(client.organizations().search().send())));
    thread::scope(|scope| {
        scope.spawn(|| drop(app.shared.organizations().search().send()));
    });
}
