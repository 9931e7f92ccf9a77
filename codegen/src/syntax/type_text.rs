//! Type expressions: `string`, `list<Member>`, `organizations.Organization?`, `string | null`.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

use super::common::Spanned;
use crate::type_hints;

/// A parsed type expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeExpr {
    pub word: TypeWord,
    /// The span of the type without the `?`.
    pub span: Span,
    /// Whether a `?` marks the value as optional.
    pub optional: bool,
    /// Whether `| null` marks the value as nullable.
    pub nullable: bool,
}

/// The type without the marks of absence and null.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeWord {
    /// A built-in name, or the name of a type of the spec, which can have the dotted path of its resource as a prefix.
    Name(String),
    List(Box<TypeExpr>),
    Map(Box<TypeExpr>),
    Tuple(Vec<TypeExpr>),
}

/// Parses a type expression.
///
/// # Errors
///
/// Returns a diagnostic at the invalid part.
pub fn parse_type(text: &Spanned<String>) -> Result<TypeExpr, Box<Diagnostic>> {
    parse_whole(text).map_err(|problem| match type_hints::rewrite(&text.value) {
        // An error in the notation of this language has its own advice.
        _ if !problem.help.as_deref().is_some_and(|help| help == NOTATION || help == SEVERAL) => problem,
        Some(ours) if parse_whole(&Spanned::new(text.span, ours.clone())).is_ok() => {
            Box::new(problem.help(format!("write `{ours}`")))
        }
        _ => problem,
    })
}

fn parse_whole(text: &Spanned<String>) -> Result<TypeExpr, Box<Diagnostic>> {
    let mut parser = Parser { whole: text, text: &text.value, at: 0 };
    let expr = parser.expr(0)?;
    parser.skip_blanks();
    if parser.at < parser.text.len() {
        let rest = parser.rest();
        let help = match rest.chars().next() {
            Some('?') => Some("write the `?` before `| null`: `string? | null`"),
            Some('|') => Some(SEVERAL),
            Some('<') if matches!(&expr.word, TypeWord::Name(name) if name.eq_ignore_ascii_case("stream")) => {
                Some(
                    "write the type of one item, and `accept: text/event-stream` or `application/jsonl` beside `response`",
                )
            }
            _ => None,
        };
        return Err(parser.error(parser.at, rest.len(), "unexpected text after the type", help));
    }
    Ok(expr)
}

/// The advice with the notation of types.
const NOTATION: &str = "write a name such as `string` or `Member`, `list<T>`, `map<T>` or `tuple<A, B>`; `T?` can be absent, `T | null` can be null";

/// The advice for types such as `int64 | string`.
const SEVERAL: &str = "define a type with `one_of:` under `types:` for several types; write `| null` last";

/// The numbers of items that a tuple can have. The runtime implements tuples of these lengths.
const TUPLE_LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;

/// The limit of nesting. Deeper types are unreadable.
const MAX_DEPTH: usize = 16;

struct Parser<'t> {
    whole: &'t Spanned<String>,
    text: &'t str,
    at: usize,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, symbol: char) -> bool {
        self.skip_blanks();
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len_utf8();
        }
        found
    }

    fn error(&self, start: usize, len: usize, label: &str, help: Option<&str>) -> Box<Diagnostic> {
        let help = help.unwrap_or(NOTATION);
        let message = match self.text {
            "" => "an empty text is not a type".to_owned(),
            text => format!("`{text}` is not a type"),
        };
        Box::new(
            Diagnostic::error(Code::MalformedType, self.whole.part(start, len.max(1)), message)
                .label(label)
                .help(help),
        )
    }

    fn expr(&mut self, depth: usize) -> Parsed<TypeExpr> {
        self.skip_blanks();
        let start = self.at;
        if depth > MAX_DEPTH {
            return Err(self.error(start, 1, "nested too deeply", Some("give the inner type a name")));
        }
        let name_len = self
            .rest()
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.')))
            .unwrap_or(self.rest().len());
        if name_len == 0 {
            return Err(self.error(start, 1, "expected a name", None));
        }
        let name = &self.rest()[..name_len];
        self.at += name_len;
        let word = match name {
            "list" => TypeWord::List(Box::new(self.argument(name, depth)?)),
            "map" => TypeWord::Map(Box::new(self.argument(name, depth)?)),
            "tuple" => TypeWord::Tuple(self.tuple(start, depth)?),
            _ => TypeWord::Name(name.to_owned()),
        };
        let span = self.whole.part(start, self.at - start);
        let optional = self.take('?');
        let nullable = self.or_null()?;
        Ok(TypeExpr { word, span, optional, nullable })
    }

    /// Parses `| null`, the only union in a type expression.
    fn or_null(&mut self) -> Parsed<bool> {
        if !self.take('|') {
            return Ok(false);
        }
        self.skip_blanks();
        let word = self.rest().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        if word != "null" {
            return Err(self.error(self.at, word.len(), "expected `null` after `|`", Some(SEVERAL)));
        }
        self.at += word.len();
        Ok(true)
    }

    /// Parses the items of a tuple, which begins at `start`.
    fn tuple(&mut self, start: usize, depth: usize) -> Parsed<Vec<TypeExpr>> {
        const TUPLE: &str = "write the types of all items: `tuple<string, int64>`";
        if !self.take('<') {
            return Err(self.error(self.at, 1, "expected `<` after `tuple`", Some(TUPLE)));
        }
        let mut items = vec![self.item(depth)?];
        while self.take(',') {
            items.push(self.item(depth)?);
        }
        if !self.take('>') {
            return Err(self.error(self.at, 1, "expected `,` or `>`", Some(TUPLE)));
        }
        if !TUPLE_LENGTHS.contains(&items.len()) {
            let (least, most) = (TUPLE_LENGTHS.start(), TUPLE_LENGTHS.end());
            let label = format!("a tuple has {least} to {most} items, and this one has {}", items.len());
            let help = match items.as_slice() {
                [_] => "write `list<T>` for a list of any length",
                _ => "write `list<json>`, and describe the items in `doc`",
            };
            return Err(self.error(start, self.at - start, &label, Some(help)));
        }
        Ok(items)
    }

    fn argument(&mut self, name: &str, depth: usize) -> Parsed<TypeExpr> {
        if !self.take('<') {
            return Err(self.error(
                self.at,
                1,
                &format!("expected `<` after `{name}`"),
                Some("write the item type: `list<string>`"),
            ));
        }
        let argument = self.item(depth)?;
        if !self.take('>') {
            return Err(self.error(self.at, 1, "expected `>`", None));
        }
        Ok(argument)
    }

    fn item(&mut self, depth: usize) -> Parsed<TypeExpr> {
        let argument = self.expr(depth + 1)?;
        if argument.optional {
            let at = self.text.get(..self.at).and_then(|read| read.rfind('?')).unwrap_or(self.at);
            return Err(self.error(
                at,
                1,
                "an item must not be optional",
                Some("remove the `?`, or move it after the `>`; write `T | null` for a nullable item"),
            ));
        }
        Ok(argument)
    }
}

