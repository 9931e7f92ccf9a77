//! Compiles the cases beside it: each file of `fail` must stop with the message in its `.stderr`, each of `pass` must run.
//!
//! The messages are what users read, so a new one is read before it is kept:
//! `TRYBUILD=overwrite cargo test -p typefoundry-compile-tests`, then look at the diff.

#[test]
fn cases() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
