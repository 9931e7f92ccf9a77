//! Runs the programs in `pass`. Each must compile and end without an error.
//!
//! A program is a module of this test: linking each as a binary of its own, and its dependencies once more for trybuild,
//! took most of the time.

use std::collections::BTreeSet;
use std::fs;
use std::process::{ExitCode, Termination};

/// Runs each program as a test of its name.
macro_rules! programs {
    ($($name:ident: $file:literal,)*) => {
        $(
            #[allow(dead_code, reason = "some programs only have to compile")]
            #[path = $file]
            mod $name;

            #[test]
            fn $name() {
                assert_eq!($name::main().report(), ExitCode::SUCCESS);
            }
        )*

        const PROGRAMS: &[&str] = &[$($file),*];
    };
}

programs! {
    blocking_calls: "../pass/blocking_calls.rs",
    calls_of_every_kind: "../pass/calls_of_every_kind.rs",
    calls_on_any_thread: "../pass/calls_on_any_thread.rs",
    client_shared: "../pass/client_shared.rs",
    enum_matched: "../pass/enum_matched.rs",
    error_code_matched: "../pass/error_code_matched.rs",
    group_of_params: "../pass/group_of_params.rs",
    ids_by_reference: "../pass/ids_by_reference.rs",
    model_in_a_test: "../pass/model_in_a_test.rs",
    optional_values: "../pass/optional_values.rs",
    param_given_twice: "../pass/param_given_twice.rs",
    params_without_client: "../pass/params_without_client.rs",
    patch_in_three_states: "../pass/patch_in_three_states.rs",
    request_awaited: "../pass/request_awaited.rs",
    request_stored: "../pass/request_stored.rs",
    sign_in_step_read: "../pass/sign_in_step_read.rs",
    transport_of_ones_own: "../pass/transport_of_ones_own.rs",
    union_matched: "../pass/union_matched.rs",
    url_built: "../pass/url_built.rs",
}

#[test]
fn every_program_runs() {
    let files = fs::read_dir("pass").expect("the folder").map(|entry| entry.expect("a file").file_name());
    let files: BTreeSet<_> = files.map(|name| format!("../pass/{}", name.display())).collect();
    assert_eq!(files, PROGRAMS.iter().map(|file| (*file).to_owned()).collect());
}
