//! Parameters whose keys are sent in place of the parameter.

use std::collections::{BTreeMap, BTreeSet};

use super::described::Described;
use super::param_shapes::location_name;
use super::resolver::Resolver;
use super::scalars::ONE_TEXT;
use super::types::WireNames;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Api, Direction, Field, Forms, Object, Param, ParamLocation, ParamStyle, Shape, Type};
use crate::source::Span;
use crate::syntax::Spanned;

impl Resolver<'_> {
    /// Reports a flattened parameter that is not an object, or whose keys are not single values in a query.
    pub(super) fn check_flattened(
        &mut self,
        described: Described<'_>,
        field: &Field,
        location: ParamLocation,
    ) {
        let Described { api, decl, .. } = described;
        let written = described.written();
        let of_nothing_else = [
            ("style", described.typed.and_then(|typed| typed.style).map(|it| it.span)),
            ("wire_name", decl.wire_name.as_ref().map(|it| it.span)),
        ];
        for (key, span) in of_nothing_else.into_iter().filter_map(|(key, span)| Some((key, span?))) {
            let message = format!("`{key}` has no effect beside `flatten`");
            let problem = Diagnostic::error(Code::InvalidValue, span, message);
            self.report(
                problem.label("only the keys of the object are sent").help(format!("remove `{key}`")),
            );
        }
        let keys = match keys_of(api, &field.ty) {
            Ok(keys) => keys,
            Err(label) => {
                let message = format!("`{}` has no keys to flatten", written.value);
                return self.report(
                    Diagnostic::error(Code::MisplacedParam, written.span, message)
                        .label(label)
                        .help("`flatten` is for types with `fields`, and for unions of such types"),
                );
            }
        };
        let problem = if !is_flat(location) {
            let message = format!("the keys of an object cannot be sent in the {}", location_name(location));
            let problem = Diagnostic::error(Code::MisplacedParam, described.at(), message)
                .label("`flatten` is for the keys of a body and the query");
            match location {
                ParamLocation::WholeBody => problem.help("remove `flatten`: the object is the whole body"),
                _ => problem,
            }
        } else if field.nullable {
            Diagnostic::error(Code::MisplacedParam, written.span, "null has no keys to send")
                .label("cannot be flattened")
                .help("remove `| null`; with a `?`, none of the keys is sent")
        } else if let Some(key) =
            keys.iter().find(|key| location != ParamLocation::Body && !is_word(api, key))
        {
            let message = format!(
                "the key `{}` of `{}` cannot be sent in the {}",
                key.wire,
                written.value,
                location_name(location)
            );
            let null = key.field.is_some_and(|field| field.nullable);
            let label = if null { "nullable".to_owned() } else { ONE_TEXT.to_owned() };
            Diagnostic::error(Code::MisplacedParam, written.span, message)
                .label("cannot be flattened")
                .note(key.span, label)
                .help(match null {
                    true => "list the keys of the object as parameters, without `| null`",
                    false => {
                        "remove `flatten` to send the object under its own name with a `style`, or list its keys as parameters with a `style` each"
                    }
                })
        } else {
            return;
        };
        self.report(problem);
    }

    /// Registers the keys of a parameter, since sibling keys must differ. The keys of two variants of one union never occur
    /// together.
    pub(super) fn claim_keys(
        &mut self,
        taken: &mut WireNames,
        api: &Api,
        param: &Param,
        name: &Spanned<String>,
    ) {
        if !param.flatten {
            let place = param.location.as_str();
            let is_free = self.claim_key(taken, (place, &param.field.wire), name, name.span);
            // One duplicate is enough here as well.
            names_of_parts(api, param).iter().fold(is_free, |is_free, wire| {
                is_free && self.claim_key(taken, (place, wire), name, name.span)
            });
            return;
        }
        if !is_flat(param.location) {
            return;
        }
        let mut own: BTreeMap<&str, Span> = BTreeMap::new();
        for key in keys_of(api, &param.field.ty).unwrap_or_default() {
            own.entry(key.wire).or_insert(key.span);
        }
        // One duplicate is enough: the other keys are mostly duplicates as well.
        let mut free = true;
        for (wire, span) in own {
            free = free && self.claim_key(taken, (param.location.as_str(), wire), name, span);
        }
    }
}

