//! Decoders whose input is split at any byte, compared with simple parsers of the whole input.

use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::json::Value;

/// An item of a decoder, or the text of an invalid one.
#[derive(Debug, PartialEq)]
enum Taken<T> {
    Item(T),
    Invalid(Bytes),
    TooLong,
}

fn decode<D: StreamDecoder>(mut decoder: D, chunks: &[&[u8]]) -> Vec<Taken<D::Item>> {
    let mut taken = Vec::new();
    let mut chunks = chunks.iter();
    let mut is_end = false;
    loop {
        match decoder.step(is_end) {
            Step::Item(item) => taken.push(Taken::Item(item)),
            Step::Invalid(_, item) => taken.push(Taken::Invalid(item)),
            Step::TooLong(_) => {
                taken.push(Taken::TooLong);
                return taken;
            }
            Step::End => return taken,
            Step::More => match chunks.next() {
                Some(chunk) => decoder.push(Bytes::copy_from_slice(chunk)),
                None => {
                    assert!(!is_end, "the body has ended");
                    is_end = true;
                }
            },
        }
    }
}

/// Decodes the input as one chunk, byte by byte, and split in two at every byte.
fn decode_every_split<D: StreamDecoder>(decoder: impl Fn() -> D, input: &[u8]) -> Vec<Taken<D::Item>>
where
    D::Item: PartialEq + std::fmt::Debug,
{
    let whole = decode(decoder(), &[input]);
    assert_eq!(decode(decoder(), &input.chunks(1).collect::<Vec<_>>()), whole, "byte by byte");
    for at in 0..=input.len() {
        let (one, other) = input.split_at(at);
        assert_eq!(decode(decoder(), &[one, &[], other]), whole, "split at {at}");
    }
    whole
}

fn texts(input: &[u8]) -> Vec<Event<String>> {
    let items = decode_every_split(EventDecoder::text, input).into_iter();
    items
        .map(|taken| match taken {
            Taken::Item(event) => event,
            other => panic!("{other:?}"),
        })
        .collect()
}

fn named(name: &str, data: &str) -> Event<String> {
    Event { name: Some(name.to_owned()), ..Event::new(data.to_owned()) }
}

/// The examples of the HTML Standard.
#[test]
fn examples_of_the_standard_are_decoded() {
    let data = |data: &str| Event::new(data.to_owned());
    assert_eq!(texts(b"data: YHOO\ndata: +2\ndata: 10\n\n"), [data("YHOO\n+2\n10")]);
    let id = |id: &str, text| Event { id: Some(id.to_owned()), ..data(text) };
    let input = b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event";
    assert_eq!(texts(input), [id("1", "first event"), id("", "second event")]);
    assert_eq!(texts(b"data\n\ndata\ndata\n\ndata:"), [data(""), data("\n")]);
    assert_eq!(texts(b"data:test\n\ndata: test\n\n"), [data("test"), data("test")]);
    let input = b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n";
    assert_eq!(texts(input), [named("add", "73857293"), named("remove", "2153")]);
}

