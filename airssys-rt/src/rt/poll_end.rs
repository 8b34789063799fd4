//! What the guard of an actor has to do at the end of a poll. It reads one variable of the thread, because most polls have nothing to do.

use std::cell::Cell;

thread_local! {
    static FLAGS: Cell<u8> = const { Cell::new(0) };
}

/// Work at the end of a poll. The module that has it sets and clears its flag.
#[derive(Clone, Copy)]
pub(crate) enum PollEnd {
    /// A span is entered: it has to be left.
    Span = 1,
    /// Askers wait for the text of the panic that unwinds.
    Askers = 2,
}

impl PollEnd {
    /// Whether there is any work at the end of this poll.
    #[inline]
    pub(crate) fn has_work() -> bool {
        FLAGS.get() != 0
    }

    #[inline]
    pub(crate) fn set(self, has_work: bool) {
        let others = FLAGS.get() & !(self as u8);
        FLAGS.set(others | if has_work { self as u8 } else { 0 });
    }
}
