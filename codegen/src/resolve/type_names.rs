//! The types that the names in type expressions refer to.

use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest, quoted};
use crate::model::{Format, Integer, ResourceId, Type, TypeId};
use crate::source::Span;
use crate::syntax::{Spanned, TypeExpr, TypeWord, parse_type};
use crate::type_hints;

/// The built-in types of the language.
const BUILT_IN: &[(&str, Type)] = &[
    ("string", Type::String),
    ("secret", Type::Secret),
    ("bool", Type::Bool),
    ("int8", Type::Integer(Integer::Int8)),
    ("int16", Type::Integer(Integer::Int16)),
    ("int32", Type::Integer(Integer::Int32)),
    ("int64", Type::Integer(Integer::Int64)),
    ("uint8", Type::Integer(Integer::Uint8)),
    ("uint16", Type::Integer(Integer::Uint16)),
    ("uint32", Type::Integer(Integer::Uint32)),
    ("uint64", Type::Integer(Integer::Uint64)),
    ("float64", Type::Float64),
    ("decimal", Type::Formatted(Format::Decimal)),
    ("timestamp", Type::Formatted(Format::Timestamp)),
    ("unix_seconds", Type::UnixSeconds),
    ("date", Type::Formatted(Format::Date)),
    ("time", Type::Formatted(Format::Time)),
    ("duration", Type::Formatted(Format::Duration)),
    ("uuid", Type::Formatted(Format::Uuid)),
    ("url", Type::Formatted(Format::Url)),
    ("bytes", Type::Formatted(Format::Bytes)),
    ("json", Type::Json),
    ("object", Type::Object),
    ("binary", Type::Binary),
];

/// A resolved type expression.
pub(super) struct Bound {
    pub ty: Type,
    /// Whether the value can be absent.
    pub optional: bool,
    /// Whether the value can be null.
    pub nullable: bool,
    /// The alias that is written as the type.
    pub alias: Option<TypeId>,
}

impl<'s> Resolver<'s> {
    /// Resolves a type expression.
    pub(super) fn type_of(&mut self, from: Option<ResourceId>, text: &Spanned<String>) -> Bound {
        match parse_type(text) {
            Ok(expr) => {
                let ty = self.bind(from, &expr);
                let found = match &expr.word {
                    TypeWord::Name(name) => self.scope.find(from, name),
                    TypeWord::List(_) | TypeWord::Map(_) | TypeWord::Tuple(_) => None,
                };
                let alias = found.filter(|id| self.alias_decl(*id).is_some());
                Bound { ty, optional: expr.optional, nullable: expr.nullable, alias }
            }
            Err(problem) => {
                self.report(*problem);
                Bound { ty: self.unparsed_type(), optional: false, nullable: false, alias: None }
            }
        }
    }

    fn bind(&mut self, from: Option<ResourceId>, expr: &TypeExpr) -> Type {
        match &expr.word {
            TypeWord::List(item) => Type::List(Box::new(self.bind_item(from, item))),
            TypeWord::Map(item) => Type::Map(Box::new(self.bind_item(from, item))),
            TypeWord::Tuple(items) => {
                Type::Tuple(items.iter().map(|item| self.bind_item(from, item)).collect())
            }
            TypeWord::Name(name) => {
                if let Some((_, ty)) = BUILT_IN.iter().find(|(word, _)| word == name) {
                    return ty.clone();
                }
                if let Some(found) = self.scope.find(from, name) {
                    return match self.alias_decl(found) {
                        Some((_, written)) => {
                            self.used_aliases.insert(found);
                            self.alias(found, written)
                        }
                        None => Type::Named(found),
                    };
                }
                if type_hints::native(name).is_some() || !self.may_be_unparsed(from, name) {
                    let problem = self.unknown_type(from, name, expr.span);
                    self.report(problem);
                }
                self.unparsed_type()
            }
        }
    }

    /// Returns a placeholder for an invalid type.
    pub(super) fn unparsed_type(&mut self) -> Type {
        self.is_partial = true;
        Type::Unparsed
    }

    fn bind_item(&mut self, from: Option<ResourceId>, expr: &TypeExpr) -> Type {
        let item = self.bind(from, expr);
        if expr.nullable { Type::Nullable(Box::new(item)) } else { item }
    }

    /// Whether the name can be defined in an unreadable file, which is already reported.
    fn may_be_unparsed(&self, from: Option<ResourceId>, name: &str) -> bool {
        let unparsed = |id: ResourceId| self.may_define_types(id);
        let last = name.rsplit('.').next().unwrap_or(name);
        if self.syntax.unknown.contains(last) {
            return true;
        }
        match name.rsplit_once('.') {
            Some((resource, _)) => self.scope.resources.get(resource).is_some_and(|id| unparsed(*id)),
            None => from.is_some_and(|from| self.scope.around(from).any(unparsed)),
        }
    }

