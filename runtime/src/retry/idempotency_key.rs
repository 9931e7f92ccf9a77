//! Idempotency keys, by which a server recognizes a request that it has already received.

use http::HeaderValue;

use crate::error::Error;
use crate::operation::{IdempotencyKey, Operation};

/// Generates a random key in the form of a version 4 UUID.
///
/// Returns `None` on `wasm32-unknown-unknown`, which has no source of random bytes.
///
/// # Errors
/// Returns an error of kind [`ErrorKind::Config`](crate::ErrorKind::Config) if the operating system
/// provides no random bytes.
pub(crate) fn generate_key() -> Result<Option<HeaderValue>, Error> {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    let key = key_from(getrandom::fill).map(Some);
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    let key = Ok(None);
    key
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn key_from<E: Into<Source>>(fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<HeaderValue, Error> {
    let failed = |cause: Source| {
        let text = format!("failed to generate an idempotency key: {cause}");
        Error::new(crate::error::ErrorKind::Config, text).with_source(cause)
    };
    let mut bytes = [0; 16];
    fill(&mut bytes).map_err(|error| failed(error.into()))?;
    let (version, variant) = (0x4 << 76, 0x2 << 62);
    let bits = u128::from_be_bytes(bytes) & !(0xf << 76 | 0x3 << 62) | version | variant;
    HeaderValue::from_bytes(&hyphenated(bits.to_be_bytes())).map_err(|error| failed(error.into()))
}

/// Returns the text of a UUID. Formatting it with `format!` takes ten times as many instructions.
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn hyphenated(bytes: [u8; 16]) -> [u8; 36] {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble };
    let mut digits = bytes.into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]);
    std::array::from_fn(|at| match at {
        8 | 13 | 18 | 23 => b'-',
        _ => digits.next().unwrap_or_default(),
    })
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
type Source = Box<dyn std::error::Error + Send + Sync>;

/// Returns whether a request can be sent twice without harm. `has_header` returns whether it contains a header.
pub(crate) fn is_idempotent(operation: &Operation, has_header: impl Fn(&str) -> bool) -> bool {
    operation.idempotent
        || match operation.idempotency_key {
            IdempotencyKey::Unsupported => false,
            IdempotencyKey::CallerProvided(header) | IdempotencyKey::Generated(header) => has_header(header),
        }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::error::ErrorKind;

    fn key() -> String {
        generate_key().expect("random bytes").expect("a key").to_str().expect("text").to_owned()
    }

    #[test]
    fn keys_differ_across_threads_and_calls() {
        let threads: Vec<_> =
            (0..8).map(|_| std::thread::spawn(|| (0..2000).map(|_| key()).collect::<Vec<_>>())).collect();
        let keys: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().expect("keys")).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), 16_000);
    }

    #[test]
    fn key_is_a_uuid_of_version_4() {
        for key in (0..200).map(|_| key()) {
            let parts: Vec<_> = key.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
            assert!(key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{key}");
            assert_eq!(key.as_bytes()[14], b'4', "{key}");
            assert!(b"89ab".contains(&key.as_bytes()[19]), "{key}");
        }
    }

    #[test]
    fn every_digit_of_a_key_varies() {
        let keys: Vec<_> = (0..200).map(|_| key()).collect();
        for at in (0..36).filter(|at| ![8, 13, 14, 18, 23].contains(at)) {
            let digits: BTreeSet<_> = keys.iter().map(|key| key.as_bytes()[at]).collect();
            assert!(digits.len() >= 4, "{at}: {digits:?}");
        }
    }

    #[test]
    fn failing_random_source_is_a_typed_error() {
        let error = key_from(|_| Err("no entropy")).expect_err("no random bytes");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.to_string(), "failed to generate an idempotency key: no entropy");
    }

    #[test]
    fn fixed_bits_replace_random_ones() {
        let key = |byte: u8| {
            key_from(|bytes| -> Result<(), getrandom::Error> {
                bytes.fill(byte);
                Ok(())
            })
            .expect("a key")
        };
        assert_eq!(key(0x00), "00000000-0000-4000-8000-000000000000");
        assert_eq!(key(0xff), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
