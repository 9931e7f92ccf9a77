//! The groups of optional headers that operations share.

use super::resolver::Resolver;
use super::scalars::{ONE_WORD, is_scalar};
use super::type_names::Bound;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{OptionGroup, OptionHeader};
use crate::syntax::{HeaderDecl, OptionGroupDecl, SchemeDecl, Spanned, SpannedValue};

impl<'s> Resolver<'s> {
    pub(super) fn option_groups(&mut self) -> Vec<OptionGroup> {
        let mut groups = Vec::new();
        for (name, decl) in self.syntax.decl.options.iter() {
            groups.push(self.option_group(name, decl));
        }
        groups
    }

    fn option_group(&mut self, name: &Spanned<String>, decl: &'s OptionGroupDecl) -> OptionGroup {
        let doc = self.doc(decl.doc.as_ref(), name, "the option");
        self.check_group_headers(decl);
        if decl.headers.is_empty() {
            let message = format!("the option `{}` has no header", name.value);
            self.report(
                Diagnostic::error(Code::InvalidValue, name.span, message)
                    .label("no request is sent")
                    .help("describe a header under `headers`, or remove the option"),
            );
        }
        let headers = decl.headers.all().map(|(name, header)| self.option_header(name, header)).collect();
        OptionGroup { name: name.value.clone(), doc, headers, span: name.span }
    }

    /// Resolves one header. The declaration is missing if it could not be read.
    fn option_header(&mut self, name: &Spanned<String>, decl: Option<&'s HeaderDecl>) -> OptionHeader {
        let Some(decl) = decl else {
            let field = self.unparsed_field(name);
            return OptionHeader {
                name: field.name,
                header: String::new(),
                ty: field.ty,
                doc: String::new(),
                example: None,
                span: name.span,
            };
        };
        self.check_header_name(&decl.header, decl.header.span);
        let is_http = |scheme: &SchemeDecl| {
            matches!(scheme, SchemeDecl::Basic(_) | SchemeDecl::Bearer(_) | SchemeDecl::ClientCredentials(_))
        };
        if self.syntax.decl.auth.as_ref().is_some_and(|auth| auth.value.parts().into_iter().any(is_http)) {
            let help = "remove it; a token of the caller is a parameter with `in: bearer`";
            self.check_authorization(&decl.header, decl.header.span, help);
        }
        let doc = self.doc(decl.doc.as_ref(), name, "the header");
        let Bound { ty, nullable, .. } = self.type_of(None, &decl.ty);
        if nullable {
            self.report(
                Diagnostic::error(Code::MisplacedParam, decl.ty.span, "null cannot be sent in a header")
                    .label("nullable")
                    .help("remove `| null`: a header that is not set is not sent"),
            );
        }
        if !is_scalar(&ty, &[]) {
            self.report(
                Diagnostic::error(
                    Code::MisplacedParam,
                    decl.ty.span,
                    format!("`{}` cannot be sent in a header", decl.ty.value),
                )
                .label(ONE_WORD),
            );
        }
        if let Some(value) = &decl.example {
            self.check_later(value, &ty, None, Code::ExampleMismatch, "the example");
        }
        let example = decl.example.as_ref().map(SpannedValue::to_value);
        OptionHeader {
            name: name.value.clone(),
            header: decl.header.value.clone(),
            ty,
            doc,
            example,
            span: name.span,
        }
    }
}
