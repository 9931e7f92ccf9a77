//! How much the cases of `overhead` allocate.
//!
//! `cargo bench -p typefoundry-tests --bench allocations` prints a line for each. It is a binary of its own because an
//! allocator that counts would slow down what is timed. `-- --sites <case>` writes `dhat-heap.json`, which tells for
//! one case where in the code it allocates; [the viewer](https://nnethercote.github.io/dh_view/dh_view.html) shows it.

#[allow(dead_code, reason = "which cases are floors matters to `overhead` alone")]
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

/// Blocks, bytes and the most bytes at one time, for one run.
fn print_line(case: &Case) {
    // What is made once and kept is made here.
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
