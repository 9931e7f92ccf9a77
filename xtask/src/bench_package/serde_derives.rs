//! Converts a package to serde's derives: each `json_object!` becomes attributes on its struct.
//!
//! IDs, enums and unions keep their macros, which also implement serde's traits. Fields of runtime types without serde traits use
//! the traits of the runtime. Null defaults and constants are dropped, which favors the derives: both would need more code.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use quote::{ToTokens as _, format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::{Expr, Ident, Item, ItemStruct, LitStr, Token, braced, parse_quote};
use toml::{Table, Value};

/// Types of the runtime without serde traits.
const WITHOUT_SERDE: [&str; 4] = ["Patch", "Secret", "Timestamp", "UnixSeconds"];

/// Adds serde to the dependencies.
pub fn add_dependencies(manifest: &mut Table) {
    let serde: Table = [("workspace", Value::Boolean(true)), ("features", vec!["derive"].into())]
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect();
    let json: Table = [("workspace".to_owned(), Value::Boolean(true))].into_iter().collect();
    if let Some(Value::Table(dependencies)) = manifest.get_mut("dependencies") {
        dependencies.insert("serde".to_owned(), Value::Table(serde));
        dependencies.insert("serde_json".to_owned(), Value::Table(json));
    }
}

/// Replaces `json_object!` by derives in a file. Adds the macro that implements the traits of the runtime to the crate root.
pub fn transform(text: &str, is_root: bool) -> Result<String> {
    let mut file = syn::parse_file(text).context("the file is not valid Rust")?;
    let objects = take_objects(&mut file.items)?;
    let mut defaults = Vec::new();
    for item in &mut file.items {
        if let Item::Struct(item) = item
            && let Some(object) = objects.get(&item.ident)
        {
            defaults.extend(derive(item, object)?);
        }
    }
    let names = objects.keys();
    file.items.extend(defaults);
    file.items.extend(names.map(|name| -> Item { parse_quote!(via_serde!(#name);) }));
    if is_root {
        file.attrs.push(parse_quote!(#![allow(unused_imports)]));
        file.items.insert(0, bridge());
    }
    Ok(file.to_token_stream().to_string())
}

/// The macro that implements the traits of the runtime over serde.
fn bridge() -> Item {
    parse_quote! {
        macro_rules! via_serde {
            ($name:ident) => {
                impl ::typefoundry_runtime::Decode for $name {
                    fn decode(
                        reader: &mut ::typefoundry_runtime::Reader<'_>,
                    ) -> Result<Self, ::typefoundry_runtime::DecodeError> {
                        let raw = reader.read_raw()?;
                        ::serde_json::from_slice(raw).map_err(|_| reader.error("a value", "another"))
                    }
                }

                impl ::typefoundry_runtime::Encode for $name {
                    fn encode(&self, writer: &mut ::typefoundry_runtime::Writer) {
                        let json = ::serde_json::to_vec(self).unwrap_or_default();
                        let value = ::typefoundry_runtime::json::from_slice::<::typefoundry_runtime::Value>(&json);
                        if let Ok(value) = value {
                            ::typefoundry_runtime::Encode::encode(&value, writer);
                        }
                    }
                }
            };
        }
    }
}

/// The arguments of a `json_object!`.
struct Object {
    name: Ident,
    fields: BTreeMap<Ident, Field>,
}

#[derive(Default)]
struct Field {
    wire: Option<LitStr>,
    default: Option<Expr>,
    is_rest: bool,
}

impl Parse for Object {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.parse()?;
        // `or empty` accepts any body, which serde's derives cannot.
        if input.parse::<Option<Ident>>()?.is_some() {
            input.parse::<Ident>()?;
        }
        let body;
        braced!(body in input);
        let mut fields = BTreeMap::new();
        while !body.is_empty() {
            if body.parse::<Option<Token![const]>>()?.is_some() {
                body.parse::<LitStr>()?;
                body.parse::<Token![=]>()?;
                body.parse::<Expr>()?;
                body.parse::<Option<Token![,]>>()?;
                continue;
            }
            let is_rest = body.parse::<Option<Token![..]>>()?.is_some();
            let field = body.parse()?;
            let wire = body.parse::<Option<Token![=]>>()?.map(|_| body.parse()).transpose()?;
            if body.parse::<Option<Token![in]>>()?.is_some() {
                body.parse::<Ident>()?;
            }
            let default = body.parse::<Option<Token![else]>>()?.map(|_| body.parse()).transpose()?;
            fields.insert(field, Field { wire, default, is_rest });
            body.parse::<Option<Token![,]>>()?;
        }
        Ok(Self { name, fields })
    }
}

fn take_objects(items: &mut Vec<Item>) -> Result<BTreeMap<Ident, Object>> {
    let is_object = |item: &Item| matches!(item, Item::Macro(call) if call.mac.path.is_ident("json_object"));
    let calls: Vec<Item> = items.extract_if(.., |item| is_object(item)).collect();
    let mut objects = BTreeMap::new();
    for call in calls {
        if let Item::Macro(call) = call {
            let object: Object = call.mac.parse_body().context("failed to parse a `json_object!`")?;
            objects.insert(object.name.clone(), object);
        }
    }
    Ok(objects)
}

/// Adds the attributes to a struct, and returns the functions of its defaults.
fn derive(item: &mut ItemStruct, object: &Object) -> Result<Vec<Item>> {
    item.attrs.push(parse_quote!(#[derive(::serde::Serialize, ::serde::Deserialize)]));
    let mut functions = Vec::new();
    for field in &mut item.fields {
        let name = field.ident.clone().context("a field has no name")?;
        let argument = object
            .fields
            .get(&name)
            .with_context(|| format!("`json_object!` has no argument for `{name}`"))?;
        let mut parts = parts(&field.ty, argument);
        if let Some(default) = argument.default.as_ref().filter(|default| !is_empty(default)) {
            let function =
                format_ident!("default_{}_{}", item.ident, name.to_string().trim_start_matches("r#"));
            let (path, ty) = (function.to_string(), &field.ty);
            parts.push(quote!(default = #path));
            functions.push(parse_quote!(#[allow(non_snake_case)] fn #function() -> #ty { #default }));
        } else if argument.default.is_some() {
            parts.push(quote!(default));
        }
        if !parts.is_empty() {
            field.attrs.push(parse_quote!(#[serde(#(#parts),*)]));
        }
    }
    Ok(functions)
}

/// Returns the serde attributes of a field, without a default that needs a function.
fn parts(ty: &syn::Type, argument: &Field) -> Vec<proc_macro2::TokenStream> {
    let text = ty.to_token_stream().to_string();
    let mut parts = Vec::new();
    if let Some(wire) = &argument.wire {
        parts.push(quote!(rename = #wire));
    }
    if argument.is_rest {
        return vec![quote!(flatten)];
    }
    if text.split_whitespace().any(|word| WITHOUT_SERDE.contains(&word)) {
        parts.push(quote!(with = "::typefoundry_runtime::__private"));
    }
    if text.starts_with("Option <") {
        parts.push(quote!(default, skip_serializing_if = "Option::is_none"));
    } else if ["Vec <", "BTreeMap <", "Object"].iter().any(|list| text.starts_with(list)) {
        parts.push(quote!(default));
    }
    parts
}

/// Whether a default is the `Default` of its type.
fn is_empty(default: &Expr) -> bool {
    let text = default.to_token_stream().to_string();
    ["String :: new ()", "false", "0", "0.0"].contains(&&*text)
}

#[cfg(test)]
mod tests {
    use super::transform;

    #[test]
    fn json_object_becomes_derives() {
        let text = "struct Pet { r#type: Option<Timestamp>, x: Vec<u8>, y: Kind, rest: Object }
            json_object!(Pet or empty { const \"object\" = \"pet\", r#type = \"t\" in utc, x, y else Kind::Dog, ..rest });";
        let expected = "# [derive (:: serde :: Serialize , :: serde :: Deserialize)] struct Pet { \
            # [serde (rename = \"t\" , with = \"::typefoundry_runtime::__private\" , default , \
            skip_serializing_if = \"Option::is_none\")] r#type : Option < Timestamp > , \
            # [serde (default)] x : Vec < u8 > , \
            # [serde (default = \"default_Pet_y\")] y : Kind , \
            # [serde (flatten)] rest : Object } \
            # [allow (non_snake_case)] fn default_Pet_y () -> Kind { Kind :: Dog } via_serde ! (Pet) ;";
        assert_eq!(transform(text, false).unwrap(), expected);
    }
}
