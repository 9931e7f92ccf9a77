//! Measures the figures.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};

use super::file::{Figures, INSTRUCTIONS, MEMORY, Machine};
use crate::bench_package::cargo::Features;
use crate::bench_package::{lines, tree};
use typefoundry::Repository;

/// The columns that the bench prints after the name of a case.
const COLUMNS: [&str; 4] = [INSTRUCTIONS, MEMORY[0], MEMORY[1], MEMORY[2]];

/// Measures all figures of the workspace.
pub fn figures(repository: &Repository) -> Result<Figures> {
    let mut figures = Figures { machine: machine()?, ..Figures::default() };
    for package in repository.packages()? {
        let name = package.trim_start_matches("generated/");
        let lines = lines::lines(&repository.path(&package))?;
        figures.insert("lines of code", name, lines.code as u64);
        figures.insert("lines of docs", name, lines.docs as u64);
        for (features, title) in
            [(Features::Default, "default features"), (Features::Resources, "no transport")]
        {
            let crates = tree::crates(repository, name, features)?;
            figures.insert("crates", &format!("{name}, {title}"), crates as u64);
        }
    }
    for line in bench(repository)?.lines() {
        let mut columns = line.split('\t');
        let case = columns.next().unwrap_or_default();
        for (kind, figure) in COLUMNS.into_iter().zip(columns).filter(|(_, figure)| !figure.is_empty()) {
            let figure = figure.parse().with_context(|| format!("the bench printed the line `{line}`"))?;
            figures.insert(kind, case, figure);
        }
    }
    Ok(figures)
}

/// Runs the bench, built for this purpose only: a release build without the features of tests.
fn bench(repository: &Repository) -> Result<String> {
    let arguments =
        "bench --quiet --package typefoundry-benches --no-default-features --bench overhead -- --figures";
    let output = Command::new("cargo")
        .args(arguments.split(' '))
        .current_dir(repository.root())
        // Flags of the caller would change the code.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .stderr(Stdio::inherit())
        .output()
        .context("failed to run cargo")?;
    ensure!(output.status.success(), "`cargo {arguments}` failed");
    String::from_utf8(output.stdout).context("the bench printed invalid UTF-8")
}

fn machine() -> Result<Machine> {
    let output = Command::new("rustc").arg("--version").output().context("failed to run rustc")?;
    let version = String::from_utf8_lossy(&output.stdout);
    let rustc = version.split(' ').nth(1).context("failed to read the version of rustc")?;
    Ok(Machine {
        rustc: rustc.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        extensions: vector_extensions().join(" "),
    })
}

/// Returns the vector extensions that decide which copy of `memcpy` and of other functions runs.
fn vector_extensions() -> Vec<&'static str> {
    #[cfg(target_arch = "x86_64")]
    let extensions = [
        ("sse4.2", is_x86_feature_detected!("sse4.2")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx512vl", is_x86_feature_detected!("avx512vl")),
        ("bmi2", is_x86_feature_detected!("bmi2")),
        ("ermsb", is_x86_feature_detected!("ermsb")),
    ];
    #[cfg(not(target_arch = "x86_64"))]
    let extensions = [];
    extensions.into_iter().filter(|(_, is_present)| *is_present).map(|(name, _)| name).collect()
}
