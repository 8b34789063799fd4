//! A layer that records spans and the lines inside of them.

use crate::{Fields, Line};
use std::sync::{Arc, Mutex};
use tracing::{Id, span};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

/// One span, from its begin on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) fields: Line,
    pub(crate) parent: Option<u64>,
    pub(crate) follows: Option<u64>,
    pub(crate) closed: bool,
}

/// A line, and the id of the span around it.
type Logged = (String, Option<u64>);

/// The spans of handlers by their ids, and the lines that handlers log, each with the span around it.
#[derive(Clone, Default)]
pub(crate) struct Spans {
    pub(crate) spans: Arc<Mutex<Vec<(u64, Seen)>>>,
    pub(crate) lines: Arc<Mutex<Vec<Logged>>>,
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut seen = Seen::default();
        attributes.record(&mut Fields(&mut seen.fields));
        seen.parent = context.span(id).and_then(|span| Some(span.parent()?.id().into_u64()));
        self.spans.lock().unwrap().push((id.into_u64(), seen));
    }

    fn on_follows_from(&self, id: &Id, follows: &Id, context: Context<'_, S>) {
        assert!(context.span(follows).is_some(), "the span that it follows from is open");
        self.change(id, |seen| seen.follows = Some(follows.into_u64()));
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        self.change(&id, |seen| seen.closed = true);
    }

    fn on_event(&self, event: &tracing::Event<'_>, context: Context<'_, S>) {
        let mut fields = Line::new();
        event.record(&mut Fields(&mut fields));
        if let Some(text) = fields.remove("text") {
            let line = format!("{} {text}", fields["message"]);
            let span = context.lookup_current().map(|span| span.id().into_u64());
            self.lines.lock().unwrap().push((line, span));
        }
    }
}

impl Spans {
    fn change(&self, id: &Id, change: impl FnOnce(&mut Seen)) {
        let mut spans = self.spans.lock().unwrap();
        // The last one: an id is used again.
        let (_, seen) = spans.iter_mut().rev().find(|(other, _)| *other == id.into_u64()).unwrap();
        change(seen);
    }

    /// The span around a line.
    pub(crate) fn around(&self, line: &str) -> (u64, Seen) {
        let lines = self.lines.lock().unwrap().clone();
        let (_, id) =
            lines.iter().find(|(other, _)| other == line).unwrap_or_else(|| panic!("{line}: {lines:?}"));
        let id = id.unwrap_or_else(|| panic!("a span is around `{line}`"));
        let spans = self.spans.lock().unwrap();
        spans.iter().rev().find(|(other, _)| *other == id).unwrap().clone()
    }

    pub(crate) fn all_closed(&self) -> bool {
        self.spans.lock().unwrap().iter().all(|(_, seen)| seen.closed)
    }
}
