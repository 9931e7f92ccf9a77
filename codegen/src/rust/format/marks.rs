//! Placeholders for blank lines and lists in a file that is printed.

use quote::{format_ident, quote};
use syn::parse::Parser;

/// Names of marks that do not occur in the file.
pub(super) struct Marks {
    gap: String,
    list: String,
    /// The attributes that are printed as lines of their own and become blank lines: above an item, and inside one.
    gaps: [Vec<syn::Attribute>; 2],
}

impl Marks {
    pub(super) fn unlike(source: &str) -> Result<Self, syn::Error> {
        let mut gap = "gap_mark".to_owned();
        while source.contains(&gap) {
            gap.push('_');
        }
        let list = format!("{gap}list");
        let outer = syn::Attribute::parse_outer.parse2(quote!(#[comment = #gap]))?;
        let inner = syn::Attribute::parse_inner.parse2(quote!(#![comment = #gap]))?;
        Ok(Self { gap, list, gaps: [outer, inner] })
    }

    /// Returns the attribute that becomes a blank line above an item, or inside one.
    pub(super) fn gap_attribute(&self, inner: bool) -> Vec<syn::Attribute> {
        let [outside, inside] = &self.gaps;
        if inner { inside.clone() } else { outside.clone() }
    }

    /// Returns the comment line as which a gap is printed.
    pub(super) fn gap_line(&self) -> String {
        format!("//{}", self.gap)
    }

    /// Returns the macro call that replaces a list.
    pub(super) fn list_macro(&self, number: usize) -> Result<syn::Macro, syn::Error> {
        let name = format_ident!("{}{number}", self.list);
        syn::parse2(quote!(#name!()))
    }

    /// Returns the number of the list that a printed line replaces.
    pub(super) fn list_number(&self, line: &str) -> Option<usize> {
        line.strip_prefix(&*self.list)?.strip_suffix("!();")?.parse().ok()
    }
}
