//! Examples: declared ones are checked, and missing ones are built from types and fields.

use super::endless::{depth_of, depths};
use super::fits::{misfits, param_misfits, response_misfits};
use super::implied_examples::example_of_null;
use super::resolver::Resolver;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::{
    Api, Direction, EnumValue, Field, FieldLocation, Object, Operation, Param, Response, Shape, Type,
    TypeDef, Union, Variant,
};
use crate::source::Span;
use crate::syntax::{FieldDecl, OperationDecl, ParamDecl, Spanned, SpannedKind, SpannedValue};
use crate::value::Value;

impl<'s> Resolver<'s> {
    /// Resolves the `example:` of an operation.
    pub(super) fn check_example(&mut self, api: &Api, operation: &mut Operation, decl: &'s OperationDecl) {
        if let Some(params) = &decl.example.params {
            self.example_params(api, operation, decl, params);
        }
        if let Some(options) = &decl.example.options {
            self.example_options(api, operation, decl, options);
        }
        example_of_null(operation, decl);
        if let Some(response) = &decl.example.response {
            // The example of several responses is that of the first one.
            let described = match &operation.response {
                Response::ByStatus(statuses) => statuses.first().map(|first| &first.response),
                described => Some(described),
            };
            let found = match described.map(Response::body).as_deref() {
                Some(Response::Object(object)) => response_misfits(response, object, &api.types),
                Some(Response::Type(ty)) => misfits(response, ty, Some(Direction::Response), &api.types),
                _ => response_misfits(response, &Object::default(), &api.types),
            };
            let headers = described.map(|described| self.check_no_headers(response, described));
            let headers = headers.unwrap_or_default();
            let found = found.into_iter().filter(|misfit| !headers.contains(&misfit.span)).collect();
            self.report_misfits(Code::ExampleMismatch, "the example response", found);
            match &mut operation.response {
                Response::ByStatus(statuses) => {
                    statuses.iter_mut().take(1).for_each(|first| first.example = Some(response.to_value()));
                }
                _ => operation.example.response = Some(response.to_value()),
            }
        } else if !matches!(operation.response, Response::ByStatus(_)) {
            operation.example.response = self.example_of_alias(operation.resource, decl);
        }
    }

    /// Reports headers in the example of a body, and returns their spans.
    fn check_no_headers(&mut self, example: &SpannedValue, response: &Response) -> Vec<Span> {
        let (Response::Object(object), SpannedKind::Map(entries)) = (response, &example.kind) else {
            return Vec::new();
        };
        let is_in_header = |field: &&Field| field.location == FieldLocation::Header;
        let is_key = |key: &str| object.fields.iter().any(|it| !is_in_header(&it) && it.wire == key);
        let mut found = Vec::new();
        for (key, _) in entries.iter().filter(|(key, _)| !is_key(&key.value)) {
            let mut headers = object.fields.iter().filter(is_in_header);
            let is_named =
                |field: &&Field| field.name == key.value || field.wire.eq_ignore_ascii_case(&key.value);
            let Some(field) = headers.find(is_named) else { continue };
            let message = format!("`{}` is a header, and the example is the body", key.value);
            self.report(
                Diagnostic::error(Code::ExampleMismatch, key.span, message)
                    .label("not in the body")
                    .help(format!("write the value as the `example` of the field `{}`", field.name)),
            );
            found.push(key.span);
        }
        found
    }

