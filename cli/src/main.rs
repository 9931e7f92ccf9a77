//! The binary `typefoundry`.

use std::process::ExitCode;

fn main() -> ExitCode {
    typefoundry::main()
}
