//! Names for calls, so that a server knows one that it has seen.

use std::hash::{BuildHasher as _, RandomState};

use http::{HeaderValue, Request};

use crate::clock::now;
use crate::operation::{IdempotencyKey, Operation};

/// A random name for one call, in the form of a UUID of version 4; none where nothing is left to chance
/// (`wasm32-unknown-unknown`).
///
/// The standard library keys each of its hashers at random, from what the system has for that. A name must be
/// different from all others, and need not be hard to guess.
pub(crate) fn new_key() -> Option<HeaderValue> {
    let now = now()?;
    // A process that was forked, or a machine that was restored, goes on with the keys of the first one.
    let random = || RandomState::new().hash_one((std::process::id(), now));
    let (high, low) = (random(), random());
    let (version, variant) = (0x4000, 0x8000);
    let text = format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        version | (high & 0x0fff),
        variant | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff,
    );
    HeaderValue::try_from(text).ok()
}

/// Whether the server may see the request twice without harm.
pub(crate) fn is_repeatable<B>(operation: &Operation, request: &Request<B>) -> bool {
    operation.repeatable
        || match operation.idempotency_key {
            IdempotencyKey::None => false,
            IdempotencyKey::Given(header) | IdempotencyKey::Made(header) => {
                request.headers().contains_key(header)
            }
        }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn key() -> String {
        new_key().expect("a key").to_str().expect("text").to_owned()
    }

    #[test]
    fn keys_differ_across_threads_and_calls() {
        let threads: Vec<_> =
            (0..8).map(|_| std::thread::spawn(|| (0..2000).map(|_| key()).collect::<Vec<_>>())).collect();
        let keys: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().expect("keys")).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 16_000);
    }

    #[test]
    fn a_key_looks_like_a_uuid() {
        for key in (0..200).map(|_| key()) {
            let parts: Vec<_> = key.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
            assert!(key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{key}");
            assert_eq!(key.as_bytes()[14], b'4', "{key}");
            assert!(b"89ab".contains(&key.as_bytes()[19]), "{key}");
        }
    }

    #[test]
    fn every_bit_is_left_to_chance() {
        let keys: Vec<_> = (0..200).map(|_| key()).collect();
        for at in (0..36).filter(|at| ![8, 13, 14, 18, 23].contains(at)) {
            let digits: BTreeSet<_> = keys.iter().map(|key| key.as_bytes()[at]).collect();
            assert!(digits.len() >= 4, "{at}: {digits:?}");
        }
    }
}
