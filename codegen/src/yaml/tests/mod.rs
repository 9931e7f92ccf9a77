//! Tests of the meaning of scalars. Submodules test the other parts.

mod fixes;
mod reading;

use crate::yaml::{Meaning, Scalar};

fn meaning(text: &str) -> Meaning {
    Scalar { text: text.to_owned(), plain: true, comment: None }.meaning()
}

#[test]
fn plain_scalars_have_the_meaning_of_serde_yaml() {
    assert_eq!(meaning("12"), Meaning::Int(12));
    assert_eq!(meaning("-1"), Meaning::Int(-1));
    assert_eq!(meaning("0x1f"), Meaning::Int(31));
    assert_eq!(meaning("1.5"), Meaning::Float(1.5));
    assert_eq!(meaning("true"), Meaning::Bool(true));
    assert_eq!(meaning("~"), Meaning::Null);
    assert_eq!(meaning(""), Meaning::Null);
    assert_eq!(meaning("null"), Meaning::Null);
    assert_eq!(meaning("no"), Meaning::Text);
    assert_eq!(meaning("1.2.3"), Meaning::Text);
    assert_eq!(meaning("- x"), Meaning::Text);
}

#[test]
fn quoted_scalars_are_text() {
    assert_eq!(Scalar { text: "12".to_owned(), plain: false, comment: None }.meaning(), Meaning::Text);
}
