//! Comments that represent blank lines and lists in a file that is printed.
//!
//! They contain a control character. The printer escapes such characters in code, and docs contain none.

use quote::format_ident;
use syn::{AttrStyle, Attribute, Expr, ExprLit, Lit, LitStr, Meta, MetaNameValue};

/// The start of a mark in the printed file.
const MARK: &str = "//\u{1d}";

/// The meaning of a printed line.
pub(super) enum Line<'c> {
    Code(&'c str),
    /// Becomes a blank line.
    Gap,
    /// Replaces the next line by the list with this number.
    List(usize),
}

pub(super) fn read(code: &str) -> Line<'_> {
    match code.strip_prefix(MARK) {
        None => Line::Code(code),
        Some(number) => number.parse().map_or(Line::Gap, Line::List),
    }
}

/// Returns the attribute that becomes a blank line inside a file, or above an item.
pub(super) fn gap(style: AttrStyle) -> Attribute {
    attribute(style, "")
}

/// Returns the attribute of the item that a list replaces.
pub(super) fn list(number: usize) -> Attribute {
    attribute(AttrStyle::Outer, &number.to_string())
}

fn attribute(style: AttrStyle, text: &str) -> Attribute {
    let name = format_ident!("comment");
    let text = LitStr::new(&format!("{}{text}", &MARK[2..]), name.span());
    let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(text) });
    let meta = MetaNameValue { path: name.into(), eq_token: Default::default(), value };
    Attribute {
        pound_token: Default::default(),
        style,
        bracket_token: Default::default(),
        meta: Meta::NameValue(meta),
    }
}
