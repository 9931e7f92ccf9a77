//! The allocations of the `overhead` cases.
//!
//! `cargo bench -p typefoundry-tests --bench allocations` prints a line for each case. The counting allocator needs a
//! separate binary, because it would slow down the timed code. `-- --sites <case>` writes `dhat-heap.json` with the
//! allocation sites of one case, to be opened in [the viewer](https://nnethercote.github.io/dh_view/dh_view.html).

#[allow(dead_code, reason = "only `overhead` distinguishes floors")]
mod cases;
mod documents;
mod floor;

use cases::Case;
use dhat::{HeapStats, Profiler};

#[global_allocator]
static MEMORY: dhat::Alloc = dhat::Alloc;

fn main() {
    let asked: Vec<String> = std::env::args().collect();
    let of_sites = asked.iter().position(|word| word == "--sites").and_then(|at| asked.get(at + 1));
    match of_sites {
        Some(name) => write_sites(name),
        None => cases::all().iter().for_each(print_line),
    }
}

/// Prints the blocks, the bytes and the peak memory of one run.
fn print_line(case: &Case) {
    // A first run initializes values that are created once and kept.
    (case.run)();
    let profiler = Profiler::builder().testing().build();
    (case.run)();
    let stats = HeapStats::get();
    drop(profiler);
    println!("{}\t{}\t{}", stats.total_blocks, stats.total_bytes, stats.max_bytes);
}

fn write_sites(name: &str) {
    let cases = cases::all();
    let case = cases.iter().find(|case| case.name == name).expect("the name of a case");
    (case.run)();
    let _profiler = Profiler::new_heap();
    (case.run)();
}
