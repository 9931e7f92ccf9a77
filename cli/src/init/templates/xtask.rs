//! The commands of Typefoundry, as `cargo xtask`.

fn main() -> std::process::ExitCode {
    typefoundry::main()
}
