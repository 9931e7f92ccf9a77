//! Lists and maps outside JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::param_style::ParamStyle;
use crate::value::ToParam;

/// The format of a list in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ListStyle {
    /// `a=x,y`, with the comma percent-encoded.
    Comma,
    /// `a=x&a=y`
    Repeat,
    /// `a=x+y`, with the space encoded as `+`.
    Space,
    /// `a=x|y`, with the vertical bar percent-encoded.
    Pipe,
    /// `a[]=x&a[]=y`, with the brackets percent-encoded.
    Brackets,
}

impl ListStyle {
    /// Returns the separator of the items, if they are sent as one value.
    pub(super) const fn separator(self) -> Option<Separator> {
        match self {
            Self::Comma => Some(Separator::Comma),
            Self::Space => Some(Separator::Space),
            Self::Pipe => Some(Separator::Pipe),
            Self::Repeat | Self::Brackets => None,
        }
    }
}

/// The text between two items of a list that is one text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    Comma,
    Space,
    Pipe,
    Dot,
}

impl Separator {
    /// Returns the separator of a style, if its items are sent as one text.
    pub(super) const fn of(style: ParamStyle) -> Option<Self> {
        match style {
            ParamStyle::Comma | ParamStyle::Matrix => Some(Self::Comma),
            ParamStyle::Space => Some(Self::Space),
            ParamStyle::Pipe => Some(Self::Pipe),
            ParamStyle::Label => Some(Self::Dot),
            ParamStyle::Plain | ParamStyle::Repeat | ParamStyle::Brackets | ParamStyle::Json => None,
        }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Space => " ",
            Self::Pipe => "|",
            Self::Dot => ".",
        }
    }

    /// Checks that the items can be separated again. Returns the violated rule.
    ///
    /// A single empty item would be read as an empty list.
    pub(super) fn check(self, items: &[impl AsRef<str>]) -> Result<(), &'static str> {
        let is_ambiguous = |item: &str| item.is_empty() || item.contains(self.as_str());
        if !items.iter().any(|item| is_ambiguous(item.as_ref())) {
            return Ok(());
        }
        Err(match self {
            Self::Comma => "must not be empty or contain a comma",
            Self::Space => "must not be empty or contain a space",
            Self::Pipe => "must not be empty or contain a vertical bar",
            Self::Dot => "must not be empty or contain a dot",
        })
    }
}

/// A list of values that can be sent in a query.
pub trait ToParamList {
    /// Returns the texts of the items without absent ones, or `None` if the list is absent and must
    /// not be sent.
    fn to_param_list(&self) -> Option<Vec<Cow<'_, str>>>;

    /// Returns the reason why an item cannot be sent, as in [`ToParam::rejection_reason`].
    fn rejection_reason(&self) -> Option<&'static str> {
        None
    }
}

impl<T: ToParam> ToParamList for [T] {
    fn to_param_list(&self) -> Option<Vec<Cow<'_, str>>> {
        Some(self.iter().filter_map(ToParam::to_param).collect())
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.iter().find_map(ToParam::rejection_reason)
    }
}

impl<T: ToParam> ToParamList for Vec<T> {
    fn to_param_list(&self) -> Option<Vec<Cow<'_, str>>> {
        self.as_slice().to_param_list()
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.as_slice().rejection_reason()
    }
}

impl<L: ToParamList> ToParamList for Option<L> {
    fn to_param_list(&self) -> Option<Vec<Cow<'_, str>>> {
        self.as_ref().and_then(ToParamList::to_param_list)
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.as_ref().and_then(ToParamList::rejection_reason)
    }
}

impl<L: ToParamList + ?Sized> ToParamList for &L {
    fn to_param_list(&self) -> Option<Vec<Cow<'_, str>>> {
        (**self).to_param_list()
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        (**self).rejection_reason()
    }
}

/// A key and the text of its value.
pub type ParamPair<'a> = (&'a str, Cow<'a, str>);

/// A map of values that can be sent in a query.
pub trait ToParamMap {
    /// Returns the entries without absent values, or `None` if the map is absent and must not be
    /// sent.
    fn to_param_map(&self) -> Option<Vec<ParamPair<'_>>>;

    /// Returns the reason why a value cannot be sent, as in [`ToParam::rejection_reason`].
    fn rejection_reason(&self) -> Option<&'static str> {
        None
    }
}

impl<T: ToParam> ToParamMap for BTreeMap<String, T> {
    fn to_param_map(&self) -> Option<Vec<ParamPair<'_>>> {
        let pairs = self.iter().filter_map(|(key, value)| Some((key.as_str(), value.to_param()?)));
        Some(pairs.collect())
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.values().find_map(ToParam::rejection_reason)
    }
}

impl<M: ToParamMap> ToParamMap for Option<M> {
    fn to_param_map(&self) -> Option<Vec<ParamPair<'_>>> {
        self.as_ref().and_then(ToParamMap::to_param_map)
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        self.as_ref().and_then(ToParamMap::rejection_reason)
    }
}

impl<M: ToParamMap + ?Sized> ToParamMap for &M {
    fn to_param_map(&self) -> Option<Vec<ParamPair<'_>>> {
        (**self).to_param_map()
    }

    fn rejection_reason(&self) -> Option<&'static str> {
        (**self).rejection_reason()
    }
}
