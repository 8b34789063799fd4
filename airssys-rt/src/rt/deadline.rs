//! The time limit of an ask, which nearly always ends early: a coarse timer first, then an exact one.

use crate::rt::{
    coarse_timer::{self, Registration},
    runtime::Runtime,
    ticker::ROUND,
    time::{self, Sleep},
};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// A limit of at least this is passed up to one round late; a shorter one is exact.
const COARSE: Duration = Duration::from_secs(1);

pin_project_lite::pin_project! {
    /// The time limit of a wait that nearly always ends long before it.
    ///
    /// The limit counts from the first poll and is never early. A timer is set only for a wait that outlasts a round of its
    /// thread, a 64th of a second.
    #[project = DeadlineProjection]
    #[derive(Debug)]
    pub(crate) enum Deadline {
        New,
        Registered { registration: Registration },
        Timer { #[pin] timer: Sleep },
    }
}

impl Deadline {
    /// Ready once `limit` has passed. On a thread without a runtime the timer is one of `home`.
    #[inline]
    pub(crate) fn poll(
        mut self: Pin<&mut Self>,
        limit: Duration,
        home: impl Fn() -> Option<Runtime>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        if matches!(*self, Deadline::New) && limit > ROUND {
            if let Some(registration) = coarse_timer::register(cx.waker(), limit < COARSE) {
                self.set(Deadline::Registered { registration });
                return Poll::Pending;
            }
        }
        self.poll_timer(limit, &home, cx)
    }

    #[cold]
    fn poll_timer(
        mut self: Pin<&mut Self>,
        limit: Duration,
        home: &dyn Fn() -> Option<Runtime>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let begun = match self.as_mut().project() {
            DeadlineProjection::Timer { timer } => return timer.poll(cx),
            DeadlineProjection::Registered { registration } if registration.again(cx.waker()) => {
                return Poll::Pending;
            }
            DeadlineProjection::Registered { registration } => registration.at,
            DeadlineProjection::New => None,
        };
        let passed = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
        self.set(Deadline::Timer { timer: time::sleep_in(home, limit.saturating_sub(passed)) });
        match self.project() {
            DeadlineProjection::Timer { timer } => timer.poll(cx),
            _ => Poll::Pending,
        }
    }
}