    fn entries<'t>(&mut self, tree: &'t SpannedValue) -> &'t [(Spanned<String>, SpannedValue)] {
        match &tree.kind {
            SpannedKind::Map(entries) => entries,
            _ => {
                self.report(
                    Diagnostic::error(Code::WrongKind, tree.head(), "expected a map of names and values")
                        .label("expected a map"),
                );
                &[]
            }
        }
    }

    fn example_params(
        &mut self,
        api: &Api,
        operation: &mut Operation,
        decl: &OperationDecl,
        params: &SpannedValue,
    ) {
        for (name, value) in self.entries(params) {
            let Some(index) = operation.params.iter().position(|param| param.field.name == name.value) else {
                self.report_unknown_param(api, operation, name, decl);
                continue;
            };
            let field = &operation.params[index].field;
            let clears = field.nullable && value.to_value() == Value::Null;
            let found = if clears { Vec::new() } else { param_misfits(value, field, &api.types) };
            self.report_misfits(Code::ExampleMismatch, "the example", found);
            operation.example.params.push((index, value.to_value()));
        }
    }

    fn report_unknown_param(
        &mut self,
        api: &Api,
        operation: &Operation,
        name: &Spanned<String>,
        decl: &OperationDecl,
    ) {
        let described = decl.params.get(&name.value).map(|(_, decl)| decl);
        let holds = |param: &&Param| param.flatten && has_key(api, &param.field.ty, &name.value);
        let message = format!("the operation has no parameter `{}`", name.value);
        let problem = Diagnostic::error(Code::ExampleMismatch, name.span, message);
        match (described.map(FieldDecl::as_param), operation.params.iter().find(holds)) {
            (Some(declared @ (ParamDecl::Constant(_) | ParamDecl::Credential(_))), _) => {
                let why = match declared {
                    ParamDecl::Credential(_) => "the client sets its value",
                    _ => "its value is constant",
                };
                let message = format!("callers do not pass `{}`: {why}", name.value);
                self.report(
                    Diagnostic::error(Code::ExampleMismatch, name.span, message).label("not allowed here"),
                );
            }
            // A parameter that could not be read is still known.
            (Some(_), _) => {}
            (None, Some(param)) => self.report(
                problem
                    .label(format!("a key of the parameter `{}`", param.field.name))
                    .help(format!("write `{}: {{ {}: … }}`", param.field.name, name.value)),
            ),
            // A placeholder without a parameter is reported at the placeholder.
            (None, None) if operation.path.contains(&format!("{{{}}}", name.value)) => {}
            (None, None) => {
                let names = operation.params.iter().map(|param| param.field.name.as_str());
                self.report_unknown_name(name, "parameter", nearest(&name.value, names));
            }
        }
    }

    fn example_options(
        &mut self,
        api: &Api,
        operation: &mut Operation,
        decl: &OperationDecl,
        options: &SpannedValue,
    ) {
        for (name, value) in self.entries(options) {
            let groups = operation.options.iter().enumerate();
            let headers = groups.flat_map(|(group, index)| {
                let headers =
                    api.options.get(*index).map(|group| group.headers.as_slice()).unwrap_or_default();
                headers.iter().enumerate().map(move |(at, header)| (group, at, header))
            });
            let headers: Vec<_> = headers.collect();
            let Some((group, at, header)) = headers.iter().find(|(_, _, header)| header.name == name.value)
            else {
                // An option of an unknown group is reported with the group.
                if operation.options.len() < decl.options.len() {
                    continue;
                }
                let mut groups = api.options.iter();
                let lacked = groups.find(|group| group.headers.iter().any(|it| it.name == name.value));
                match lacked {
                    Some(group) => self.lacks_option(name, &group.name),
                    None => self.report_unknown_name(
                        name,
                        "option",
                        nearest(&name.value, headers.iter().map(|(_, _, header)| header.name.as_str())),
                    ),
                }
                continue;
            };
            let found = misfits(value, &header.ty, None, &api.types);
            self.report_misfits(Code::ExampleMismatch, "the example", found);
            operation.example.options.push((*group, *at, value.to_value()));
        }
    }

    /// Reports an option that exists, but whose group the operation does not list.
    fn lacks_option(&mut self, name: &Spanned<String>, group: &str) {
        let message = format!("the operation does not accept the option `{}`", name.value);
        self.report(
            Diagnostic::error(Code::ExampleMismatch, name.span, message)
                .label(format!("an option of the group `{group}`"))
                .help(format!("add `{group}` to `options:` of the operation, or remove this")),
        );
    }

    fn report_unknown_name(&mut self, name: &Spanned<String>, what: &str, near: Option<&str>) {
        let label = near.map_or_else(
            || format!("no such {what}"),
            |near| format!("no such {what}; did you mean `{near}`?"),
        );
        self.report(
            Diagnostic::error(
                Code::ExampleMismatch,
                name.span,
                format!("the operation has no {what} `{}`", name.value),
            )
            .label(label),
        );
    }

    /// Builds every missing example. The API has no errors at this point.
    pub(super) fn fill_examples(&self, api: &mut Api) {
        let given = api.types.iter().map(|def| Some(&def.example).filter(|it| **it != Value::Null).cloned());
        let given = given.collect();
        let mut builder = ExampleBuilder {
            types: &api.types,
            depths: depths(&api.types),
            built: given,
            busy: vec![false; api.types.len()],
        };
        let examples: Vec<Value> = (0..api.types.len())
            .map(|at| builder.of_type(&Type::Named(crate::model::TypeId(at))).unwrap_or(Value::Null))
            .collect();
        let mut operations = std::mem::take(&mut api.operations);
        for operation in &mut operations {
            fill_operation(&mut builder, operation);
        }
        let mut field_examples: Vec<Vec<Value>> = Vec::with_capacity(api.types.len());
        for def in &api.types {
            field_examples.push(
                def.fields().iter().map(|field| builder.of_field(field).unwrap_or(Value::Null)).collect(),
            );
        }
        let samples: Vec<Vec<Option<Value>>> = api.types.iter().map(|def| builder.samples_of(def)).collect();
        api.operations = operations;
        for (((def, example), fields), mut samples) in
            api.types.iter_mut().zip(examples).zip(field_examples).zip(samples)
        {
            def.example = example;
            if let Shape::Union(union) = &mut def.shape {
                let variants = union.variants.iter_mut();
                variants.zip(&mut samples).for_each(|(variant, sample)| variant.example = sample.take());
            }
            if let Shape::Object(own) = &mut def.shape {
                for (field, example) in own.fields.iter_mut().zip(fields) {
                    field.example = example;
                }
            }
        }
    }
}