#[cfg(test)]
mod tests {
    use super::{TypeExpr, TypeWord, parse_type};
    use crate::source::Span;
    use crate::syntax::Spanned;

    fn parse(text: &str) -> Result<TypeExpr, String> {
        let spanned = Spanned::new(Span::new(0, 10..10 + text.len()), text.to_owned());
        parse_type(&spanned)
            .map_err(|problem| format!("{}..{} {}", problem.span.start, problem.span.end, problem.label))
    }

    #[test]
    fn names_lists_and_maps_are_parsed() {
        let expr = parse("list<map<a.b.C>>?").unwrap();
        assert!(expr.optional);
        assert_eq!((expr.span.start, expr.span.end), (10, 26));
        let TypeWord::List(map) = expr.word else { panic!("a list") };
        let TypeWord::Map(name) = map.word else { panic!("a map") };
        assert_eq!(name.word, TypeWord::Name("a.b.C".to_owned()));
        assert_eq!((name.span.start, name.span.end), (19, 24));
    }

    #[test]
    fn tuples_are_parsed() {
        let TypeWord::Tuple(items) = parse("tuple<string, list<a.B> | null>").unwrap().word else {
            panic!("a tuple")
        };
        assert_eq!(items[0].word, TypeWord::Name("string".to_owned()));
        assert!(items[1].nullable && matches!(items[1].word, TypeWord::List(_)));
        assert_eq!(parse("tuple").unwrap_err(), "15..15 expected `<` after `tuple`");
        assert_eq!(parse("tuple<string").unwrap_err(), "22..22 expected `,` or `>`");
        assert_eq!(parse("tuple<string, >").unwrap_err(), "24..25 expected a name");
        let one = parse("tuple<string>?").unwrap_err();
        assert_eq!(one, "10..23 a tuple has 2 to 8 items, and this one has 1");
    }

    #[test]
    fn absent_and_null_are_distinguished() {
        let marks = |text| parse(text).map(|expr| (expr.optional, expr.nullable));
        assert_eq!(marks("string"), Ok((false, false)));
        assert_eq!(marks("string?"), Ok((true, false)));
        assert_eq!(marks("string | null"), Ok((false, true)));
        assert_eq!(marks("string?|null"), Ok((true, true)));
        let TypeWord::Map(item) = parse("map<string | null>").unwrap().word else { panic!("a map") };
        assert!(item.nullable && !item.optional);
    }

    #[test]
    fn invalid_part_is_located() {
        assert_eq!(parse("list").unwrap_err(), "14..14 expected `<` after `list`");
        assert_eq!(parse("list<string").unwrap_err(), "21..21 expected `>`");
        assert_eq!(parse("string?!").unwrap_err(), "17..18 unexpected text after the type");
        assert_eq!(parse("list<string?>").unwrap_err(), "21..22 an item must not be optional");
        assert_eq!(parse("").unwrap_err(), "10..10 expected a name");
        assert_eq!(parse("string | int32").unwrap_err(), "19..24 expected `null` after `|`");
        assert_eq!(parse("string | null?").unwrap_err(), "23..24 unexpected text after the type");
    }
}
