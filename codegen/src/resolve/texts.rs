//! The rules for single texts: non-empty texts, URLs, and characters that are not allowed.

use super::resolver::Resolver;
use crate::characters::{is_bidi_control, is_hidden, notation};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{
    ApiDecl, Entries, EnumDecl, FieldDecl, OperationDecl, ResourceDecl, ResponseDecl, ServerDecl, Spanned,
    TypeDecl, VariantDecl,
};

/// The kind of a text in a description.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A name that the author of the description chooses.
    Name,
    /// A doc in Markdown. A missing or blank doc is reported where the doc is required.
    Doc,
    /// A sentence in Markdown under an optional key.
    Note(&'static str),
    /// A link to a page.
    Url(&'static str),
    /// Plain text under a key, with `true` for an optional key.
    Plain(&'static str, bool),
}

type Text<'s> = (Kind, &'s Spanned<String>);

impl<'s> Resolver<'s> {
    /// Checks every text of the API individually.
    pub(super) fn check_texts(&mut self) {
        let syntax = self.syntax;
        let mut texts = Texts::default();
        texts.api(&syntax.decl);
        syntax.resources.iter().for_each(|resource| texts.resource(&resource.decl));
        let is_complete = self.knows_all_names();
        for (kind, text) in texts.0 {
            self.check_text(kind, text, is_complete);
        }
    }

    /// Checks a text. `is_complete` is whether all names are known that docs can refer to.
    fn check_text(&mut self, kind: Kind, text: &'s Spanned<String>, is_complete: bool) {
        if text.trim().is_empty() {
            return self.report_empty(kind, text);
        }
        let is_wrong = match kind {
            Kind::Name => is_hidden,
            Kind::Doc | Kind::Note(_) => is_bidi_control,
            // Wire values can contain any character, and are escaped when they are written.
            Kind::Url(_) | Kind::Plain(..) => |_| false,
        };
        // Of the characters that a doc must not contain, none is ASCII.
        let can_be_wrong = kind == Kind::Name || !text.is_ascii();
        let wrong = can_be_wrong.then(|| text.char_indices().find(|(_, c)| is_wrong(*c)));
        if let Some((at, c)) = wrong.flatten() {
            let message = format!("the text contains {}, which a reader cannot see", notation(c));
            self.report(
                Diagnostic::error(Code::InvalidValue, text.part(at, c.len_utf8()), message)
                    .label("an invisible character")
                    .help("remove the character"),
            );
        }
        match kind {
            Kind::Doc | Kind::Note(_) => self.check_markdown(text, is_complete),
            // The reader replaces a control character by a space, and reports it.
            Kind::Url(_) if !self.syntax.complete && text.contains(' ') => {}
            Kind::Url(key) if !is_url(text) => self.report(
                Diagnostic::error(Code::InvalidValue, text.span, format!("`{}` is not a URL", text.value))
                    .label(format!("`{key}` is the address of a page"))
                    .help("write the whole address, such as `https://example.com/docs`"),
            ),
            _ => {}
        }
    }

    fn report_empty(&mut self, kind: Kind, text: &Spanned<String>) {
        let (message, help) = match kind {
            // A missing doc, and a name without a letter, are reported where they are required.
            Kind::Doc | Kind::Name => return,
            Kind::Note(key) | Kind::Url(key) | Kind::Plain(key, true) => {
                (format!("`{key}` is empty"), format!("write a text, or remove `{key}`"))
            }
            Kind::Plain(key, false) => (format!("`{key}` is empty"), "write a text".to_owned()),
        };
        self.report(
            Diagnostic::error(Code::InvalidValue, text.span, message).label("no text here").help(help),
        );
    }
}

/// Whether a text is an absolute URL that a browser can open.
pub(super) fn is_url(text: &str) -> bool {
    let text = text.trim();
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (host, port) = host.split_once(':').unwrap_or((host, "80"));
        let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c);
        host.split('.').all(is_part) && port.parse::<u16>().is_ok() && rest.chars().all(is_plain)
    })
}

/// A collector of the texts of declarations.
#[derive(Default)]
struct Texts<'s>(Vec<Text<'s>>);

impl<'s> Texts<'s> {
    fn add(&mut self, kind: Kind, text: Option<&'s Spanned<String>>) {
        self.0.extend(text.map(|text| (kind, text)));
    }

    fn names<T>(&mut self, entries: &'s Entries<T>) {
        self.0.extend(entries.keys().map(|name| (Kind::Name, name)));
    }