fn fill_operation(builder: &mut ExampleBuilder<'_>, operation: &mut Operation) {
    for (index, param) in operation.params.iter_mut().enumerate() {
        let given =
            operation.example.params.iter().find(|(at, _)| *at == index).map(|(_, value)| value.clone());
        let is_given = given.is_some();
        param.field.example = given.or_else(|| builder.of_field(&param.field)).unwrap_or(Value::Null);
        if !is_given && !param.field.optional {
            operation.example.params.push((index, param.field.example.clone()));
        }
    }
    operation.example.params.sort_by_key(|(index, _)| *index);
    operation.example.options.sort_by_key(|(group, header, _)| (*group, *header));
    fill_response(builder, &mut operation.response, &mut operation.example.response);
}

/// Builds the missing example of a response, and those of its fields.
fn fill_response(builder: &mut ExampleBuilder<'_>, response: &mut Response, example: &mut Option<Value>) {
    if example.is_none() {
        *example = match &*response.body() {
            Response::Object(object) => builder.of_object(object),
            Response::Type(ty) => builder.of_type(ty),
            Response::Empty | Response::ByStatus(_) => None,
        };
    }
    match response {
        Response::Object(object) => {
            for field in &mut object.fields {
                field.example = builder.of_field(field).unwrap_or(Value::Null);
            }
        }
        Response::ByStatus(statuses) => {
            for status in statuses {
                fill_response(builder, &mut status.response, &mut status.example);
            }
        }
        Response::Empty | Response::Type(_) => {}
    }
}

/// A builder of example values.
struct ExampleBuilder<'t> {
    types: &'t [TypeDef],
    /// The number of types inside of each other in the smallest value of each type.
    depths: Vec<Option<usize>>,
    /// The declared and the built examples, by type.
    built: Vec<Option<Value>>,
    /// The types whose examples are being built. Reaching such a type again means that it contains itself.
    busy: Vec<bool>,
}

