//! Text to tree.

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError};

use super::{Key, Kind, Node, Scalar};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How deep values may lie in one another. No spec needs half of it, and the stack stays small.
const MAX_DEPTH: usize = 64;

/// What to do about the usual slips, by a word of what the parser says about them.
const ADVICE: &[(&str, &str)] = &[
    ("tab", "indent with spaces"),
    (
        "mapping values are not allowed",
        "put the text in quotes if the `:` belongs to it; else indent the key like its neighbours",
    ),
    ("quoted scalar", "close the quotes where the text ends"),
    ("flow", "close the bracket, and separate what stands in it with commas"),
    ("expected key", "indent all keys of a map alike"),
    ("'-' indicator", "indent all items of a list alike"),
    ("simple key expect", "put a `:` behind the key, and text of several lines in quotes or below a `|`"),
];

/// Reads one document. `file` is the number of the source that spans will point into.
///
/// # Errors
/// The first thing that is not YAML, or not in the part of YAML that the spec language uses.
pub fn parse(text: &str, file: usize) -> Result<Node, Box<Diagnostic>> {
    let places = Places::new(text, file);
    let mut builder = Builder { parser: Parser::new_from_str(text), places: &places };
    builder.document()
}

/// Turns the parser's positions, which count characters, into bytes.
struct Places<'t> {
    text: &'t str,
    file: usize,
    /// The byte at which each character starts; empty when the two are the same.
    starts: Vec<usize>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, file: usize) -> Self {
        let starts =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { text, file, starts }
    }

    fn byte(&self, marker: &Marker) -> usize {
        if self.starts.is_empty() {
            marker.index().min(self.text.len())
        } else {
            self.starts.get(marker.index()).copied().unwrap_or(self.text.len())
        }
    }

    /// The span without the white space that the parser counts in at its end.
    fn span(&self, span: &saphyr_parser::Span) -> Span {
        let (start, end) = (self.byte(&span.start), self.byte(&span.end));
        let text = self.text.get(start..end).unwrap_or("");
        Span::new(self.file, start..start + text.trim_end().len())
    }

    fn text_of(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    fn not_yaml(&self, error: &ScanError) -> Box<Diagnostic> {
        let (info, mut span) = (error.info(), self.at(error.marker()));
        if info.contains("unknown anchor") {
            return alias(span);
        }
        if info.contains("tab") {
            // The parser points behind them.
            let before = self.text.get(..span.start).unwrap_or("");
            let tabs = before.len() - before.trim_end_matches('\t').len();
            span = if tabs > 0 { Span { start: span.start - tabs, end: span.start, ..span } } else { span };
        }
        let problem = Diagnostic::error(Code::NotYaml, span, "this is not YAML").label(info);
        let advice = ADVICE.iter().find(|(word, _)| info.contains(word));
        Box::new(match advice {
            Some((_, advice)) => problem.help(*advice),
            None => problem,
        })
    }

    fn at(&self, marker: &Marker) -> Span {
        let start = self.byte(marker);
        let rest = self.text.get(start..).unwrap_or("");
        let len = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        Span::new(self.file, start..start + len)
    }
}

struct Builder<'t, 'p> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    places: &'p Places<'t>,
}

type Parsed<T> = Result<T, Box<Diagnostic>>;

