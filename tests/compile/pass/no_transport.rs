//! Without a transport a client says what to do about it, and params, types and handles are there all the same.

use stytch_b2b::{Client, ErrorKind};

fn main() {
    let built = Client::builder("project-test-111", "secret-test-111").build();
    let error = built.err().expect("this package is built without a transport");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("feature `hyper`"), "{error}");
}
