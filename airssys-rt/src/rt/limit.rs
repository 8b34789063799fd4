use crate::rt::{
    self, Sleep,
    here::{self, Noted, ROUND},
};
use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

/// From here on a limit is passed up to one round late; a shorter one is exact.
const COARSE: Duration = Duration::from_secs(1);

pin_project_lite::pin_project! {
    /// The time limit of a wait that is nearly always over long before. It counts from the first poll and is never early.
    ///
    /// A timer is set only for a wait that outlasts a round of its thread, a 64th of a second.
    #[project = Step]
    #[derive(Debug)]
    pub(crate) enum Limit {
        New,
        Noted { noted: Noted },
        Timer { #[pin] timer: Sleep },
    }
}

impl Limit {
    /// Ready once `limit` has passed.
    #[inline]
    pub(crate) fn poll(mut self: Pin<&mut Self>, limit: Duration, cx: &mut Context<'_>) -> Poll<()> {
        if matches!(*self, Limit::New)
            && limit > ROUND
            && let Some(noted) = here::note(cx.waker(), limit < COARSE)
        {
            self.set(Limit::Noted { noted });
            return Poll::Pending;
        }
        self.poll_timer(limit, cx)
    }

    #[cold]
    fn poll_timer(mut self: Pin<&mut Self>, limit: Duration, cx: &mut Context<'_>) -> Poll<()> {
        let begun = match self.as_mut().project() {
            Step::Timer { timer } => return timer.poll(cx),
            Step::Noted { noted } if noted.again(cx.waker()) => return Poll::Pending,
            Step::Noted { noted } => noted.at,
            Step::New => None,
        };
        let passed = begun.map_or(Duration::ZERO, |begun| begun.elapsed());
        self.set(Limit::Timer { timer: rt::sleep(limit.saturating_sub(passed)) });
        match self.project() {
            Step::Timer { timer } => timer.poll(cx),
            _ => Poll::Pending,
        }
    }
}
