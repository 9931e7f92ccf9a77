//! The anchors that GitHub gives to headings, so that links into a page can be made before the page is.

use std::collections::BTreeSet;

/// Gives each heading of one page its anchor, in the order in which they stand.
#[derive(Debug, Default)]
pub struct Slugger {
    taken: BTreeSet<String>,
}

impl Slugger {
    /// The anchor of the next heading; a number is added where an earlier heading has the same.
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

/// Lower case, blanks as hyphens, all other punctuation gone.
fn slug(heading: &str) -> String {
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
    fn punctuation_goes_and_blanks_turn_into_hyphens() {
        let mut slugger = Slugger::default();
        assert_eq!(slugger.slug("`users.get_by_name`"), "usersget_by_name");
        assert_eq!(slugger.slug("Building a model, in a test"), "building-a-model-in-a-test");
    }

    #[test]
    fn a_heading_that_comes_again_is_numbered() {
        let mut slugger = Slugger::default();
        let slugs: Vec<String> =
            ["Types", "`Types`", "types-1", "Types"].iter().map(|h| slugger.slug(h)).collect();
        assert_eq!(slugs, ["types", "types-1", "types-1-1", "types-2"]);
    }
}