#[test]
fn line_ends_marks_and_unusual_fields_are_decoded() {
    let data = |data: &str| Event::new(data.to_owned());
    assert_eq!(texts(b"data: a\r\rdata: b\r\n\r\ndata: c\n\r\n"), [data("a"), data("b"), data("c")]);
    assert_eq!(texts(b"data: a\r\n\ndata: b\n\r"), [data("a"), data("b")]);
    assert_eq!(texts(b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n"), [data("a")]);
    assert_eq!(texts(b"data: a\nfoo: b\nDATA: c\n data: d\n\n"), [data("a")]);
    assert_eq!(texts(b"event: x\n\ndata: a\nevent:\n\n"), [data("a")]);
    assert_eq!(texts(b"data: \xff\n\n"), [data("\u{fffd}")]);
    assert_eq!(texts(b"data: a\nid: b\0c\n\n"), [data("a")]);
    let retry = |millis| Event { retry: Some(Duration::from_millis(millis)), ..data("a") };
    assert_eq!(
        texts(b"retry: 10\ndata: a\n\nretry: +1\ndata: a\n\nretry: 1x\ndata:a\n\n"),
        [retry(10), data("a"), data("a")]
    );
    assert_eq!(
        texts(b"retry:\xd9\xa3\ndata: a\n\nretry: 99999999999999999999\ndata: a\n\n"),
        [data("a"), data("a")]
    );
}

#[test]
fn end_marker_ends_the_stream() {
    let decoder = || EventDecoder::<Value>::json().ending_with("[DONE]");
    let taken = decode_every_split(decoder, b"data: [1]\n\ndata: [DONE]\n\ndata: 2\n\n");
    assert_eq!(taken, [Taken::Item(Event::new(Value::from(serde_json::json!([1]))))]);
}

#[test]
fn event_after_an_invalid_one_is_decoded() {
    let taken = decode_every_split(EventDecoder::<i64>::json, b"data: {\n\ndata: 7\n\n");
    assert_eq!(taken, [Taken::Invalid(Bytes::from("{")), Taken::Item(Event::new(7))]);
}

#[test]
fn last_event_id_is_that_of_the_last_complete_event() {
    let mut decoder = EventDecoder::text();
    decoder.push(Bytes::from("id: 1\ndata: a\n\ndata: b\n\nid: 2\n\nid: 3\ndata: c\n"));
    assert_eq!(decoder.last_event_id(), None);
    for expected in ["1", "1"] {
        assert!(matches!(decoder.step(false), Step::Item(_)));
        assert_eq!(decoder.last_event_id(), Some(expected));
    }
    assert!(matches!(decoder.step(false), Step::More));
    assert_eq!((decoder.last_event_id(), &decoder.pending()[..]), (Some("2"), &b"c\n"[..]));
}

#[test]
fn item_beyond_the_maximum_length_is_an_error() {
    fn limited<D: StreamDecoder>(mut decoder: D) -> D {
        decoder.set_max_item_len(5);
        decoder
    }
    let events = |input: &[u8]| decode_every_split(|| limited(EventDecoder::text()), input);
    assert_eq!(events(b"data:\n\n"), [Taken::Item(Event::new(String::new()))]);
    assert_eq!(events(b"data: x\n\n"), [Taken::TooLong]);
    assert_eq!(events(b"data\ndata\ndata\ndata\ndata\ndata\n\n"), [Taken::Item(Event::new("\n".repeat(5)))]);
    assert_eq!(events(&b"data\n".repeat(7)), [Taken::TooLong]);
    let lines = |input: &[u8]| decode_every_split(|| limited(JsonLineDecoder::<i64>::lines()), input);
    assert_eq!(lines(b"12345\n123456\n"), [Taken::Item(12345), Taken::TooLong]);
    assert_eq!(lines(b"     1"), [Taken::TooLong]);
    let texts = |input: &[u8]| decode_every_split(|| limited(JsonLineDecoder::<Vec<i64>>::sequence()), input);
    assert_eq!(texts(b"\x1e[1\n]\n\x1e[\n1,\n2\n]"), [Taken::Item(vec![1]), Taken::TooLong]);
}

#[test]
fn lines_are_decoded() {
    let lines = |input: &[u8]| decode_every_split(JsonLineDecoder::<i64>::lines, input);
    assert_eq!(lines(b""), []);
    assert_eq!(lines(b"\n\r\n \n"), []);
    assert_eq!(lines(b"1\r\n\n 2 \n3"), [Taken::Item(1), Taken::Item(2), Taken::Item(3)]);
    assert_eq!(
        lines(b"1 2\n3\n{"),
        [Taken::Invalid("1 2".into()), Taken::Item(3), Taken::Invalid("{".into())]
    );
}

#[test]
fn texts_after_record_separators_are_decoded() {
    let texts = |input: &[u8]| decode_every_split(JsonLineDecoder::<Vec<i64>>::sequence, input);
    assert_eq!(texts(b"\x1e[1]\n\x1e[2]\n"), [Taken::Item(vec![1]), Taken::Item(vec![2])]);
    assert_eq!(texts(b"\x1e[\n1,\n\n2\n]\n\x1e\x1e[3]"), [Taken::Item(vec![1, 2]), Taken::Item(vec![3])]);
    assert_eq!(texts(b"\x1e[1\n\x1e[2]\n"), [Taken::Invalid("[1\n".into()), Taken::Item(vec![2])]);
    assert_eq!(texts(b"[1]\n[2]\n"), [Taken::Item(vec![1]), Taken::Item(vec![2])]);
}

/// A text of a sequence that fits on a line does not wait for the next separator.
#[test]
fn text_is_decoded_at_the_end_of_its_line() {
    let mut decoder = JsonLineDecoder::<i64>::sequence();
    decoder.push(Bytes::from("\x1e7\n"));
    assert!(matches!(decoder.step(false), Step::Item(7)));
    assert!(matches!(decoder.step(false), Step::More));
}

/// A parser of a whole stream of events, in the order of the standard's text.
fn parse_events(input: &str) -> Vec<Event<String>> {
    let input = input.strip_prefix('\u{feff}').unwrap_or(input);
    let unified = input.replace("\r\n", "\n").replace('\r', "\n");
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    // A line without an end is not complete.
    let complete = unified.rsplit_once('\n').map_or("", |(complete, _)| complete);
    for line in complete.split('\n').filter(|_| unified.contains('\n')) {
        match (line.is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push(line),
            _ => blocks.push(Vec::new()),
        }
    }
    // The last block is not complete.
    blocks.pop();
    blocks.iter().filter_map(|block| parse_event(block)).collect()
}

fn parse_event(lines: &[&str]) -> Option<Event<String>> {
    let field = |line: &str| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        (name.to_owned(), value.strip_prefix(' ').unwrap_or(value).to_owned())
    };
    let fields: Vec<_> = lines.iter().map(|line| field(line)).collect();
    let all = |name: &str| {
        let values = fields.iter().filter(|field| field.0 == name).map(|field| field.1.clone());
        values.collect::<Vec<_>>()
    };
    let data = all("data");
    let retry =
        all("retry").into_iter().filter_map(|text| text.parse().ok().map(Duration::from_millis)).next_back();
    (!data.is_empty()).then(|| Event {
        name: all("event").pop().filter(|name| !name.is_empty()),
        id: all("id").into_iter().rfind(|id| !id.contains('\0')),
        retry,
        data: data.join("\n"),
    })
}

fn pieces(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(pieces), 0..24);
    pieces.prop_map(|pieces| pieces.concat())
}

