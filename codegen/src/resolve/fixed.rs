//! Parameters that the caller does not pass: constants, and values that the client fills from a credential.

use super::described::Described;
use super::references::optional_name;
use super::resolver::{Resolver, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{BodyEncoding, Credential, FixedParam, FixedValue, ParamLocation};
use crate::syntax::{ParamDecl, Spanned, SpannedValue};
use crate::value::Value;

impl Resolver<'_> {
    /// Resolves a value that the caller does not pass. The value is null if it is invalid.
    pub(super) fn fixed(&mut self, described: Described<'_>, declared: &ParamDecl<'_>) -> Option<FixedParam> {
        if let ParamDecl::Typed(_) = declared {
            return None;
        }
        let Described { name, decl, .. } = described;
        let wire = text(decl.wire_name.as_ref()).unwrap_or_else(|| name.value.clone());
        let location = described.location(&wire);
        self.check_path(described, &wire, location);
        self.check_location(described, location);
        if location == ParamLocation::Bearer {
            let message = "a bearer token must be a parameter of the caller".to_owned();
            self.report(
                Diagnostic::error(Code::MisplacedParam, described.at(), message)
                    .label("must not be a constant or a credential")
                    .help("set the token of all requests under `auth` in `api.yaml`"),
            );
        }
        if location == ParamLocation::WholeBody {
            let message = "the whole body must be a parameter of the caller".to_owned();
            self.report(
                Diagnostic::error(Code::MisplacedParam, described.at(), message)
                    .label("must not be a constant or a credential")
                    .help(match described.content_type.encoding() {
                        BodyEncoding::Raw => {
                            "write `type: string`, so that callers pass the text; `example:` shows it"
                        }
                        _ => "remove `in: whole_body` to send it as a key of the body",
                    }),
            );
        }
        let (value, optional) = match declared {
            ParamDecl::Typed(_) => return None,
            ParamDecl::Constant(constant) => {
                let value = self.constant(name, decl, constant).value;
                let is_in_json = matches!(location, ParamLocation::Body | ParamLocation::WholeBody);
                if !is_in_json && !value.is_scalar() {
                    self.report_composed_constant(constant.value, location);
                }
                (FixedValue::Constant(value), false)
            }
            ParamDecl::Credential(credential) => {
                self.report_extra("credential", &credential.extra);
                self.fixed_credential(described, credential.value, location)
            }
        };
        Some(FixedParam { wire, location, value, optional, span: name.span })
    }

    fn report_composed_constant(&mut self, tree: &SpannedValue, location: ParamLocation) {
        let message = format!("a constant in the {} is text, a number or a boolean", location.as_str());
        self.report(
            Diagnostic::error(Code::MisplacedParam, tree.head(), message)
                .label(format!("found {}", tree.to_value().kind()))
                .help("write the text that the server expects, or add `in: body`"),
        );
    }

    /// Returns the credential that fills a parameter, and whether a client can lack it.
    ///
    /// The credential is null if it is unknown.
    fn fixed_credential(
        &mut self,
        described: Described<'_>,
        from: &Spanned<String>,
        location: ParamLocation,
    ) -> (FixedValue, bool) {
        let credentials = &described.api.credentials;
        let (name, optional) = optional_name(from);
        let index = self.credential(&Spanned::new(from.span, name.to_owned()), credentials);
        if let Some(credential) = index.and_then(|index| credentials.get(index)).filter(|_| optional) {
            self.check_optional_credential(described, from, credential, location);
        }
        (index.map_or(FixedValue::Constant(Value::Null), FixedValue::Credential), optional)
    }

    /// Checks that the `?` belongs to a credential that clients can lack, and that the request is complete without the
    /// parameter.
    fn check_optional_credential(
        &mut self,
        described: Described<'_>,
        from: &Spanned<String>,
        credential: &Credential,
        location: ParamLocation,
    ) {
        if !credential.optional {
            let message = format!("every client has the credential `{}`", credential.name);
            let problem = Diagnostic::error(Code::MisplacedParam, from.span, message)
                .label("the `?` has no effect")
                .note(credential.span, "defined here");
            self.report(match credential.secret {
                true => problem.help("remove the `?`, or declare the credential with `type: secret?`"),
                false => problem.help("remove the `?`"),
            });
        } else if location == ParamLocation::Path {
            let message = format!("the path parameter `{}` must not be optional", described.name.value);
            self.report(
                Diagnostic::error(Code::PathParamOptional, from.span, message)
                    .label("a client without the credential cannot build the path")
                    .help("remove the `?`"),
            );
        }
    }
}
