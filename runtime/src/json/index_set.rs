//! A set of small indexes.

/// A set of indexes of fields. Objects with up to 64 fields need no allocation.
pub(super) struct IndexSet {
    first: u64,
    /// The bits of the indexes from 64.
    others: Vec<u64>,
}

impl IndexSet {
    /// Creates an empty set for indexes below `len`.
    pub(super) fn new(len: usize) -> Self {
        Self { first: 0, others: vec![0; len.div_ceil(64).saturating_sub(1)] }
    }

    #[inline]
    pub(super) fn insert(&mut self, index: usize) {
        match index / 64 {
            0 => self.first |= 1 << index,
            word => {
                if let Some(word) = self.others.get_mut(word - 1) {
                    *word |= 1 << (index % 64);
                }
            }
        }
    }

    #[inline]
    pub(super) fn contains(&self, index: usize) -> bool {
        let word = match index / 64 {
            0 => self.first,
            word => self.others.get(word - 1).copied().unwrap_or_default(),
        };
        word & 1 << (index % 64) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::IndexSet;

    #[test]
    fn inserted_indexes_are_contained() {
        for len in [0, 1, 63, 64, 65, 200] {
            let mut set = IndexSet::new(len);
            assert!((0..len).all(|index| !set.contains(index)));
            (0..len).step_by(3).for_each(|index| set.insert(index));
            assert!((0..len).all(|index| set.contains(index) == index.is_multiple_of(3)), "{len}");
        }
    }
}