const EVENT_PIECES: &[&str] = &[
    "data", "data:", "data: ", "event: ", "id:", "id: ", "retry: ", ":", " ", "x", "é", "7", "\0", "\n",
    "\n", "\r", "\r\n", "\n\n", "\r\n\r\n", "\u{feff}",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn events_are_those_of_the_standard(input in pieces(EVENT_PIECES)) {
        prop_assert_eq!(texts(input.as_bytes()), parse_events(&input));
    }

    #[test]
    fn any_bytes_are_decoded_alike_however_they_are_split(input in proptest::collection::vec(any::<u8>(), 0..48)) {
        decode_every_split(EventDecoder::<Value>::json, &input);
        decode_every_split(JsonLineDecoder::<Value>::lines, &input);
        decode_every_split(JsonLineDecoder::<Value>::sequence, &input);
    }

    #[test]
    fn values_on_lines_are_decoded(values in proptest::collection::vec(any::<i64>(), 0..8), ends in pieces(&["\n", "\r\n"])) {
        let separator = if ends.is_empty() { "\n" } else { &ends };
        let separator = if separator.ends_with('\n') { separator } else { "\n" };
        let lines: String = values.iter().map(|value| format!("{value}{separator}")).collect();
        let texts: String = values.iter().map(|value| format!("\x1e{value}{separator}")).collect();
        let expected: Vec<_> = values.into_iter().map(Taken::Item).collect();
        prop_assert_eq!(&decode_every_split(JsonLineDecoder::lines, lines.as_bytes()), &expected);
        prop_assert_eq!(&decode_every_split(JsonLineDecoder::sequence, texts.as_bytes()), &expected);
    }
}
