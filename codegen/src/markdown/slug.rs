//! The anchors that GitHub assigns to headings. Links into a page can then be written before the page.

use std::collections::BTreeSet;

/// Assigns an anchor to each heading of one page, in order.
#[derive(Debug, Default)]
pub struct Slugger {
    taken: BTreeSet<String>,
}

impl Slugger {
    /// Returns the anchor of the next heading, with a number if an earlier heading has the same anchor.
    pub fn slug(&mut self, heading: &str) -> String {
        let plain = slug(heading);
        let mut numbered = (1..).map(|n| format!("{plain}-{n}"));
        let mut slug = plain.clone();
        while self.taken.contains(&slug) {
            match numbered.next() {
                Some(next) => slug = next,
                None => break,
            }
        }
        self.taken.insert(slug.clone());
        slug
    }
}

/// Converts text to lower case, replaces spaces by hyphens, and removes other punctuation.
pub fn slug(heading: &str) -> String {
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Slugger;

    #[test]
    fn punctuation_is_removed_and_spaces_become_hyphens() {
        let mut slugger = Slugger::default();
        assert_eq!(slugger.slug("`users.get_by_name`"), "usersget_by_name");
        assert_eq!(slugger.slug("Building a model, in a test"), "building-a-model-in-a-test");
    }

    #[test]
    fn repeated_heading_is_numbered() {
        let mut slugger = Slugger::default();
        let slugs: Vec<String> =
            ["Types", "`Types`", "types-1", "Types"].iter().map(|h| slugger.slug(h)).collect();
        assert_eq!(slugs, ["types", "types-1", "types-1-1", "types-2"]);
    }
}
