//! Compiles the programs in `fail`. Each must be rejected with the message in its `.stderr` file.
//!
//! Users read these messages, so review every change: run `TRYBUILD=overwrite cargo test -p
//! typefoundry-compile-tests`, then read the diff.
//!
//! All programs are checked by one cargo command, which trybuild runs only if none of them must pass. The programs in
//! `pass` are therefore modules of the test `pass`.

#[test]
fn cases() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