impl ExampleBuilder<'_> {
    fn of_type(&mut self, ty: &Type) -> Option<Value> {
        Some(match ty {
            Type::String => Value::Text("text".to_owned()),
            Type::Secret => Value::Text("secret".to_owned()),
            Type::Binary | Type::File => Value::Text("content".to_owned()),
            Type::Bool => Value::Bool(true),
            Type::Integer(_) => Value::Int(1),
            Type::Float64 => Value::Float(1.5),
            Type::Formatted(format) => Value::Text(format.example().to_owned()),
            Type::UnixSeconds => Value::Int(1_714_564_800),
            Type::Json | Type::Object => {
                Value::Map(vec![("key".to_owned(), Value::Text("value".to_owned()))])
            }
            Type::List(item) => Value::List(self.of_type(item).into_iter().collect()),
            Type::Map(item) => {
                Value::Map(self.of_type(item).map(|item| (key_of(&item), item)).into_iter().collect())
            }
            Type::Tuple(items) => {
                Value::List(items.iter().map(|item| self.of_type(item)).collect::<Option<_>>()?)
            }
            Type::Nullable(item) => return self.of_type(item),
            Type::Unparsed => return None,
            Type::Named(id) => return self.of_named(id.0),
        })
    }

    fn of_named(&mut self, at: usize) -> Option<Value> {
        if let Some(Some(built)) = self.built.get(at) {
            return Some(built.clone());
        }
        let def = self.types.get(at)?;
        if std::mem::replace(self.busy.get_mut(at)?, true) {
            return None;
        }
        let value = match &def.shape {
            Shape::Id { noun, .. } => Some(Value::Text(format!("{noun}-1"))),
            Shape::Enum { values } => {
                let first = values.iter().find(|value| value.deprecated.is_none()).or_else(|| values.first());
                Some(first.map_or_else(|| Value::Text(String::new()), EnumValue::value))
            }
            Shape::Object(object) => self.of_object(object),
            Shape::Union(union) => self.of_union(union),
            Shape::Alias(ty) => self.of_type(ty),
        };
        *self.busy.get_mut(at)? = false;
        self.built.get_mut(at)?.clone_from(&value);
        value
    }

    /// Builds an object. Returns `None` if a mandatory field would contain a value that is being built.
    fn of_object(&mut self, object: &Object) -> Option<Value> {
        let constants = object.constants.iter();
        let mut entries: Vec<_> = constants.map(|it| (it.wire.clone(), it.value.clone())).collect();
        for field in object.fields.iter().filter(|field| !field.optional || has_content(field)) {
            match self.of_field(field) {
                Some(value) => entries.push((field.wire.clone(), value)),
                None if field.is_mandatory() => return None,
                None => {}
            }
        }
        Some(Value::Map(entries))
    }

    /// Builds an example from the first recommended variant. A variant that contains the union again gives way to the
    /// variant with the smallest value.
    fn of_union(&mut self, union: &Union) -> Option<Value> {
        let mut variants = union.variants.iter();
        let first = variants.clone().find(|variant| variant.deprecated.is_none()).or_else(|| variants.next());
        let Some(first) = first else { return Some(Value::Null) };
        self.sample_of(union, first).or_else(|| self.smallest_of_union(union))
    }

    fn smallest_of_union(&mut self, union: &Union) -> Option<Value> {
        let depth = |variant: &Variant| match &variant.ty {
            Some(ty) => depth_of(&self.depths, ty),
            None => Some(0),
        };
        let shallow = union.variants.iter().filter_map(|variant| Some((depth(variant)?, variant)));
        let (_, variant) = shallow.min_by_key(|(depth, _)| *depth)?;
        let content = match &variant.ty {
            Some(ty) => Some(self.smallest(ty)?),
            None => None,
        };
        Some(sample(union, variant, content))
    }

    /// Builds the value with the fewest types inside of each other, without optional parts. It never contains itself.
    fn smallest(&mut self, ty: &Type) -> Option<Value> {
        let Type::Named(id) = ty else {
            return match ty {
                Type::List(_) => Some(Value::List(Vec::new())),
                Type::Map(_) => Some(Value::Map(Vec::new())),
                Type::Nullable(item) => self.smallest(item),
                Type::Tuple(items) => {
                    let items = items.iter().map(|item| self.smallest(item)).collect::<Option<_>>();
                    items.map(Value::List)
                }
                _ => self.of_type(ty),
            };
        };
        if let Some(Some(built)) = self.built.get(id.0) {
            return Some(built.clone());
        }
        match &self.types.get(id.0)?.shape {
            Shape::Union(union) => self.smallest_of_union(union),
            Shape::Object(object) => {
                let constants = object.constants.iter();
                let mut entries: Vec<_> = constants.map(|it| (it.wire.clone(), it.value.clone())).collect();
                for field in object.fields.iter().filter(|field| field.is_mandatory()) {
                    let value = match &field.example {
                        Value::Null => self.smallest(&field.ty)?,
                        example => example.clone(),
                    };
                    entries.push((field.wire.clone(), value));
                }
                Some(Value::Map(entries))
            }
            Shape::Alias(ty) => self.smallest(ty),
            Shape::Id { .. } | Shape::Enum { .. } => self.of_type(ty),
        }
    }

    /// Builds a value of each variant of a union, from the description alone.
    fn samples_of(&mut self, def: &TypeDef) -> Vec<Option<Value>> {
        let Shape::Union(union) = &def.shape else { return Vec::new() };
        union.variants.iter().map(|variant| self.sample_of(union, variant)).collect()
    }

    fn sample_of(&mut self, union: &Union, variant: &Variant) -> Option<Value> {
        let content = match &variant.ty {
            Some(ty) => Some(self.of_type(ty)?),
            None => None,
        };
        Some(sample(union, variant, content))
    }

    fn of_field(&mut self, field: &Field) -> Option<Value> {
        match (&field.example, field.when_missing.as_ref().or(field.server_default.as_ref())) {
            (Value::Null, Some(default)) if *default != Value::Null => Some(default.clone()),
            (Value::Null, _) => self.of_type(&field.ty),
            (example, _) => Some(example.clone()),
        }
    }
}

