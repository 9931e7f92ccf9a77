use super::lines::{Change, Lines, Shifts};

#[test]
fn positions_after_shifted_and_added_lines_map_to_the_original() {
    let text = "a: 1\nb:\n  c: 2\n";
    let shift = Change { first: 1, last: 1, by: 2, above: None, column: 0 };
    let add = Change { first: 2, last: 2, by: 0, above: Some("x"), column: 0 };
    let lines = Lines::new(text).with(&shift).with(&add);
    assert_eq!(lines.text(), "a: 1\n  b:\nx:\n  c: 2\n");
    let shifts: Shifts = lines.shifts();
    for (changed, original) in [(0, 0), (3, 3), (5, 5), (7, 5), (8, 6), (15, 10), (18, 13)] {
        assert_eq!(shifts.original(changed), original, "byte {changed}");
    }
}
