//! Types whose values differ between requests and responses, because of read-only and write-only fields.

use super::resolver::Resolver;
use super::usage::{self, Roots};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    AdditionalFields, Api, Constant, Direction, Field, Object, Shape, Type, TypeDef, TypeId, Union,
};
use crate::syntax::{Entries, FieldDecl, Spanned};
use crate::value::Value;

impl Resolver<'_> {
    /// Reports the direction of parameters, and of fields that only responses contain anyway.
    pub(super) fn check_no_direction(&mut self, decls: &Entries<FieldDecl>) {
        for (_, decl) in decls.iter() {
            let keys = [("read_only", &decl.read_only), ("write_only", &decl.write_only)];
            for (key, flag) in keys.into_iter().filter_map(|(key, flag)| Some((key, flag.as_ref()?))) {
                let message = format!("`{key}` is a key of the fields of types");
                self.report(
                    Diagnostic::error(Code::InvalidValue, flag.span, message)
                        .label("has one direction anyway")
                        .help(format!("remove `{key}`")),
                );
            }
        }
    }

    /// Returns the only direction of a field or a variant, and reports one without any.
    pub(super) fn direction(
        &mut self,
        what: &str,
        [read, write]: [&Option<Spanned<bool>>; 2],
    ) -> Option<Direction> {
        let is_set = |flag: &Option<Spanned<bool>>| flag.as_ref().is_some_and(|flag| flag.value);
        match (is_set(read), is_set(write), read, write) {
            (true, false, ..) => Some(Direction::Response),
            (false, true, ..) => Some(Direction::Request),
            (true, true, Some(read), Some(write)) => {
                self.report(
                    Diagnostic::error(
                        Code::InvalidValue,
                        write.span,
                        format!("{what} is read-only or write-only"),
                    )
                    .label(format!("neither requests nor responses contain {what}"))
                    .note(read.span, format!("excludes {what} from requests"))
                    .help(format!("remove one of the two; without them, both directions contain {what}")),
                );
                None
            }
            _ => None,
        }
    }
}

/// Removes the fields of the other direction from each type.
///
/// A type of both directions that has such fields, directly or indirectly, becomes two types: the one of responses keeps
/// the name, and that of requests is an additional type.
///
/// Returns the problems of unions without variants in one direction.
pub(super) fn split(api: &mut Api) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if !api.types.iter().any(has_direction) {
        return problems;
    }
    let types = api.types.clone();
    let Roots { sent, received } = usage::roots(api);
    let sent = usage::reachable(&types, &sent, Some(Direction::Request));
    let received = usage::reachable(&types, &received, Some(Direction::Response));
    let inputs = inputs(&types, &sent, &received);
    let in_requests = View { types: &types, inputs: &inputs, direction: Direction::Request };
    let in_responses = View { direction: Direction::Response, ..in_requests };
    for (at, def) in types.iter().enumerate() {
        let is_split = inputs.get(at).copied().flatten().is_some();
        let view = match (sent.contains(&TypeId(at)), received.contains(&TypeId(at))) {
            (_, true) if is_split => in_responses,
            (true, false) => in_requests,
            (false, true) => in_responses,
            _ => continue,
        };
        if let Some(own) = api.types.get_mut(at) {
            *own = view.def(def);
            problems.extend(without_variants(def, own, view.direction));
            problems.extend(empty_webhook(def, own));
        }
    }
    for (at, def) in types.iter().enumerate().filter(|(at, _)| inputs.get(*at).is_some_and(Option::is_some)) {
        let input = in_requests.def(def);
        problems.extend(without_variants(def, &input, Direction::Request));
        add_input(api, TypeId(at), input);
    }
    for operation in &mut api.operations {
        operation.params.iter_mut().for_each(|param| param.field = in_requests.field(&param.field));
        for field in operation.response.fields_mut() {
            *field = in_responses.field(field);
        }
    }
    problems
}

/// Returns the problem of a union whose variants are all in the other direction. `own` is the form in this direction.
fn without_variants(def: &TypeDef, own: &TypeDef, direction: Direction) -> Option<Diagnostic> {
    let (place, key) = match direction {
        Direction::Request => ("requests", "read_only"),
        Direction::Response => ("responses", "write_only"),
    };
    (!def.variants().is_empty() && own.variants().is_empty()).then(|| {
        let message = format!("{place} contain no variant of `{}`", def.name);
        Diagnostic::error(Code::InvalidValue, def.span, message)
            .label(format!("every variant is `{key}`"))
            .help(format!("remove `{key}` from a variant, or use another type in {place}"))
    })
}

/// Returns the problem of a webhook whose fields are all write-only, so that it would be read without any.
fn empty_webhook(def: &TypeDef, own: &TypeDef) -> Option<Diagnostic> {
    (def.is_webhook && !def.fields().is_empty() && own.fields().is_empty()).then(|| {
        let message = format!("the webhook `{}` contains no field", def.name);
        Diagnostic::error(Code::InvalidValue, def.span, message)
            .label("every field is `write_only`, and webhooks are received")
            .help("remove `write_only`, or remove `webhook` from a type that is only sent")
    })
}