impl<'t> Builder<'t, '_> {
    fn document(&mut self) -> Parsed<Node> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(unsupported(
                        span,
                        "a second document",
                        "one file describes one thing; move it to a file of its own",
                    ));
                }
                Event::DocumentStart(_) => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        Ok(root.unwrap_or_else(|| self.nothing(Span::new(self.places.file, 0..0))))
    }

    fn nothing(&self, span: Span) -> Node {
        Node { span, kind: Kind::Scalar(Scalar { text: String::new(), plain: true }) }
    }

    fn next(&mut self) -> Parsed<(Event<'t>, Span)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.places.span(&span))),
            Some(Err(error)) => Err(self.places.not_yaml(&error)),
            None => Ok((
                Event::StreamEnd,
                Span::new(self.places.file, self.places.text.len()..self.places.text.len()),
            )),
        }
    }

    /// What comes next in a list or map. When it is not YAML, the bracket before it may be what is wrong.
    fn next_inside(&mut self, start: Span) -> Parsed<(Event<'t>, Span)> {
        self.next().map_err(|problem| match self.places.text_of(start) {
            "{" | "[" if problem.code == Code::NotYaml => Box::new(problem.note(start, "opened here")),
            _ => problem,
        })
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Parsed<Node> {
        if depth > MAX_DEPTH {
            return Err(unsupported(
                span,
                "values that lie this deep in one another",
                "give the inner part a name under `types`",
            ));
        }
        match event {
            Event::Alias(_) => Err(alias(span)),
            Event::Scalar(_, _, anchor, tag) if anchor != 0 || tag.is_some() => Err(anchored(span)),
            Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag)
                if anchor != 0 || tag.is_some() =>
            {
                Err(anchored(span))
            }
            Event::Scalar(text, style, ..) => {
                let plain = style == ScalarStyle::Plain;
                Ok(Node { span, kind: Kind::Scalar(Scalar { text: text.into_owned(), plain }) })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Ok(self.nothing(span)),
        }
    }

    fn list(&mut self, start: Span, depth: usize) -> Parsed<Node> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next_inside(start)?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let end = end_of(span, items.last());
                return Ok(Node { span: Span { end, ..start }, kind: Kind::List(items) });
            }
            items.push(self.node(event, span, depth + 1)?);
        }
    }

    fn map(&mut self, start: Span, depth: usize) -> Parsed<Node> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        loop {
            let (event, span) = self.next_inside(start)?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let end = end_of(span, entries.last().map(|(_, value)| value));
                return Ok(Node { span: Span { end, ..start }, kind: Kind::Map(entries) });
            }
            let Kind::Scalar(key) = self.node(event, span, depth + 1)?.kind else {
                return Err(unsupported(span, "a key that is not text", "put the key in quotes"));
            };
            let (event, value_span) = self.next_inside(start)?;
            let value = self.node(event, value_span, depth + 1)?;
            entries.push((Key { text: key.text, span }, value));
        }
    }
}

/// Where a list or a map ends: behind its bracket, or behind its last part where it has none. Without brackets the parser
/// says that it ends where the next thing begins.
fn end_of(close: Span, last: Option<&Node>) -> usize {
    match last {
        Some(last) if close.start == close.end => last.span.end,
        _ => close.end,
    }
}

fn unsupported(span: Span, what: &str, help: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(Code::UnsupportedYaml, span, format!("{what} is not part of the spec language"))
            .label("not supported here")
            .help(help),
    )
}

fn anchored(span: Span) -> Box<Diagnostic> {
    unsupported(
        span,
        "an anchor or a tag",
        "write the value out; put text that begins with `&` or `!` in quotes",
    )
}

fn alias(span: Span) -> Box<Diagnostic> {
    unsupported(span, "an alias", "write the value out; put text that begins with `*` in quotes")
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    #[test]
    fn spans_are_bytes_and_end_with_the_value() {
        let text = "é: 1\nkey: { a: [x, 'y z'] }\nlast:\n  deep: ü\n\n";
        let node = parse(text, 0).unwrap();
        let Kind::Map(entries) = &node.kind else { panic!("a map") };
        let spans: Vec<&str> =
            entries.iter().map(|(key, value)| &text[key.span.start..value.span.end]).collect();
        assert_eq!(spans, ["é: 1", "key: { a: [x, 'y z'] }", "last:\n  deep: ü"]);
    }

    #[test]
    fn an_empty_file_is_nothing() {
        assert_eq!(parse("", 0).unwrap().describe(), "nothing");
        assert_eq!(parse("# only a comment\n", 0).unwrap().describe(), "nothing");
    }

    #[test]
    fn refuses_what_the_language_leaves_out() {
        for text in ["a: &x 1\nb: *x", "a: !tag 1", "a: 1\n---\nb: 2", "? [a]\n: 1"] {
            assert_eq!(parse(text, 0).unwrap_err().code.as_str(), "TF0002", "{text}");
        }
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(parse(&deep, 0).unwrap_err().code.as_str(), "TF0002");
    }

    #[test]
    fn says_where_it_is_not_yaml() {
        let text = "a: 1\nb: [1, 2\nc: 3\n";
        assert_eq!(parse(text, 0).unwrap_err().code.as_str(), "TF0001");
    }
}
