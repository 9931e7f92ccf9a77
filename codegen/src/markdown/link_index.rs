//! The pages of a package, their headings, and the anchors of those headings.
//!
//! The index is complete before the first page is written, so a page can link to a heading of any other.

use std::collections::BTreeMap;

use super::slug::Slugger;
use crate::doc_text::code;
use crate::model::{OperationId, ResourceId, TypeId};
use crate::rust::lower::{Package, Resource};
use crate::rust::names;

/// The front page, relative to the folder of the package.
pub const README: &str = "README.md";
/// The page that lists all operations.
pub const INDEX: &str = "docs/README.md";
/// The page that lists the error codes. `errors` is a reserved resource name.
pub const ERRORS: &str = "docs/errors.md";

/// A heading of a resource's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    Title(ResourceId),
    Operations(ResourceId),
    Operation(OperationId),
    Types(ResourceId),
    Type(TypeId),
}

/// The anchors of all headings of one package.
pub struct LinkIndex<'a> {
    pub package: &'a Package<'a>,
    anchors: BTreeMap<Heading, String>,
}

impl<'a> LinkIndex<'a> {
    /// Assigns an anchor to every heading.
    pub fn new(package: &'a Package<'a>) -> Self {
        let mut links = Self { package, anchors: BTreeMap::new() };
        for resource in &package.resources {
            let mut slugger = Slugger::default();
            for heading in links.headings(resource) {
                let anchor = slugger.slug(&links.heading_text(heading));
                links.anchors.insert(heading, anchor);
            }
        }
        links
    }

    /// Returns the headings of a resource's page, from top to bottom.
    pub fn headings(&self, resource: &Resource<'_>) -> Vec<Heading> {
        let model = resource.model;
        let operations = model.operations.iter().copied().map(Heading::Operation);
        let types = model.types.iter().copied().map(Heading::Type);
        let mut headings = vec![Heading::Title(resource.id)];
        headings.extend(operations.len().gt(&0).then_some(Heading::Operations(resource.id)));
        headings.extend(operations);
        headings.extend(types.len().gt(&0).then_some(Heading::Types(resource.id)));
        headings.extend(types);
        headings
    }

    /// Returns a heading as Markdown, without the hashes.
    pub fn heading_text(&self, heading: Heading) -> String {
        match heading {
            Heading::Title(id) => self.title(id),
            Heading::Operations(_) => "Operations".to_owned(),
            Heading::Operation(id) => code(&self.short_call(id)),
            Heading::Types(_) => "Types".to_owned(),
            Heading::Type(id) => code(self.package.type_item(id).name.as_str()),
        }
    }

    /// Returns the short name of an operation: `members.create`.
    pub fn short_call(&self, id: OperationId) -> String {
        let operation = self.package.operation(id);
        let resource = self.package.resource(operation.model.resource);
        format!("{}.{}", resource.module.plain(), operation.name.plain())
    }

    /// Returns the name of a resource in prose.
    pub fn title(&self, id: ResourceId) -> String {
        let model = self.package.resource(id).model;
        title(model.name(), &model.doc)
    }

    /// Returns the page of a resource, relative to the folder of the package.
    pub fn page(&self, id: ResourceId) -> String {
        format!("docs/{}.md", self.package.resource(id).model.path.join("/"))
    }

    /// Returns the anchor of a heading.
    pub fn anchor(&self, heading: Heading) -> &str {
        self.anchors.get(&heading).map_or("", String::as_str)
    }
}

/// Returns a name as a heading: `oauth_providers` becomes `OAuth Providers`.
///
/// The doc determines the capitals of acronyms and of names with inner capitals, and the hyphens of compounds.
fn title(name: &str, doc: &str) -> String {
    let spelled = |word: &String| {
        let camel = || names::type_name(word).map_or_else(|_| word.clone(), |name| name.plain().to_owned());
        spelling(word, doc).unwrap_or_else(camel)
    };
    let doc_words = doc.to_lowercase();
    let words = names::words(name);
    words.iter().enumerate().fold(String::new(), |title, (at, word)| {
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let gap = before.map_or("", |before| if is_compound(before, word, &doc_words) { "-" } else { " " });
        title + gap + &spelled(word)
    })
}

/// Whether a doc in lower case joins two words by a hyphen, such as `multi-factor`.
fn is_compound(first: &str, second: &str, doc: &str) -> bool {
    let compound = format!("{first}-{second}");
    doc.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| word == compound)
}

/// Returns the spelling of a word in a doc, if it has more capitals than the first letter. A plural takes that of its
/// singular.
fn spelling(word: &str, doc: &str) -> Option<String> {
    let has_capitals = |spelling: &&str| spelling.chars().skip(1).any(char::is_uppercase);
    let find = |word: &str| {
        let mut spellings = doc.split(|c: char| !c.is_alphanumeric()).filter(has_capitals);
        spellings.find(|spelling| spelling.to_lowercase() == word).map(str::to_owned)
    };
    find(word).or_else(|| find(word.strip_suffix('s')?).map(|singular| singular + "s"))
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn title_is_split_into_words() {
        assert_eq!(title("oauth_providers", "Providers that sign users in."), "OAuth Providers");
        assert_eq!(title("sso", "SSO is one key for all doors."), "SSO");
    }

    #[test]
    fn capitals_come_from_the_doc() {
        assert_eq!(title("redirect_uris", "A redirect URI is a page."), "Redirect URIs");
        assert_eq!(title("acmekit_keys", "Keys of AcmeKit."), "AcmeKit Keys");
    }

    #[test]
    fn hyphens_come_from_the_doc() {
        assert_eq!(title("two_step_login", "A two-step login."), "Two-Step Login");
        assert_eq!(title("two_step_login", "The two-step-login page."), "Two Step Login");
    }
}