/// Removes the rules for missing keys from types that are only sent.
pub(super) fn drop_rules_of_responses(api: &mut Api) {
    let sent = api.types.iter_mut().filter(|def| def.in_params && !def.in_response && !def.in_errors);
    for def in sent {
        let Shape::Object(object) = &mut def.shape else { continue };
        for field in &mut object.fields {
            field.assume_utc = false;
            let default = field.when_missing.take();
            if let (Value::Null, Some(default)) = (&field.example, default) {
                field.example = default;
            }
        }
    }
}

fn has_direction(def: &TypeDef) -> bool {
    let has_constant = match &def.shape {
        Shape::Object(object) => object.constants.iter().any(|constant| constant.only_in.is_some()),
        _ => false,
    };
    has_constant
        || def.fields().iter().any(|field| field.only_in.is_some())
        || def.variants().iter().any(|variant| variant.only_in.is_some())
}

/// Returns the ids of the additional types, by the types that differ between the directions.
fn inputs(types: &[TypeDef], sent: &[TypeId], received: &[TypeId]) -> Vec<Option<TypeId>> {
    let is_shared = |id: &TypeId| sent.contains(id) && received.contains(id);
    let shared: Vec<TypeId> = (0..types.len()).map(TypeId).filter(is_shared).collect();
    let mut differs: Vec<bool> = types.iter().map(has_direction).collect();
    loop {
        let contains_other =
            |def: &TypeDef| def.types().flat_map(Type::names).any(|id| differs[id.0] && is_shared(&id));
        let more = shared.iter().find(|id| !differs[id.0] && contains_other(&types[id.0]));
        match more {
            Some(id) => differs[id.0] = true,
            None => break,
        }
    }
    let mut inputs = vec![None; types.len()];
    for (at, id) in shared.iter().filter(|id| differs[id.0]).enumerate() {
        inputs[id.0] = Some(TypeId(types.len() + at));
    }
    inputs
}

/// Adds the form of a type in requests to the types of its resource.
fn add_input(api: &mut Api, output: TypeId, mut input: TypeDef) {
    let id = TypeId(api.types.len());
    let name = format!("{}Input", input.name);
    if let Some(def) = api.types.get_mut(output.0) {
        def.doc = format!("{}\n\nIn requests, the type is [{name}].", def.doc);
    }
    input.doc = format!("{}\n\nIn responses, the type is [{}].", input.doc, input.name);
    input.input_of = Some(std::mem::replace(&mut input.name, name));
    if let Some(resource) = api.resources.get_mut(input.resource.0) {
        let at = resource.types.iter().position(|known| *known == output);
        resource.types.insert(at.map_or(resource.types.len(), |at| at + 1), id);
    }
    api.types.push(input);
}

/// The types of one direction.
#[derive(Clone, Copy)]
struct View<'t> {
    types: &'t [TypeDef],
    inputs: &'t [Option<TypeId>],
    direction: Direction,
}

impl View<'_> {
    fn def(&self, def: &TypeDef) -> TypeDef {
        let shape = match &def.shape {
            Shape::Object(object) => Shape::Object(self.object(object)),
            Shape::Union(union) => Shape::Union(self.union(union)),
            Shape::Alias(ty) => Shape::Alias(self.ty(ty)),
            other => other.clone(),
        };
        // Without an example in this direction, one is built.
        let example = def.shape.within(self.types, &def.example, self.direction).unwrap_or(Value::Null);
        TypeDef { shape, example, ..def.clone() }
    }

    fn object(&self, object: &Object) -> Object {
        let fields = object.fields.iter().filter(|field| self.direction.contains(field.only_in));
        let is_here = |constant: &&Constant| self.direction.contains(constant.only_in);
        Object {
            fields: fields.map(|field| self.field(field)).collect(),
            constants: object.constants.iter().filter(is_here).cloned().collect(),
            additional_fields: object.additional_fields.as_ref().map(|additional| AdditionalFields {
                doc: additional.doc.clone(),
                ty: self.ty(&additional.ty),
            }),
        }
    }

    fn union(&self, union: &Union) -> Union {
        let mut union = union.clone();
        union.variants.retain(|variant| self.direction.contains(variant.only_in));
        union.variants.iter_mut().for_each(|variant| {
            variant.ty = variant.ty.as_ref().map(|ty| self.ty(ty));
        });
        union
    }

    fn field(&self, field: &Field) -> Field {
        let value = |value: &Value| field.ty.within(self.types, value, self.direction);
        Field {
            ty: self.ty(&field.ty),
            example: value(&field.example).unwrap_or(Value::Null),
            when_missing: field.when_missing.as_ref().and_then(value),
            server_default: field.server_default.as_ref().and_then(value),
            ..field.clone()
        }
    }

    fn ty(&self, ty: &Type) -> Type {
        ty.renamed(&|id| match self.direction {
            Direction::Request => self.inputs.get(id.0).copied().flatten().unwrap_or(id),
            Direction::Response => id,
        })
    }
}
