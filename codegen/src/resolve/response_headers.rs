//! Rules of the fields of responses that are read from headers, and of their defaults.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Field, Format, Type};
use crate::syntax::{FieldDecl, Spanned, TypedDecl};

impl Resolver<'_> {
    /// Checks the name of a header that a field is read from. The key of a field is rarely the name of a header.
    pub(super) fn check_header_is_named(&mut self, decl: &FieldDecl, field: &Field) {
        let is_odd = field.name.contains(|c: char| c == '_' || c.is_uppercase());
        if decl.wire_name.is_none() && is_odd {
            let message = format!("the header of `{}` has no name", field.name);
            self.report_missing(
                field.span,
                Diagnostic::error(Code::MissingKey, field.span, message)
                    .label("missing `wire_name`")
                    .help("add `wire_name:` with the name of the header, such as `X-Total-Count`"),
            );
        }
    }

    /// Reports a list of texts that contain commas themselves.
    pub(super) fn check_list_in_header(&mut self, written: &Spanned<String>, field: &Field) {
        let Type::List(item) = &field.ty else { return };
        let (label, help) = if **item == Type::Formatted(Format::Timestamp) {
            ("dates of HTTP contain commas", "use `string`, and decode the times in the program")
        } else if field.wire.eq_ignore_ascii_case("set-cookie") {
            ("cookies contain commas", "read the cookies from the metadata of the response")
        } else {
            return;
        };
        let message = format!("the header `{}` cannot be separated at commas", field.wire);
        self.report(Diagnostic::error(Code::MisplacedParam, written.span, message).label(label).help(help));
    }

    /// Reports the default of an optional field, which is read as absent.
    pub(super) fn check_default_is_used(&mut self, typed: &TypedDecl<'_>, field: &Field) {
        let Some(default) = typed.default.filter(|_| field.optional && !field.nullable) else { return };
        let message = format!("the optional field `{}` must not have a default", field.name);
        self.report(
            Diagnostic::error(Code::ValueOutOfRange, default.head(), message)
                .label("an absent field is read as absent")
                .help("remove `?` from the type to read an absent field as the default, or remove `default`"),
        );
    }
}
