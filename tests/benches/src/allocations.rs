//! The executable that counts allocations.

use crate::bench::find;
use crate::case::Case;

/// Runs the case that the command line names, and prints the three numbers that `count` returns for it.
///
/// A counting allocator slows down all code, so it belongs to an executable of its own.
pub fn print_allocations(cases: &[Case], count: impl FnOnce(&dyn Fn()) -> [u64; 3]) {
    let name = std::env::args().nth(1).expect("the name of a case");
    let work = find(cases, &name).prepare();
    // The first run initializes values that are created once and kept.
    work();
    let [allocations, bytes, peak] = count(&*work);
    println!("{allocations}\t{bytes}\t{peak}");
}
