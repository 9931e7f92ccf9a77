//! Detection of duplicate keys in an object.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

pub(crate) fn repeats_a_key(text: &str) -> bool {
    serde_json::from_str::<Keys>(text).is_ok_and(|keys| keys.is_repeated)
}

/// Any value.
struct Keys {
    is_repeated: bool,
}

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

/// Values without keys.
macro_rules! scalars {
    ($($visit:ident: $type:ty)*) => {$(
        fn $visit<E: Error>(self, _: $type) -> Result<Keys, E> {
            Ok(Keys { is_repeated: false })
        }
    )*};
}

impl<'de> Visitor<'de> for Any {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    scalars!(visit_bool: bool visit_i64: i64 visit_u64: u64 visit_f64: f64 visit_str: &str);

    fn visit_unit<E: Error>(self) -> Result<Keys, E> {
        Ok(Keys { is_repeated: false })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Keys, A::Error> {
        let mut is_repeated = false;
        while let Some(item) = items.next_element::<Keys>()? {
            is_repeated |= item.is_repeated;
        }
        Ok(Keys { is_repeated })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Keys, A::Error> {
        let (mut keys, mut is_repeated) = (BTreeSet::new(), false);
        while let Some((key, value)) = entries.next_entry::<String, Keys>()? {
            is_repeated |= value.is_repeated || !keys.insert(key);
        }
        Ok(Keys { is_repeated })
    }
}

#[test]
fn keys_of_different_objects_are_not_duplicates() {
    assert!(repeats_a_key(r#"[{"a":{"b":1,"\u0062":2}}]"#));
    assert!(!repeats_a_key(r#"[{"a":{"b":1}},{"a":{"a":null}},"a","a"]"#));
}
