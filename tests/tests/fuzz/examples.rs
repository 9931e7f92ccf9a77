//! A valid response of each operation: the examples of the spec, as they appear in the packages' own tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Expr, ExprStruct, Item, Lit, Member, Stmt};

/// Returns the body of a response by operation name. The body is empty if the operation returns nothing.
pub(crate) fn responses(package: &str) -> BTreeMap<String, String> {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets the variable for tests");
    let path = Path::new(&folder).join("../generated").join(package).join("tests/examples.rs");
    let file = syn::parse_file(&fs::read_to_string(path).expect("the examples")).expect("Rust");
    let mut found = Found::default();
    found.items(&[], &file.items);
    let text_of = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| found.text(piece)).collect();
    found.responses.clone().into_iter().map(|(name, pieces)| (name, text_of(pieces))).collect()
}

/// A part of a response: a string, or the path of a constant.
#[derive(Clone)]
enum Piece {
    Text(String),
    Constant(Vec<String>),
}

#[derive(Default)]
struct Found {
    responses: BTreeMap<String, Vec<Piece>>,
    constants: BTreeMap<Vec<String>, String>,
}

impl Found {
    /// Collects the constants and examples of a module. The module's path is that of a resource.
    fn items(&mut self, module: &[String], items: &[Item]) {
        let within = |name: &syn::Ident| [module, &[name.to_string()]].concat();
        for item in items {
            match item {
                Item::Mod(inner) => {
                    let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                    self.items(&within(&inner.ident), items);
                }
                Item::Const(constant) => {
                    let text = literal(&constant.expr).expect("a text");
                    self.constants.insert(within(&constant.ident), text);
                }
                Item::Fn(function) => {
                    let pieces =
                        function.block.stmts.iter().find_map(|statement| response(module, statement));
                    let name = within(&function.sig.ident).join(".");
                    self.responses.extend(pieces.map(|pieces| (name, pieces)));
                }
                _ => {}
            }
        }
    }

    fn text(&self, piece: Piece) -> String {
        match piece {
            Piece::Text(text) => text,
            Piece::Constant(path) => self.constants.get(&path).expect("a constant").clone(),
        }
    }
}

/// Returns the field `response` of the `Example` that a statement binds: `let example = crate::Example { … };`.
fn response(module: &[String], statement: &Stmt) -> Option<Vec<Piece>> {
    let Stmt::Local(local) = statement else { return None };
    let Expr::Struct(ExprStruct { fields, .. }) = &*local.init.as_ref()?.expr else { return None };
    let is_response = |member: &Member| matches!(member, Member::Named(name) if name == "response");
    let Expr::Reference(list) = &fields.iter().find(|field| is_response(&field.member))?.expr else {
        return None;
    };
    let Expr::Array(list) = &*list.expr else { return None };
    Some(list.elems.iter().map(|expr| piece(module, expr)).collect())
}

fn piece(module: &[String], expr: &Expr) -> Piece {
    if let Some(text) = literal(expr) {
        return Piece::Text(text);
    }
    let Expr::Path(path) = expr else { panic!("unexpected expression") };
    let names: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match names.split_first() {
        Some((first, rest)) if first == "crate" => Piece::Constant(rest.to_vec()),
        _ => Piece::Constant([module, &names].concat()),
    }
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}