    /// Whether the part of the file with its types could not be read.
    fn may_define_types(&self, id: ResourceId) -> bool {
        let resource = self.syntax.resources.get(id.0);
        resource.is_some_and(|it| self.syntax.is_unparsed(it.span) && it.decl.types.is_empty())
    }

    fn unknown_type(&self, from: Option<ResourceId>, name: &str, span: Span) -> Diagnostic {
        let (resource, last) =
            name.rsplit_once('.').map_or((None, name), |(resource, last)| (Some(resource), last));
        if let Some(resource) = resource.filter(|resource| !self.scope.resources.contains_key(*resource)) {
            return self.unknown_resource(resource, span);
        }
        let problem = Diagnostic::error(Code::UnknownType, span, format!("undefined type `{name}`"));
        let elsewhere = self.scope.types.iter().find(|declared| declared.name.value == last);
        if let Some(declared) = elsewhere {
            let path = self.path_of(declared.resource);
            let here = || "not defined in this resource or around it".to_owned();
            let label = resource.map_or_else(here, |resource| format!("not defined in `{resource}`"));
            return problem
                .label(label)
                .note(declared.name.span, format!("`{last}` is defined in `{path}`"))
                .help(format!("write `{path}.{last}`"));
        }
        if let Some(word) = type_hints::native(name) {
            return problem.label("a type of another language").help(format!("write `{word}`"));
        }
        if let ("array" | "list" | "vec" | "Array" | "Vec", None) = (name, resource) {
            return problem
                .label("a type of another language")
                .help("write `list<T>` with the type of the items");
        }
        if let ("whole_body" | "query" | "header" | "cookie", None) = (name, resource) {
            return problem.label("the location of a parameter").help(format!(
                "write the location below the name of the parameter: `user: {{ type: User, in: {name} }}`"
            ));
        }
        let reach = self.names_in_reach(from, resource);
        match (nearest(last, reach.iter().copied()), resource) {
            (Some(near), None) => problem.label(format!("did you mean `{near}`?")),
            (Some(near), Some(resource)) => problem.label(format!("did you mean `{resource}.{near}`?")),
            (None, None) => match self.near_elsewhere(last) {
                Some(near) => problem.label(format!("did you mean `{near}`?")),
                None => problem.label("not defined").help(format!(
                    "define it under `types:`, or use one of {}",
                    quoted(BUILT_IN.iter().map(|(word, _)| *word))
                )),
            },
            (None, Some(resource)) if reach.is_empty() => {
                problem.label(format!("`{resource}` defines no type"))
            }
            (None, Some(resource)) => problem
                .label(format!("not a type of `{resource}`"))
                .help(format!("its types are {}", quoted(reach.into_iter()))),
        }
    }

    /// Returns the full name of a type with a similar name in another resource.
    fn near_elsewhere(&self, name: &str) -> Option<String> {
        let near = nearest(name, self.scope.types.iter().map(|declared| declared.name.value.as_str()))?;
        let declared = self.scope.types.iter().find(|declared| declared.name.value == near)?;
        Some(format!("{}.{near}", self.path_of(declared.resource)))
    }

    /// Returns candidates for a misspelled type: built-in names and the types in scope, or those of the named resource.
    fn names_in_reach(&self, from: Option<ResourceId>, resource: Option<&str>) -> Vec<&str> {
        let named = resource.and_then(|resource| self.scope.resources.get(resource).copied());
        let around: Vec<ResourceId> = match (named, from) {
            (Some(named), _) => vec![named],
            (None, Some(from)) => self.scope.around(from).collect(),
            (None, None) => Vec::new(),
        };
        let built_in = BUILT_IN.iter().map(|(word, _)| *word).filter(|_| named.is_none());
        let declared = self.scope.types.iter().filter(|declared| around.contains(&declared.resource));
        built_in.chain(declared.map(|declared| declared.name.value.as_str())).collect()
    }

    fn unknown_resource(&self, resource: &str, span: Span) -> Diagnostic {
        let here = Span { end: (span.start + resource.len()).min(span.end), ..span };
        let problem =
            Diagnostic::error(Code::UnknownResource, here, format!("undefined resource `{resource}`"));
        match nearest(resource, self.scope.resources.keys().map(String::as_str)) {
            Some(near) => problem.label(format!("did you mean `{near}`?")),
            None => problem.label("no file describes this resource").help(format!(
                "the resources are {}",
                quoted(self.scope.resources.keys().map(String::as_str))
            )),
        }
    }

    pub(super) fn path_of(&self, resource: ResourceId) -> String {
        self.syntax.resources.get(resource.0).map(|resource| resource.path.join(".")).unwrap_or_default()
    }
}
