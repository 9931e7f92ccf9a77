//! Pagination styles: the kind of a style follows from its keys.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{PaginationDecl, Spanned};

/// The kind of a style, with the key that decides it.
#[derive(Clone, Copy)]
pub(super) enum StyleKind<'d> {
    NextCursor(&'d Spanned<String>),
    ItemCursor(&'d Spanned<String>),
    Page(&'d Spanned<String>),
    Offset(&'d Spanned<String>),
    NextUrl(&'d Spanned<String>),
    Link(Span),
}

impl StyleKind<'_> {
    fn key(self) -> &'static str {
        match self {
            Self::NextCursor(_) => "next_cursor",
            Self::ItemCursor(_) => "item_cursor",
            Self::Page(_) => "page_param",
            Self::Offset(_) => "offset_param",
            Self::NextUrl(_) => "next_url",
            Self::Link(_) => "link_header",
        }
    }

    fn span(self) -> Span {
        match self {
            Self::NextCursor(it)
            | Self::ItemCursor(it)
            | Self::Page(it)
            | Self::Offset(it)
            | Self::NextUrl(it) => it.span,
            Self::Link(span) => span,
        }
    }

    /// Whether a style of this kind can have the key.
    fn accepts(self, key: &str) -> bool {
        match key {
            "cursor_param" => matches!(self, Self::NextCursor(_) | Self::ItemCursor(_)),
            "previous_cursor_param" | "previous_cursor" => matches!(self, Self::NextCursor(_)),
            "first" | "short_page_is_last" => matches!(self, Self::Page(_) | Self::Offset(_)),
            "total_pages" => matches!(self, Self::Page(_)),
            "has_more" => matches!(self, Self::Page(_) | Self::Offset(_) | Self::ItemCursor(_)),
            _ => true,
        }
    }
}

impl PaginationDecl {
    /// Returns all kinds whose key is given.
    fn kinds(&self) -> impl Iterator<Item = StyleKind<'_>> {
        [
            self.next_cursor.as_ref().map(StyleKind::NextCursor),
            self.item_cursor.as_ref().map(StyleKind::ItemCursor),
            self.page_param.as_ref().map(StyleKind::Page),
            self.offset_param.as_ref().map(StyleKind::Offset),
            self.next_url.as_ref().map(StyleKind::NextUrl),
            self.link_header.as_ref().map(|link| StyleKind::Link(link.span)),
        ]
        .into_iter()
        .flatten()
    }

    /// Returns the kind of the style, unless it has none or several.
    pub(super) fn kind(&self) -> Option<StyleKind<'_>> {
        let mut kinds = self.kinds();
        kinds.next().filter(|_| kinds.next().is_none())
    }

    /// Returns the parameters of the style.
    pub(super) fn params(&self) -> impl Iterator<Item = &Spanned<String>> {
        let position = [&self.cursor_param, &self.page_param, &self.offset_param];
        let others = [&self.limit_param, &self.previous_cursor_param];
        position.into_iter().chain(others).flatten()
    }
}

impl Resolver<'_> {
    /// Reports styles without a kind or with several, and keys that the kind does not have.
    pub(super) fn check_styles(&mut self) {
        let syntax = self.syntax;
        for (name, style) in syntax.decl.pagination.iter() {
            let kinds: Vec<_> = style.kinds().collect();
            match kinds.as_slice() {
                [] => self.missing_kind(name, style),
                [kind] => self.check_kind(name, style, *kind),
                [first, second, ..] => {
                    let message = format!("the style `{}` has two kinds of positions", name.value);
                    self.report(
                        Diagnostic::error(Code::InvalidValue, second.span(), message)
                            .label(format!("`{}` is the second", second.key()))
                            .note(first.span(), format!("`{}` is the first", first.key()))
                            .help("remove one of them, or describe two styles"),
                    );
                }
            }
        }
    }

    fn missing_kind(&mut self, name: &Spanned<String>, style: &PaginationDecl) {
        let (label, help) = match &style.cursor_param {
            Some(_) => (
                "missing `next_cursor`",
                "add `next_cursor:` with the path in the response to the cursor of the next page, or `item_cursor:` \
                 with the path in an item",
            ),
            None => (
                "missing the position of a page",
                "add `next_cursor`, `item_cursor`, `page_param`, `offset_param`, `next_url` or `link_header`",
            ),
        };
        let message = format!("the style `{}` does not state how to request the next page", name.value);
        self.report_missing(
            name.span,
            Diagnostic::error(Code::MissingKey, name.span, message).label(label).help(help),
        );
    }

    fn check_kind(&mut self, name: &Spanned<String>, style: &PaginationDecl, kind: StyleKind<'_>) {
        let given = [
            ("cursor_param", style.cursor_param.as_ref().map(|it| it.span)),
            ("previous_cursor_param", style.previous_cursor_param.as_ref().map(|it| it.span)),
            ("previous_cursor", style.previous_cursor.as_ref().map(|it| it.span)),
            ("first", style.first.as_ref().map(|it| it.span)),
            ("short_page_is_last", style.short_page_is_last.as_ref().map(|it| it.span)),
            ("total_pages", style.total_pages.as_ref().map(|it| it.span)),
            ("has_more", style.has_more.as_ref().map(|it| it.span)),
        ];
        let given = given.into_iter().filter_map(|(key, span)| Some((key, span?)));
        for (key, span) in given.filter(|(key, _)| !kind.accepts(key)) {
            let message = format!("`{key}` has no effect beside `{}`", kind.key());
            let problem = Diagnostic::error(Code::InvalidValue, span, message);
            let label = format!("not a key of a style with `{}`", kind.key());
            self.report(problem.label(label).help(format!("remove `{key}`")));
        }
        if let Some(link) = style.link_header.as_ref().filter(|link| !link.value) {
            let problem =
                Diagnostic::error(Code::InvalidValue, link.span, "`link_header` is `true` or not given");
            self.report(problem.label("not allowed here").help("write `link_header: true`"));
        }
        let needs_cursor = matches!(kind, StyleKind::NextCursor(_) | StyleKind::ItemCursor(_));
        let is_short = style.short_page_is_last.as_ref().filter(|short| short.value);
        let missing = match (&style.previous_cursor_param, &style.previous_cursor) {
            _ if needs_cursor && style.cursor_param.is_none() => {
                Some((kind.span(), kind.key(), "cursor_param", "the parameter for the cursor"))
            }
            _ if is_short.is_some() && style.limit_param.is_none() => is_short
                .map(|it| (it.span, "short_page_is_last", "limit_param", "the parameter for the page size")),
            (Some(back), None) if needs_cursor => Some((
                back.span,
                "previous_cursor_param",
                "previous_cursor",
                "the path in the response to the cursor for this parameter",
            )),
            (None, Some(previous)) if needs_cursor => Some((
                previous.span,
                "previous_cursor",
                "previous_cursor_param",
                "the parameter for the cursor at this path",
            )),
            _ => None,
        };
        let Some((span, given, key, meaning)) = missing else { return };
        let message = format!("the style `{}` has `{given}` without `{key}`", name.value);
        self.report_missing(
            name.span,
            Diagnostic::error(Code::MissingKey, span, message)
                .label(format!("`{key}` is missing"))
                .help(format!("add `{key}:` with {meaning}")),
        );
    }
}
