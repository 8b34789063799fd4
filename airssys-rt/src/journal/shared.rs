//! `Shared`: the writer of a journal, which an operation or the task that watches the age of unsynced records takes out.
//!
//! A writer that is taken out is not under a lock, so the code of a store runs under none.

use crate::{
    journal::{JournalError, writer::Writer},
    rt::{self, Instant, Runtime},
    sync::{Arc, Mutex},
};
use std::{
    future::{Future, poll_fn},
    mem,
    ops::{Deref, DerefMut},
    pin::pin,
    task::{Context, Poll, Waker},
};

pub(super) struct Shared {
    slot: Mutex<Slot>,
    /// Where the task that watches the age runs; `None`: there is no such task.
    runtime: Option<Runtime>,
}

struct Slot {
    /// `None`: it is taken out.
    writer: Option<Writer>,
    figures: Figures,
    /// There is a task that watches the age.
    is_watched: bool,
    /// The journal was dropped.
    is_closed: bool,
    /// The operation and the task, where they wait.
    waiting: [Option<Waker>; 2],
}

/// What a journal says about itself, also while its writer is taken out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figures {
    pub(super) records: u64,
    pub(super) size: u64,
    pub(super) unsynced: u64,
    pub(super) is_broken: bool,
}

/// The two that take a writer out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Journal,
    Watch,
}

/// A writer that is taken out. It is put back on drop.
pub(super) struct Lent<'s> {
    shared: &'s Arc<Shared>,
    writer: Option<Writer>,
    side: Side,
}

impl Shared {
    pub(super) fn new(writer: Writer, runtime: Option<Runtime>) -> Arc<Self> {
        let figures = Figures::of(&writer);
        let (is_watched, is_closed, waiting) = (false, false, [None, None]);
        let slot = Slot { writer: Some(writer), figures, is_watched, is_closed, waiting };
        Arc::new(Shared { slot: Mutex::new(slot), runtime })
    }

    pub(super) fn figures(&self) -> Figures {
        self.slot.lock().figures
    }

    /// Takes the writer out for an operation, after the sync that is going on.
    ///
    /// # Errors
    ///
    /// If the store panicked, and its writer is lost.
    pub(super) async fn lend(self: &Arc<Self>) -> Result<Lent<'_>, JournalError> {
        self.take(Side::Journal).await.ok_or(JournalError::Broken)
    }

    /// `None`: the journal was dropped.
    async fn take(self: &Arc<Self>, side: Side) -> Option<Lent<'_>> {
        poll_fn(|cx| {
            if let Some(taken) = self.try_take(side) {
                return Poll::Ready(taken);
            }
            self.register(side, cx);
            self.try_take(side).map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    fn try_take(self: &Arc<Self>, side: Side) -> Option<Option<Lent<'_>>> {
        let mut slot = self.slot.lock();
        match slot.writer.take() {
            Some(writer) => Some(Some(Lent { shared: self, writer: Some(writer), side })),
            None => slot.is_closed.then_some(None),
        }
    }

    /// Wakes a side when the writer is put back, or the journal is dropped. A waker is user code: it is cloned and dropped outside
    /// of the lock.
    fn register(&self, side: Side, cx: &Context<'_>) {
        let waker = Some(cx.waker().clone());
        let before = mem::replace(&mut self.slot.lock().waiting[side as usize], waker);
        drop(before);
    }

    /// Drops the writer, at once or when it is put back, and ends the task that watches the age.
    pub(super) fn close(&self) {
        let mut slot = self.slot.lock();
        slot.is_closed = true;
        let (writer, watch) = (slot.writer.take(), slot.waiting[Side::Watch as usize].take());
        drop(slot); // a `Drop` of a store and a waker are user code
        drop(writer);
        if let Some(watch) = watch {
            rt::catch(|| watch.wake());
        }
    }

    /// Waits until `time`, or until the journal is dropped.
    async fn pause(&self, time: Instant) {
        let mut sleep = pin!(rt::sleep(time.saturating_duration_since(rt::now())));
        poll_fn(|cx| {
            self.register(Side::Watch, cx);
            if self.slot.lock().is_closed { Poll::Ready(()) } else { sleep.as_mut().poll(cx) }
        })
        .await;
    }
}

/// Syncs when the first unsynced record has reached its age. Ends when there is none.
async fn watch(shared: Arc<Shared>) {
    while let Some(mut lent) = shared.take(Side::Watch).await {
        match lent.due() {
            None => return lent.end_watch(),
            Some(due) if due <= rt::now() => {
                // After an error or a panic the journal is broken, and its next operation says so.
                let _ = rt::catch_future(lent.sync()).await;
            }
            Some(due) => {
                drop(lent);
                shared.pause(due).await;
            }
        }
    }
}

impl Figures {
    fn of(writer: &Writer) -> Self {
        Figures {
            records: writer.records(),
            size: writer.size(),
            unsynced: writer.unsynced(),
            is_broken: writer.is_broken,
        }
    }
}

impl Lent<'_> {
    /// Says that the task ends, while no operation has the writer: the next one begins another task.
    fn end_watch(self) {
        self.shared.slot.lock().is_watched = false;
    }
}

impl Deref for Lent<'_> {
    type Target = Writer;

    fn deref(&self) -> &Writer {
        self.writer.as_ref().expect("only `drop` takes it")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Writer {
        self.writer.as_mut().expect("only `drop` takes it")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(writer) = self.writer.take() else { return };
        let mut slot = self.shared.slot.lock();
        slot.figures = Figures::of(&writer);
        if slot.is_closed {
            drop(slot);
            return rt::catch_drop(writer);
        }
        let begins = !slot.is_watched && writer.due().is_some();
        let runtime = self.shared.runtime.as_ref().filter(|_| begins);
        slot.is_watched |= runtime.is_some();
        slot.writer = Some(writer);
        let other = match self.side {
            Side::Journal => Side::Watch,
            Side::Watch => Side::Journal,
        };
        let waiting = slot.waiting[other as usize].take();
        drop(slot);
        if let Some(waker) = waiting {
            rt::catch(|| waker.wake());
        }
        if let Some(runtime) = runtime {
            let _ = runtime.spawn(Box::pin(watch(self.shared.clone()))); // fails if the runtime has ended
        }
    }
}
