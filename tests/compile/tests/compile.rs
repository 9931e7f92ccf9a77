//! Compiles the programs in `fail` and `pass`. Each program in `fail` must be rejected with the message in its
//! `.stderr` file; each program in `pass` must run.
//!
//! Users read these messages, so review every change: run `TRYBUILD=overwrite cargo test -p
//! typefoundry-compile-tests`, then read the diff.

#[test]
fn cases() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*.rs");
    cases.compile_fail("fail/*.rs");
}
