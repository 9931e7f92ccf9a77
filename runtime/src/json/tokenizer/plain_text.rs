//! Plain text: the text of a string up to a quote, backslash or control character.
//!
//! Most strings are short. For them, eight bytes at a time in one register are faster than calls of
//! vectorized functions.

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGH_BITS: u64 = u64::from_le_bytes([0x80; 8]);

/// Returns the length of the plain text at the start of `bytes`.
#[inline]
pub(in crate::json) fn plain_text_len(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut len = 0;
    for word in words {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return len + special.trailing_zeros() as usize / 8;
        }
        len += 8;
    }
    len + rest.iter().take_while(|byte| **byte >= b' ' && !matches!(byte, b'"' | b'\\')).count()
}

/// Returns whether two texts of equal length are the same plain text. Returns `false` for texts of
/// fewer than four bytes.
#[inline]
pub(super) fn is_same_plain_text(one: &[u8], other: &[u8]) -> bool {
    let is_same = |one: u64, other: u64| one == other && special_bytes(one) == 0;
    let (Some(one_end), Some(other_end)) = (one.last_chunk::<8>(), other.last_chunk::<8>()) else {
        return match (ends(one), ends(other)) {
            (Some(one), Some(other)) => is_same(one, other),
            _ => false,
        };
    };
    for (one, other) in one.as_chunks::<8>().0.iter().zip(other.as_chunks::<8>().0) {
        if !is_same(u64::from_le_bytes(*one), u64::from_le_bytes(*other)) {
            return false;
        }
    }
    // The last eight bytes overlap with the eight before, unless the length is a multiple of eight.
    is_same(u64::from_le_bytes(*one_end), u64::from_le_bytes(*other_end))
}

/// Returns the first four and the last four bytes, which may overlap.
fn ends(bytes: &[u8]) -> Option<u64> {
    let (first, last) = (bytes.first_chunk::<4>()?, bytes.last_chunk::<4>()?);
    Some(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
}

/// Sets the high bit of each special byte. Only the lowest bit that is set is reliable, because the
/// subtractions can borrow from higher bytes.
const fn special_bytes(word: u64) -> u64 {
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    // The subtracted bytes are below 0x80, so a byte of a character beyond ASCII is never special.
    (control | quote | backslash) & !word & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_same_plain_text, plain_text_len};

    #[test]
    fn every_byte_is_classified_at_every_position() {
        for byte in 0..=u8::MAX {
            let is_special = byte < b' ' || byte == b'"' || byte == b'\\';
            for position in 0..20 {
                let mut text = [b'a'; 20];
                text[position] = byte;
                assert_eq!(plain_text_len(&text), if is_special { position } else { 20 }, "{byte}");
            }
        }
    }

    #[test]
    fn same_plain_text_differs_in_no_byte() {
        for len in 0..40 {
            let text = vec![b'a'; len];
            assert_eq!(is_same_plain_text(&text, &text), len >= 4);
            for position in 0..len {
                for byte in [b'b', b'"', b'\\', 0x1f, 0x80] {
                    let mut other = text.clone();
                    other[position] = byte;
                    assert!(!is_same_plain_text(&text, &other) && !is_same_plain_text(&other, &text));
                    assert_eq!(is_same_plain_text(&other, &other), len >= 4 && plain_text_len(&other) == len);
                }
            }
        }
    }

    proptest! {
        #[test]
        fn first_special_byte_is_found(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let is_special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
            let expected = bytes.iter().position(is_special).unwrap_or(bytes.len());
            prop_assert_eq!(plain_text_len(&bytes), expected);
        }
    }
}
