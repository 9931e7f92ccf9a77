//! Unions whose names could clash with those in the expansion of the macro.

use super::{read, written};

/// The macro must work with types and variants of any name, and with deprecated items.
mod odd {
    use typefoundry_runtime::{UnknownVariant, json_union};

    #[derive(Clone, Debug, PartialEq)]
    pub enum Option {
        #[deprecated = "say `Err`"]
        Ok(String),
        Err(Box<Self>),
        None,
        Some,
        Unknown(UnknownVariant),
    }
    json_union!(Option by ["reader", "writer"] {
        Ok(_) = "payload" in "variant",
        Err(_) = "deep" in "reader-2",
        None = "none",
        Some = true,
    });

    #[derive(Clone, Debug, PartialEq)]
    pub enum Result {
        Ok(Option),
        #[deprecated = "say `Ok`"]
        String(String),
        Unknown(UnknownVariant),
    }
    json_union!(Result { Ok(_) in "ok", String(_) });
}

#[test]
fn names_of_generated_unions_do_not_clash() {
    for text in [
        r#"{"ok":{"reader":"payload","variant":"a"}}"#,
        r#"{"ok":{"reader":"deep","reader-2":{"reader":true}}}"#,
        r#"{"ok":{"reader":"none"}}"#,
        r#""text""#,
    ] {
        let odd: odd::Result = read(text).expect(text);
        assert!(!matches!(odd, odd::Result::Unknown(_)), "{text}");
        assert_eq!(written(&odd), text);
    }
}
