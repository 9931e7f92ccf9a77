//! The tags of an object that unions select a variant by.

/// The maximum number of tagged unions in one object.
const MAX_TAGS: usize = 4;

/// The keys of the tags of the object at a position of a document.
///
/// A tagged union whose variant is another tagged union has several tags in one object. None of them belongs to the additional
/// keys of the payload.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tags {
    start: usize,
    names: [Option<&'static str>; MAX_TAGS],
}

impl Tags {
    /// Returns no tags.
    pub(super) const fn none() -> Self {
        Self { start: 0, names: [None; MAX_TAGS] }
    }

    /// Returns the tags of the object that starts at a position.
    pub(super) fn at(self, start: usize) -> Self {
        if self.start == start { self } else { Self { start, ..Self::none() } }
    }

    /// Adds a tag. The generator reports unions that are nested too deeply.
    pub(super) fn with(mut self, name: Option<&'static str>) -> Self {
        if let Some(free) = self.names.iter_mut().find(|other| other.is_none() || **other == name) {
            *free = name;
        }
        self
    }

    /// Returns the tags as those of an object that starts at another position.
    pub(super) fn moved(self, start: usize) -> Self {
        Self { start, ..self }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.first().is_none_or(Option::is_none)
    }

    pub(super) fn contains(&self, key: &str) -> bool {
        self.names.iter().map_while(|name| *name).any(|name| name == key)
    }
}

#[cfg(test)]
mod tests {
    use super::Tags;

    #[test]
    fn tags_belong_to_one_position() {
        let tags = Tags::none().at(7).with(Some("kind")).with(None).with(Some("type")).with(Some("kind"));
        assert!(tags.contains("kind") && tags.contains("type") && !tags.contains(""));
        assert!(tags.at(7).contains("type"));
        assert!(tags.at(8).is_empty());
    }
}
