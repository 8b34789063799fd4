//! The span (`tracing`) in which a message was sent: the origin of the span of its handler.

use crate::{
    observe::spans_enabled,
    rt::{self, CatchDrop},
    sync::Arc,
};
use std::fmt;
use tracing::{Id, Span};

/// The span that was current when a message was sent. It is kept open until the message is gone, so that its id stays valid. Its drop
/// runs code of the subscriber.
#[derive(Clone)]
pub(crate) struct SenderSpan(Arc<CatchDrop<Span>>);

impl SenderSpan {
    /// The current span. `None` if there is none, or if the spans of handlers are not enabled.
    #[inline]
    pub(crate) fn current() -> Option<Self> {
        if spans_enabled() { Self::enabled() } else { None }
    }

    #[cold]
    fn enabled() -> Option<Self> {
        let span = rt::catch_value(Span::current)?;
        (!span.is_none()).then(|| SenderSpan(Arc::new(CatchDrop::new(span))))
    }

    pub(super) fn id(&self) -> Option<Id> {
        self.0.id()
    }
}

impl fmt::Debug for SenderSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SenderSpan").field(&self.id()).finish()
    }
}
