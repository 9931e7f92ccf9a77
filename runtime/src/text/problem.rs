//! Checks that a text can be sent in a header or as a credential.

/// A reason why a text is rejected. It never contains the text, which can be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextProblem {
    Empty,
    Blank,
    LineBreak,
    ControlCharacter,
    OuterWhiteSpace,
    Space,
    NotAscii,
    NotCookie,
}

impl TextProblem {
    /// Returns the reason why `text` cannot be a credential, if there is one.
    ///
    /// Some servers trim the surrounding white space and others do not, so it is rejected.
    pub(crate) fn of_credential(text: &str) -> Option<Self> {
        if text.is_empty() {
            Some(Self::Empty)
        } else if text.trim().is_empty() {
            Some(Self::Blank)
        } else if text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
            Some(Self::LineBreak)
        } else if text.contains(char::is_control) {
            Some(Self::ControlCharacter)
        } else {
            (text.trim().len() < text.len()).then_some(Self::OuterWhiteSpace)
        }
    }

    /// Returns the reason why `text` cannot be a header value, if there is one.
    ///
    /// `HeaderValue` also accepts characters outside ASCII, which servers decode differently.
    pub(crate) fn of_header(text: &str) -> Option<Self> {
        let not_ascii = || (!text.is_ascii()).then_some(Self::NotAscii);
        Self::of_credential(text).or_else(not_ascii)
    }

    /// Returns the reason why `text` cannot follow an authentication scheme, if there is one. A
    /// space would end the token.
    pub(crate) fn of_token(text: &str) -> Option<Self> {
        Self::of_header(text).or_else(|| text.contains(' ').then_some(Self::Space))
    }

    /// Returns the reason why `text` cannot be the value of a cookie, if there is one. RFC 6265 excludes
    /// the characters that end a value or quote it.
    pub(crate) fn of_cookie(text: &str) -> Option<Self> {
        let is_excluded = |c: char| matches!(c, ' ' | '"' | ',' | ';' | '\\');
        Self::of_header(text).or_else(|| text.contains(is_excluded).then_some(Self::NotCookie))
    }

    /// Returns the problem as a predicate, such as `contains a line break`.
    pub(crate) fn fact(self) -> &'static str {
        match self {
            Self::Empty => "is empty",
            Self::Blank => "contains only white space",
            Self::LineBreak => "contains a line break",
            Self::ControlCharacter => "contains a control character",
            Self::OuterWhiteSpace => "starts or ends with white space",
            Self::Space => "contains a space",
            Self::NotAscii => "contains characters that are not allowed in a header",
            Self::NotCookie => "contains characters that are not allowed in a cookie",
        }
    }

    /// Returns the violated rule as a predicate, such as `must not contain a line break`.
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::Empty => "must not be empty",
            Self::Blank => "must not be blank",
            Self::LineBreak => "must not contain a line break",
            Self::ControlCharacter => "must not contain a control character",
            Self::OuterWhiteSpace => "must not start or end with white space",
            Self::Space => "must not contain a space",
            Self::NotAscii => "must contain visible ASCII characters only",
            Self::NotCookie => "must not contain a space, quotation mark, comma, semicolon or backslash",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TextProblem::{self, *};

    #[test]
    fn invalid_text_is_classified() {
        for (text, problem) in [
            ("", Some(Empty)),
            (" ", Some(Blank)),
            ("\t\r\n", Some(Blank)),
            ("\u{a0}\u{3000}", Some(Blank)),
            ("a\n", Some(LineBreak)),
            ("a\r\nx: b", Some(LineBreak)),
            ("a\u{2028}b", Some(LineBreak)),
            ("a\tb", Some(ControlCharacter)),
            ("a\0", Some(ControlCharacter)),
            ("a\u{7f}", Some(ControlCharacter)),
            (" a", Some(OuterWhiteSpace)),
            ("a\u{a0}", Some(OuterWhiteSpace)),
            ("a b", None),
            ("\u{fc}", None),
        ] {
            assert_eq!(TextProblem::of_credential(text), problem, "{text:?}");
        }
        assert_eq!(TextProblem::of_header("\u{fc}"), Some(NotAscii));
        assert_eq!((TextProblem::of_header("a b"), TextProblem::of_token("a b")), (None, Some(Space)));
        assert_eq!(TextProblem::of_token("a-b"), None);
        for text in ["a b", "a\"", "a,b", "a;b", "a\\b"] {
            assert_eq!(TextProblem::of_cookie(text), Some(NotCookie), "{text:?}");
        }
        assert_eq!((TextProblem::of_cookie("a=b"), TextProblem::of_cookie("")), (None, Some(Empty)));
    }
}