/// Returns the names under which the parts of a list or an object are sent, as far as the description shows them.
fn names_of_parts(api: &Api, param: &Param) -> BTreeSet<String> {
    let wire = &param.field.wire;
    let in_brackets = match param.style {
        Some(ParamStyle::Brackets) => true,
        Some(ParamStyle::Repeat) => false,
        _ => return BTreeSet::new(),
    };
    let listed = |name: String, ty: Option<&Type>| match ty {
        Some(Type::List(_)) if in_brackets => format!("{name}[]"),
        _ => name,
    };
    match keys_of(api, &param.field.ty) {
        Ok(keys) => keys.iter().map(|key| listed(format!("{wire}[{}]", key.wire), key.ty)).collect(),
        Err(_) => {
            let name = listed(wire.clone(), Some(&param.field.ty));
            BTreeSet::from_iter((name != *wire).then_some(name))
        }
    }
}

/// Whether the keys of an object can be siblings of other parameters in the location.
fn is_flat(location: ParamLocation) -> bool {
    matches!(location, ParamLocation::Body | ParamLocation::Form | ParamLocation::Query)
}

/// A key that is a sibling of other parameters.
struct Key<'a> {
    wire: &'a str,
    /// The field of the key. Missing if its value is always a text.
    field: Option<&'a Field>,
    ty: Option<&'a Type>,
    span: Span,
}

fn is_word(api: &Api, key: &Key<'_>) -> bool {
    key.ty.is_none_or(|ty| !Forms::of(ty, &api.types).is_several())
        && key.field.is_none_or(|field| !field.nullable)
}

/// Returns the keys of values of the type, over all variants.
///
/// Returns a description of the type if its values have no keys.
fn keys_of<'a>(api: &'a Api, ty: &Type) -> Result<Vec<Key<'a>>, String> {
    if ty.is_unparsed(&api.types) {
        return Ok(Vec::new());
    }
    let Type::Named(id) = ty else { return Err("not a named type".to_owned()) };
    let Some(def) = api.types.get(id.0) else { return Ok(Vec::new()) };
    match &def.shape {
        Shape::Object(object) => Ok(keys_of_object(object)),
        Shape::Union(union) => {
            let tag = union.tag.first().map(|tag| Key { wire: tag, field: None, ty: None, span: def.span });
            let mut keys: Vec<Key<'_>> = tag.into_iter().collect();
            for variant in &union.variants {
                match (&variant.key, &variant.ty) {
                    (Some(wire), ty) => {
                        keys.push(Key { wire, field: None, ty: ty.as_ref(), span: variant.span })
                    }
                    (None, Some(ty)) => {
                        let not_an_object =
                            |_| format!("its variant `{}` is not an object", variant.tag_value);
                        keys.extend(keys_of(api, ty).map_err(not_an_object)?);
                    }
                    (None, None) => {}
                }
            }
            Ok(keys)
        }
        Shape::Id { .. } => Err("an id has no keys".to_owned()),
        Shape::Enum { .. } => Err("an enum has no keys".to_owned()),
        Shape::Alias(ty) => keys_of(api, ty),
    }
}

fn keys_of_object(object: &Object) -> Vec<Key<'_>> {
    let is_sent = |only_in| Direction::Request.contains(only_in);
    let fields = object.fields.iter().filter(|field| is_sent(field.only_in));
    let fields = fields.map(|field| Key {
        wire: &field.wire,
        field: Some(field),
        ty: Some(&field.ty),
        span: field.span,
    });
    let constants = object.constants.iter().filter(|constant| is_sent(constant.only_in));
    let constants = constants.map(|it| {
        // A query contains only constants that are single values.
        let ty = (!it.value.is_scalar()).then_some(&Type::Json);
        Key { wire: &it.wire, field: None, ty, span: it.span }
    });
    fields.chain(constants).collect()
}
