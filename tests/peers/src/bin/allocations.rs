//! Prints the allocations, the bytes and the peak memory of the case that the command line names.

use allocation_counter::measure;
use typefoundry_benches::print_allocations;

fn main() {
    print_allocations(&typefoundry_peers::memory(), |work| {
        let counted = measure(work);
        [counted.count_total, counted.bytes_total, counted.bytes_max]
    });
}
