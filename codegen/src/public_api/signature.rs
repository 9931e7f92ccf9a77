//! Functions, generics and bounds as text.

use syn::{FnArg, GenericParam, Generics, Pat, Receiver, ReceiverKind, ReturnType, Safety, Signature};

use super::text::Text;

/// What stands before the path: `pub async fn `.
pub(super) fn head(signature: &Signature) -> String {
    let words = [
        (signature.constness.is_some(), "const "),
        (signature.asyncness.is_some(), "async "),
        (matches!(signature.safety, Safety::Unsafe(_)), "unsafe "),
        (signature.abi.is_some(), "extern "),
    ];
    let words: String = words.iter().filter(|(is_there, _)| *is_there).map(|(_, word)| *word).collect();
    format!("pub {words}fn ")
}

/// What stands behind the path. The bounds are those of the `impl` around it.
pub(super) fn tail(signature: &Signature, bounds: &[Text]) -> Text {
    let arguments = Text::joined(signature.inputs.iter().map(argument), ", ");
    let text = Text::of(&signature.generics).then("(").and(arguments).then(")");
    let text = match &signature.output {
        ReturnType::Default => text,
        ReturnType::Type(_, ty) => text.then(" -> ").and(Text::of(ty)),
    };
    let bounds = bounds.iter().cloned().chain(predicates(&signature.generics));
    text.and(where_clause(bounds))
}

fn argument(argument: &FnArg) -> Text {
    match argument {
        FnArg::Receiver(receiver) => self_argument(receiver),
        FnArg::Typed(argument) => {
            let name = match &*argument.pat {
                Pat::Ident(pattern) => pattern.ident.to_string(),
                _ => "_".to_owned(),
            };
            Text::plain(format!("{name}: ")).and(Text::of(&argument.ty))
        }
    }
}

/// `mut self` is nobody's concern outside.
fn self_argument(receiver: &Receiver) -> Text {
    match &receiver.kind {
        ReceiverKind::Reference(_, lifetime, mutability) => {
            let lifetime = lifetime.as_ref().map(|lifetime| format!("{lifetime} ")).unwrap_or_default();
            Text::plain(format!("&{lifetime}{}self", if mutability.is_some() { "mut " } else { "" }))
        }
        ReceiverKind::Typed(_, ty) => Text::plain("self: ").and(Text::of(ty)),
        _ => Text::plain("self"),
    }
}

/// ` where …`, or nothing.
pub(super) fn where_clause(bounds: impl IntoIterator<Item = Text>) -> Text {
    let bounds = Text::joined(bounds, ", ");
    if bounds.is_empty() { bounds } else { Text::plain(" where ").and(bounds) }
}

/// What stands behind `where`.
pub(super) fn predicates(generics: &Generics) -> impl Iterator<Item = Text> {
    generics.where_clause.iter().flat_map(|clause| clause.predicates.iter().map(Text::of))
}

/// All bounds of an `impl`, those of its params as well.
pub(super) fn bounds(generics: &Generics) -> Vec<Text> {
    let of_params = generics.params.iter().filter(|param| match param {
        GenericParam::Type(param) => !param.bounds.is_empty(),
        GenericParam::Lifetime(param) => !param.bounds.is_empty(),
        GenericParam::Const(_) => false,
    });
    of_params.map(Text::of).chain(predicates(generics)).collect()
}
