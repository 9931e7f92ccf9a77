//! Types that are names for other types. A use of the name has the other type.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Type, TypeId};
use crate::syntax::{Spanned, TypeDecl};

impl<'s> Resolver<'s> {
    /// Returns the declaration of a type that is an alias, with its type expression.
    pub(super) fn alias_decl(&self, id: TypeId) -> Option<(&'s TypeDecl, &'s Spanned<String>)> {
        let decl = self.scope.types.get(id.0)?.decl?;
        let is_other =
            decl.id.is_some() || decl.values.is_some() || decl.fields.is_some() || decl.one_of.is_some();
        Some((decl, decl.alias.as_ref().filter(|_| !is_other)?))
    }

    /// Returns the type that an alias refers to.
    pub(super) fn alias(&mut self, id: TypeId, written: &Spanned<String>) -> Type {
        if let Some(known) = self.aliases.get(&id) {
            return match known.clone() {
                Some(ty) => ty,
                None => self.recursive_alias(id),
            };
        }
        self.aliases.insert(id, None);
        let resource = self.scope.types.get(id.0).map(|declared| declared.resource);
        let bound = self.type_of(resource, written);
        if bound.optional || bound.nullable {
            let mark = if bound.optional { "?" } else { "| null" };
            self.report(
                Diagnostic::error(Code::InvalidValue, written.span, format!("a type has no `{mark}`"))
                    .label("every value of a type is present")
                    .help(format!("remove `{mark}`, and write it where the type is used")),
            );
        }
        self.check_no_binary(written, &bound.ty, "a type");
        self.aliases.insert(id, Some(bound.ty.clone()));
        bound.ty
    }

    fn recursive_alias(&mut self, id: TypeId) -> Type {
        if let Some(declared) = self.scope.types.get(id.0) {
            let name = declared.name;
            let message = format!("the type `{}` is a name for a type that contains it", name.value);
            self.report(
                Diagnostic::error(Code::EndlessType, name.span, message)
                    .label("only types with `fields` or `one_of` can contain themselves")
                    .help("define an object with `fields`, or a union with `one_of` whose variants are lists or maps"),
            );
        }
        self.unparsed_type()
    }
}
