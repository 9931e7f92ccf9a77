//! Prints the allocations, the bytes and the peak memory of the case that the command line names.

use allocation_counter::measure;
use typefoundry_benches::{cases, print_allocations};

fn main() {
    print_allocations(&cases(), |work| {
        let counted = measure(work);
        [counted.count_total, counted.bytes_total, counted.bytes_max]
    });
}
