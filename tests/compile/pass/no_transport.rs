//! Without a transport, building a client returns an error that names the way out; parameters, types and handles
//! still work.

use stytch_b2b::{Client, ErrorKind};

fn main() {
    let built = Client::builder("project-test-111", "secret-test-111").build();
    let error = built.err().expect("this package is built without a transport");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(error.to_string().contains("the `hyper` feature"), "{error}");
}