/// Returns the value of a variant with this content.
fn sample(union: &Union, variant: &Variant, content: Option<Value>) -> Value {
    let tag = union.tag.first().map(|tag| (tag.clone(), variant.tag_value()));
    match (&variant.key, content) {
        (_, None) => Value::Map(tag.into_iter().collect()),
        (Some(key), Some(value)) => Value::Map(tag.into_iter().chain([(key.clone(), value)]).collect()),
        (None, Some(Value::Map(entries))) => {
            let listed = tag.as_ref().map(|(key, _)| key.clone());
            let rest = entries.into_iter().filter(|(key, _)| Some(key) != listed.as_ref());
            Value::Map(tag.into_iter().chain(rest).collect())
        }
        (None, Some(value)) => value,
    }
}

/// Whether values of the type have such a key.
fn has_key(api: &Api, ty: &Type, key: &str) -> bool {
    let Type::Named(id) = ty else { return false };
    let Some(def) = api.types.get(id.0) else { return false };
    def.fields().iter().any(|field| field.wire == key)
        || def.variants().iter().any(|variant| match (&variant.key, &variant.ty) {
            (Some(own), _) => own == key,
            (None, Some(ty)) => has_key(api, ty, key),
            (None, None) => false,
        })
}

/// Whether the example of an optional field shows more than its type.
fn has_content(field: &Field) -> bool {
    field.example != Value::Null
        || !matches!(field.ty, Type::String | Type::Secret | Type::Json | Type::Object)
}

/// Returns the key of an item in a map. Most maps are keyed by the id of their items, which is the first field.
fn key_of(item: &Value) -> String {
    match item {
        Value::Map(entries) => {
            entries.first().and_then(|(_, value)| value.as_text()).unwrap_or("key").to_owned()
        }
        _ => "key".to_owned(),
    }
}
