//! The text of a panic, for the asker of the message that was handled: the reply slot unwinds before the text is known.
//!
//! A slot that unwinds in code of an actor answers with a [`PanicText`], which waits for the text, and leaves the sender of the text
//! to the guard of the actor. The guard catches the panic a moment later and takes the sender.

use crate::{
    reply::{Cause, FaultReport},
    rt::{self, CurrentActor, OnceSender, PollEnd},
};
use std::{
    cell::RefCell,
    future::Future,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

thread_local! {
    /// The askers of the panics that unwind on this thread, each with the actor in whose code the panic is. More than one actor if a
    /// handler polls another actor.
    static ASKERS: RefCell<Vec<(usize, OnceSender<FaultReport>)>> = const { RefCell::new(Vec::new()) };
}

/// The asker's end: the cause of the missing answer, as soon as the text of the panic is known.
pub(crate) struct PanicText(oneshot::AsyncReceiver<FaultReport>);

/// The askers that wait for the text of one panic. Dropped without a text, they are notified that the handler failed.
#[derive(Default)]
pub(crate) struct PanicAskers(Vec<OnceSender<FaultReport>>);

/// The text of the panic that unwinds on this thread. `None` outside of the code of an actor: no guard of an actor will catch it.
pub(super) fn text_of_unwinding_panic() -> Option<PanicText> {
    let actor = CurrentActor::identity();
    if actor == 0 {
        return None;
    }
    let (sender, text) = rt::once();
    // An error only while the thread ends: then the sender is dropped.
    let is_kept = ASKERS.try_with(|askers| askers.borrow_mut().push((actor, sender))).is_ok();
    PollEnd::Askers.set(is_kept);
    Some(PanicText(text))
}

impl PanicAskers {
    /// Takes the askers of the panic in the code of this actor.
    #[cold]
    pub(crate) fn take(actor: usize) -> Self {
        let of_actor = |askers: &RefCell<Vec<_>>| {
            let mut askers = askers.borrow_mut();
            let (own, others) = mem::take(&mut *askers).into_iter().partition(|(owner, _)| *owner == actor);
            *askers = others;
            PollEnd::Askers.set(!askers.is_empty());
            own
        };
        let own: Vec<_> = ASKERS.try_with(of_actor).unwrap_or_default();
        PanicAskers(own.into_iter().map(|(_, sender)| sender).collect())
    }

    /// Sends the text to each asker.
    pub(crate) fn tell(self, report: &FaultReport) {
        for asker in self.0 {
            asker.send(report.clone());
        }
    }
}

impl Future for PanicText {
    type Output = Cause;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(cx).map(|text| Cause::Failed(text.ok()))
    }
}
