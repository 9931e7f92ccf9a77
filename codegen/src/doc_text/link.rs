//! The interface of the writers: the lookup of references, and the kinds of output.

/// The target of a `[reference]`: the text to show, as Markdown, and its URL or path. Without a URL, the text stands alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub label: String,
    pub target: String,
}

/// A lookup of the items that the `[references]` of a doc name.
pub trait Resolve {
    /// Returns the link for a name, or `None` when the brackets are plain text.
    fn resolve(&self, name: &str) -> Option<Link>;
}

impl<F: Fn(&str) -> Option<Link>> Resolve for F {
    fn resolve(&self, name: &str) -> Option<Link> {
        self(name)
    }
}

/// The output that a doc is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A doc comment: wrapped, with its headings.
    Rustdoc,
    /// A Markdown page: the author's line breaks, headings as bold text, since the page has headings of its own.
    Page,
    /// A table cell: one line, with `<br>` between blocks.
    Cell,
}
