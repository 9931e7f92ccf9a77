//! The tests that run the program, in one binary, because each binary is linked with everything it uses.

mod common;

mod commands;
mod init;
mod init_problems;
mod whole_way;
#[cfg(unix)]
mod writing;