    fn api(&mut self, api: &'s ApiDecl) {
        self.add(Kind::Doc, api.doc.as_ref());
        self.add(Kind::Url("docs_url"), api.docs_url.as_ref());
        if let Some(package) = &api.package {
            self.add(Kind::Doc, package.value.doc.as_ref());
            self.add(Kind::Url("repository"), package.value.repository.as_ref());
        }
        self.names(&api.credentials);
        for (_, credential) in api.credentials.iter() {
            self.add(Kind::Doc, credential.doc.as_ref());
        }
        api.servers.iter().for_each(|servers| self.servers(&servers.value));
        self.fields(&api.params);
        self.names(&api.options);
        for (_, group) in api.options.iter() {
            self.add(Kind::Doc, group.doc.as_ref());
            self.names(&group.headers);
            group.headers.iter().for_each(|(_, header)| self.add(Kind::Doc, header.doc.as_ref()));
        }
        self.names(&api.pagination);
        self.fields(&api.envelope);
        let codes = api.errors.as_ref().and_then(|errors| errors.value.codes.as_ref());
        self.values(codes.map(|codes| &codes.value));
    }

    fn servers(&mut self, servers: &'s Entries<ServerDecl>) {
        self.names(servers);
        for (_, server) in servers.iter() {
            self.add(Kind::Doc, server.doc.as_ref());
            self.names(&server.variables);
            for (_, variable) in server.variables.iter() {
                self.add(Kind::Doc, variable.doc.as_ref());
                self.add(Kind::Plain("default", true), variable.default.as_ref());
                self.add(Kind::Plain("example", true), variable.example.as_ref());
            }
            self.add(Kind::Plain("starts_with", false), server.when.as_ref().map(|when| &when.starts_with));
        }
    }

    fn resource(&mut self, resource: &'s ResourceDecl) {
        self.add(Kind::Doc, resource.doc.as_ref());
        self.add(Kind::Url("docs_url"), resource.docs_url.as_ref());
        self.names(&resource.types);
        resource.types.iter().for_each(|(_, decl)| self.type_decl(decl));
        self.names(&resource.operations);
        resource.operations.iter().for_each(|(_, decl)| self.operation(decl));
    }

    fn type_decl(&mut self, decl: &'s TypeDecl) {
        self.add(Kind::Doc, decl.doc.as_ref());
        self.add(Kind::Plain("id", false), decl.id.as_ref());
        self.add(Kind::Note("deprecated"), decl.deprecated.as_ref());
        self.values(decl.values.as_ref().map(|values| &values.value));
        decl.fields.iter().for_each(|fields| self.fields(&fields.value));
        self.add(Kind::Doc, decl.additional_fields.as_ref().and_then(|rest| rest.value.doc.as_ref()));
        if let Some(variants) = &decl.one_of {
            self.names(&variants.value);
            variants.value.iter().for_each(|(_, variant)| self.variant(variant));
        }
    }

    fn values(&mut self, values: Option<&'s EnumDecl>) {
        for (_, value) in values.into_iter().flat_map(|values| values.values.iter()) {
            self.add(Kind::Note("doc"), value.doc.as_ref());
            self.add(Kind::Name, value.name.as_ref());
            self.add(Kind::Note("deprecated"), value.deprecated.as_ref());
        }
    }

    fn variant(&mut self, variant: &'s VariantDecl) {
        self.add(Kind::Doc, variant.doc.as_ref());
        self.add(Kind::Plain("key", true), variant.key.as_ref());
        self.add(Kind::Name, variant.name.as_ref());
        self.add(Kind::Note("deprecated"), variant.deprecated.as_ref());
    }

    fn fields(&mut self, fields: &'s Entries<FieldDecl>) {
        self.names(fields);
        for (_, field) in fields.iter() {
            self.add(Kind::Doc, field.doc.as_ref());
            self.add(Kind::Plain("wire_name", true), field.wire_name.as_ref());
            self.add(Kind::Note("deprecated"), field.deprecated.as_ref());
        }
    }

    fn response(&mut self, decl: Option<&'s Spanned<ResponseDecl>>) {
        match decl.map(|decl| &decl.value) {
            Some(ResponseDecl::Fields(fields)) => self.fields(fields),
            Some(ResponseDecl::ByStatus(by_status)) => {
                by_status.statuses.iter().for_each(|(_, decl)| self.response(decl.as_ref()));
            }
            Some(ResponseDecl::Type(_)) | None => {}
        }
    }

    fn operation(&mut self, decl: &'s OperationDecl) {
        self.add(Kind::Doc, decl.doc.as_ref());
        self.add(Kind::Url("docs_url"), decl.docs_url.as_ref());
        self.add(Kind::Note("warning"), decl.warning.as_ref());
        self.add(Kind::Note("deprecated"), decl.deprecated.as_ref());
        self.fields(&decl.params);
        self.response(decl.response.as_ref());
    }
}

#[cfg(test)]
mod tests {
    use super::is_url;

    #[test]
    fn absolute_addresses_are_urls() {
        for text in ["https://acme.test", "http://localhost:8080/a?b=c#d", "https://example.com/a/(b)"] {
            assert!(is_url(text), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_urls() {
        for text in [
            "docs",
            "acme.test/docs",
            "https://",
            "https:///a",
            "ftp://acme.test",
            "https://a b",
            "https://a..b",
            "https://a:99999",
        ] {
            assert!(!is_url(text), "{text}");
        }
    }
}
