//! The section about values in requests and responses.

use crate::markdown::text::bullets;
use crate::model::TypeDef;
use crate::rust::lower::{Package, Shape};

/// Returns the section as blocks.
pub fn render(package: &Package<'_>) -> Vec<String> {
    let rules = GENERAL.into_iter().chain(special(package)).map(str::to_owned);
    vec!["## Requests and responses".to_owned(), bullets(rules)]
}

const GENERAL: [&str; 7] = [
    "Parameters that are not set are not sent. Lists and maps that are set are sent, even if they are empty. \
     `maybe(value, CreateRequest::name)` calls the setter `name` of `create` if the value is `Some`.",
    "A response field that can be missing is an `Option`. A missing list or map is empty.",
    "Enums are open: an unknown value becomes `Unknown` and is preserved when the model is serialized. A `match` \
     needs a `_` arm.",
    "Unknown response fields are ignored, except by types with a field `additional_fields`.",
    "IDs are separate types (`…Id::new(\"…\")`), so the compiler rejects swapped IDs.",
    "`Secret` is redacted in `Debug` output, logs and errors. `expose()` returns the text. Serializing a model with serde \
     includes its secrets.",
    "Structs are `#[non_exhaustive]`: new fields are not breaking changes.",
];

/// Returns the rules that apply to some APIs only.
fn special<'t>(package: &Package<'_>) -> impl Iterator<Item = &'t str> {
    let nullable = "A nullable field is an `Option` in responses and a `Patch` in requests. A `Patch` is unset, a value \
                    (`name(value)`) or null (`clear_name()`). A required nullable parameter is an `Option`; `None` sends `null`.";
    let unions =
        "Unions are enums with payloads, and open: a value that matches no variant becomes `Unknown`.";
    let has_unions = package.types.iter().any(|item| matches!(item.shape, Shape::Union(_)));
    [sends_null(package).then_some(nullable), has_unions.then_some(unions)].into_iter().flatten()
}

fn sends_null(package: &Package<'_>) -> bool {
    let types = package.api.types.iter().filter(|def| def.in_params).flat_map(TypeDef::fields);
    let params = package.api.operations.iter().flat_map(|operation| &operation.params);
    types.chain(params.map(|param| &param.field)).any(|field| field.nullable)
}
