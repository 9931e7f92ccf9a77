//! Methods of free-form objects, which keep the order of their keys.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Index;
use std::slice::Iter;

use super::tree::{Object, Value};

/// The maximum number of keys for which repeated keys are found by pairwise comparison. Larger
/// objects are sorted.
const LINEAR_SEARCH_LIMIT: usize = 16;

impl Object {
    /// Creates an empty object.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Creates an object from decoded entries. If a key is repeated, the last value is kept at the
    /// first position.
    pub(crate) fn from_entries(entries: Vec<(String, Value)>) -> Self {
        if has_repeated_keys(&entries) { Self(deduplicated(entries)) } else { Self(entries) }
    }

    /// Adds a decoded entry, whose key can be a repeated one until [`Object::from_entries`].
    pub(crate) fn push_decoded(&mut self, entry: (String, Value)) {
        self.0.push(entry);
    }

    pub(crate) fn into_entries(self) -> Vec<(String, Value)> {
        self.0
    }

    /// Returns the number of keys.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether the object has no keys.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find_map(|(other, value)| (other == key).then_some(value))
    }

    /// Returns a mutable reference to the value of a key.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.0.iter_mut().find_map(|(other, value)| (other == key).then_some(value))
    }

    /// Returns whether the object has the key.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Sets the value of a key and returns the previous value. A new key is added at the end.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.into(), value.into());
        match self.get_mut(&key) {
            Some(old) => Some(std::mem::replace(old, value)),
            None => {
                self.0.push((key, value));
                None
            }
        }
    }

    /// Removes a key and returns its value. The other keys keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.0.iter().position(|(other, _)| other == key)?;
        Some(self.0.remove(at).1)
    }

    /// Returns an iterator over the keys and values, in order.
    pub fn iter(&self) -> ObjectEntries<'_> {
        ObjectEntries(self.0.iter())
    }

    /// Returns an iterator over the keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|(key, _)| key)
    }

    /// Returns an iterator over the values, in order.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }
}

fn has_repeated_keys(entries: &[(String, Value)]) -> bool {
    if entries.len() <= LINEAR_SEARCH_LIMIT {
        let mut keys = entries.iter().map(|(key, _)| key);
        while let Some(key) = keys.next() {
            if keys.clone().any(|other| other == key) {
                return true;
            }
        }
        return false;
    }
    let mut keys: Vec<_> = entries.iter().map(|(key, _)| key).collect();
    keys.sort_unstable();
    keys.windows(2).any(|pair| matches!(pair, [one, other] if one == other))
}

fn deduplicated(entries: Vec<(String, Value)>) -> Vec<(String, Value)> {
    let mut unique: Vec<(String, Value)> = Vec::with_capacity(entries.len());
    let mut positions = BTreeMap::new();
    for (key, value) in entries {
        match positions.get(&key).and_then(|place: &usize| unique.get_mut(*place)) {
            Some((_, old)) => *old = value,
            None => {
                positions.insert(key.clone(), unique.len());
                unique.push((key, value));
            }
        }
    }
    unique
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.0.iter().zip(&other.0).all(|((one, _), (other, _))| one == other) {
            return self.0 == other.0;
        }
        let sorted: BTreeMap<_, _> = other.iter().collect();
        self.iter().all(|(key, value)| sorted.get(key) == Some(&value))
    }
}

impl Eq for Object {}

impl Index<&str> for Object {
    type Output = Value;

    /// Returns null if the key is missing.
    fn index(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(&Value::Null)
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        Self::from_entries(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Object {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for Object {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        let mut all = std::mem::take(&mut self.0);
        all.extend(entries.into_iter().map(|(key, value)| (key.into(), value.into())));
        *self = Self::from_entries(all);
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'o> IntoIterator for &'o Object {
    type Item = (&'o str, &'o Value);
    type IntoIter = ObjectEntries<'o>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An iterator over the keys and values of an [`Object`], in order.
#[derive(Clone)]
pub struct ObjectEntries<'o>(Iter<'o, (String, Value)>);

impl<'o> Iterator for ObjectEntries<'o> {
    type Item = (&'o str, &'o Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (key.as_str(), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ObjectEntries<'_> {}

impl fmt::Debug for ObjectEntries<'_> {
    /// Omits the entries, which may contain secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObjectEntries").field("len", &self.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(object: &Object) -> Vec<&str> {
        object.keys().collect()
    }

    #[test]
    fn keys_keep_their_order() {
        let mut object = Object::from([("z", 1), ("a", 2), ("m", 3)]);
        assert_eq!(object.insert("a", "x"), Some(Value::from(2)));
        assert_eq!(object.insert("b", Value::Null), None);
        assert_eq!(keys(&object), ["z", "a", "m", "b"]);
        assert_eq!(object.remove("z"), Some(Value::from(1)));
        assert_eq!(object.remove("z"), None);
        object.extend([("m", 4), ("c", 5)]);
        assert_eq!(object.to_string(), r#"{"a":"x","m":4,"b":null,"c":5}"#);
        assert!(object["missing"].is_null() && !object.contains_key("missing"));
    }

    #[test]
    fn last_value_of_repeated_key_is_kept_at_first_position() {
        for others in [0, 100] {
            let others = (0..others).map(|n| (format!("k{n}"), Value::from(n)));
            let pairs = [("a", 1), ("b", 2), ("a", 3)].map(|(key, n)| (key.to_owned(), Value::from(n)));
            let object: Object = pairs.into_iter().chain(others).collect();
            assert_eq!((object["a"].as_i64(), object["b"].as_i64()), (Some(3), Some(2)));
            assert_eq!(&keys(&object)[..2], ["a", "b"]);
            assert_eq!(object.keys().filter(|key| *key == "a").count(), 1);
        }
    }

    #[test]
    fn equality_ignores_order() {
        assert_eq!(Object::from([("a", 1), ("b", 2)]), Object::from([("b", 2), ("a", 1)]));
        assert_ne!(Object::from([("a", 1), ("b", 2)]), Object::from([("b", 1), ("a", 2)]));
        assert_ne!(Object::from([("a", 1)]), Object::from([("a", 1), ("b", 2)]));
    }
}
