//! A subscriber that records all events of all crates, at every level.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_core::span::Current;

type Fields = Vec<(&'static str, String)>;

/// The recorded data of a span.
#[derive(Clone, Debug)]
pub struct Kept {
    pub name: &'static str,
    pub parent: Option<usize>,
    pub fields: Fields,
    pub is_closed: bool,
    metadata: &'static Metadata<'static>,
    handles: usize,
}

impl Kept {
    /// Returns the value of a field, or `None` if it was not recorded.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(field, _)| *field == name);
        let text = values.next().map(|(_, text)| text.as_str());
        assert!(values.next().is_none(), "`{name}` is recorded twice");
        text
    }
}

#[derive(Default)]
struct Inner {
    spans: Vec<Kept>,
    /// The events, in order.
    journal: Vec<String>,
    /// Every recorded text.
    recorded: String,
}

#[derive(Clone, Default)]
pub struct Capture {
    inner: Arc<Mutex<Inner>>,
    is_disabled: bool,
}

thread_local! {
    /// The spans that this thread has entered.
    static ENTERED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

impl Capture {
    /// Creates a subscriber that is not interested in any event.
    pub fn disabled() -> Self {
        Self { is_disabled: true, ..Self::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("a lock")
    }

    /// Records the events of this thread until the guard is dropped.
    pub fn listen(&self) -> tracing::subscriber::DefaultGuard {
        tracing::subscriber::set_default(self.clone())
    }

    pub fn spans(&self, name: &str) -> Vec<Kept> {
        self.lock().spans.iter().filter(|span| span.name == name).cloned().collect()
    }

    pub fn all_spans(&self) -> Vec<Kept> {
        self.lock().spans.clone()
    }

    pub fn journal(&self) -> Vec<String> {
        self.lock().journal.clone()
    }

    /// Records an event from elsewhere.
    pub fn note(&self, what: &str) {
        self.lock().journal.push(what.to_owned());
    }

    pub fn recorded(&self) -> String {
        self.lock().recorded.clone()
    }
}

struct Texts<'a>(&'a mut Fields);

impl Visit for Texts<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }
}

impl Inner {
    fn record_event(&mut self, metadata: &Metadata<'_>, fields: &Fields) {
        let (level, target) = (metadata.level(), metadata.target());
        // An event is named after its line.
        let name = if metadata.is_event() { "event" } else { metadata.name() };
        write!(self.recorded, "{level} {target} {name}:").expect("a text");
        for (name, value) in fields {
            write!(self.recorded, " {name}={value:?}").expect("a text");
        }
        self.recorded.push('\n');
    }

    fn at(&mut self, id: &Id) -> &mut Kept {
        let place = index(id);
        self.spans.get_mut(place).expect("a span that was opened")
    }
}

fn index(id: &Id) -> usize {
    usize::try_from(id.into_u64()).expect("a small number") - 1
}

fn id(index: usize) -> Id {
    Id::from_u64(index as u64 + 1)
}

fn innermost() -> Option<usize> {
    ENTERED.with_borrow(|entered| entered.last().copied())
}

impl Subscriber for Capture {
    fn enabled(&self, _metadata: &Metadata<'_>) -> bool {
        !self.is_disabled
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let metadata = attributes.metadata();
        let parent = if attributes.is_contextual() { innermost() } else { attributes.parent().map(index) };
        let mut fields = Fields::new();
        attributes.record(&mut Texts(&mut fields));
        let mut inner = self.lock();
        inner.record_event(metadata, &fields);
        inner.journal.push(format!("open {}", metadata.name()));
        let kept = Kept { name: metadata.name(), parent, fields, is_closed: false, metadata, handles: 1 };
        inner.spans.push(kept);
        id(inner.spans.len() - 1)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut fields = Fields::new();
        values.record(&mut Texts(&mut fields));
        let mut inner = self.lock();
        let metadata = inner.at(span).metadata;
        inner.record_event(metadata, &fields);
        inner.at(span).fields.extend(fields);
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Texts(&mut fields));
        let parent = if event.is_contextual() { innermost() } else { event.parent().map(index) };
        let mut inner = self.lock();
        inner.record_event(event.metadata(), &fields);
        if event.metadata().target().starts_with("typefoundry") {
            let parent = parent.and_then(|parent| inner.spans.get(parent)).map_or("none", |span| span.name);
            inner.journal.push(format!("event in {parent}: {fields:?}"));
        }
    }

    fn enter(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(index(span)));
    }

    fn exit(&self, span: &Id) {
        ENTERED.with_borrow_mut(|entered| assert_eq!(entered.pop(), Some(index(span)), "spans are crossed"));
    }

    fn clone_span(&self, span: &Id) -> Id {
        self.lock().at(span).handles += 1;
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        let mut inner = self.lock();
        let kept = inner.at(&span);
        kept.handles -= 1;
        if kept.handles > 0 {
            return false;
        }
        kept.is_closed = true;
        let line = format!("close {}", kept.name);
        inner.journal.push(line);
        true
    }

    fn current_span(&self) -> Current {
        let inner = self.lock();
        match innermost().and_then(|index| Some((index, inner.spans.get(index)?))) {
            Some((index, span)) => Current::new(id(index), span.metadata),
            None => Current::none(),
        }
    }
}
