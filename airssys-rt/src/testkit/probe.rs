//! `Probe`: a stand-in for an actor; a test expects the messages to it, or scripts their answers.

use crate::{
    actor::{Actor, ActorRef, ActorState, Cell, Exit, ExitReason, HandledBy, Queued, Variants, name_of},
    envelope::Meta,
    mailbox::{Batch, MailboxPolicy, TakeResult},
    reply::{Cause, Fault},
    rt,
    sync::Arc,
    testkit::{Incoming, script::Script, stand_in::StandIn},
};
use std::{
    any::type_name,
    fmt,
    future::Future,
    panic::Location,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

/// A stand-in for an actor: the test receives the messages that are sent to its [`actor_ref`](Self::actor_ref). There is no `A`, no
/// system and no task.
///
/// A message with a script is answered at once, in the task of the sender ([`reply_with`](Self::reply_with),
/// [`fail_with`](Self::fail_with)). All other messages are queued until the test [expects](Self::expect) them. Dropping the probe
/// ends the actor that it stands in for.
///
/// ```
/// use airssys_rt::{prelude::*, testkit::Probe};
/// # #[message(reply = u64)] pub struct Record { pub cents: u64 }
/// # #[message] pub struct Flush;
/// # pub struct Ledger;
/// # #[actor] impl Ledger { #[handler] fn record(&mut self, _: Record) -> u64 { 0 } #[handler] fn flush(&mut self, _: Flush) {} }
/// # #[message(reply = u64)] pub struct Withdraw { pub cents: u64 }
/// # pub struct Account { ledger: ActorRef<Ledger> }
/// # #[actor(asks(Ledger), tells(Ledger))] impl Account {
/// #     #[handler] async fn withdraw(&mut self, m: Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
/// #         let _ = ctx.tell(&self.ledger, Flush).await;
/// #         Ok(ctx.ask(&self.ledger, Record { cents: m.cents }).await?)
/// #     }
/// # }
/// # #[actor_system(actors(Account, Ledger))] pub struct Bank;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bank = ActorSystem::<Bank>::start(SystemConfig::default()).await?;
/// let mut ledger = Probe::<Ledger>::new();
/// let account = bank.spawn(Account { ledger: ledger.actor_ref() }).await?;
///
/// let (left, ()) = tokio::join!(bank.ask(&account, Withdraw { cents: 400 }), async {
///     let _ = ledger.expect::<Flush>().await;
///     let record = ledger.expect::<Record>().await;
///     assert_eq!((record.cents, record.sender()), (400, Some(account.id())));
///     record.reply(600);
/// });
/// assert_eq!(left, Ok(600));
/// ledger.expect_nothing().await;
/// # Ok(()) }
/// ```
pub struct Probe<A: Actor> {
    host: Arc<StandIn<A>>,
    cell: Arc<Cell<A>>,
    /// The messages that were taken from the mailbox and are not expected yet.
    intake: Batch<Queued<A::Message>>,
    deadline: Duration,
    silence: Duration,
    ended: bool,
}

impl<A: Actor> Probe<A> {
    /// Makes a probe with an unbounded mailbox.
    #[must_use]
    pub fn new() -> Self {
        Self::with_mailbox(MailboxPolicy::unbounded())
    }

    /// Makes a probe with a mailbox that can be full. A message counts against the capacity until it is expected; a message that a
    /// script answers never does.
    #[must_use]
    pub fn with_mailbox(policy: MailboxPolicy) -> Self {
        let host = StandIn::new();
        let cell = host.actor(policy);
        if A::STARTS {
            cell.advance(ActorState::Running);
        }
        Probe {
            host,
            cell,
            intake: Batch::new(),
            deadline: Duration::from_secs(5),
            silence: Duration::from_millis(50),
            ended: false,
        }
    }

    /// Waits for a message no longer than `deadline`.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Sets how long [`expect_nothing`](Self::expect_nothing) waits; by default 50 ms.
    #[must_use]
    pub fn with_silence(mut self, silence: Duration) -> Self {
        self.silence = silence;
        self
    }

    pub(super) fn cell(&self) -> &Arc<Cell<A>> {
        &self.cell
    }

    /// Returns a reference to the actor that this probe stands in for.
    #[must_use]
    pub fn actor_ref(&self) -> ActorRef<A> {
        ActorRef::new(self.cell.clone())
    }

    /// Replies to each later `M` at once with the result of `answer`. The script that was set last is used. It also runs for a message
    /// that is told.
    ///
    /// `answer` runs in the task of the sender, one message after the other, and may send to this probe: a message that arrives while
    /// it runs is answered after it has returned. If `answer` panics, the sender panics.
    pub fn reply_with<M: HandledBy<A>>(&self, mut answer: impl FnMut(M) -> M::Reply + Send + 'static) {
        self.script::<M>(move |message| {
            if let Some((message, slot)) = M::unwrap(message) {
                slot.answer(answer(message));
            }
        });
    }

    /// Fails each later `M` at once, as a handler that returns this fault does.
    pub fn fail_with<M: HandledBy<A>>(&self, mut fault: impl FnMut(M) -> Fault + Send + 'static) {
        self.script::<M>(move |message| {
            if let Some((message, mut slot)) = M::unwrap(message) {
                slot.refuse(Cause::Failed(Some(fault(message).report())));
            }
        });
    }

    fn script<M: HandledBy<A>>(&self, answer: impl FnMut(A::Message) + Send + 'static) {
        let fits = |message: &A::Message| M::peek(message).is_some();
        self.host.script(Script::new(fits, answer));
    }

    /// Returns the metadata of all messages so far, including those that scripts have answered.
    #[must_use]
    pub fn seen(&self) -> Vec<Meta> {
        self.host.seen()
    }

    /// Waits for the next message, which must be an `M`.
    ///
    /// # Panics
    ///
    /// If the message is of another type, if no message arrives before the deadline, or if the actor was told to stop.
    ///
    /// # Cancel safety
    ///
    /// Safe to cancel: a message is taken only when it is returned.
    #[track_caller]
    pub fn expect<M: HandledBy<A>>(&mut self) -> impl Future<Output = Incoming<M, M::Reply>> {
        let at = Location::caller();
        async move {
            let (wanted, deadline) = (short(type_name::<M>()), self.deadline);
            match rt::timeout(deadline, self.next()).await {
                Some(Some(queued)) => self.incoming(queued, at),
                Some(None) => panic!("{at}: expected a `{wanted}`, but {self:?} has been stopped"),
                None => {
                    panic!("{at}: expected a `{wanted}`, but nothing came to {self:?} within {deadline:?}")
                }
            }
        }
    }

    /// Returns the next message without waiting, if there is one. It must be an `M`.
    ///
    /// # Panics
    ///
    /// If the message is of another type.
    #[track_caller]
    pub fn try_next<M: HandledBy<A>>(&mut self) -> Option<Incoming<M, M::Reply>> {
        let queued = self.next_now()?;
        Some(self.incoming(queued, Location::caller()))
    }

    /// Waits for [a while](Self::with_silence), in which no message may arrive.
    ///
    /// # Panics
    ///
    /// If a message arrives, or has arrived before and was not expected.
    #[track_caller]
    pub fn expect_nothing(&mut self) -> impl Future<Output = ()> {
        let at = Location::caller();
        async move {
            if let Some(Some(queued)) = rt::timeout(self.silence, self.next()).await {
                let name = name_of::<A>(queued.message.number());
                panic!("{at}: expected nothing, but a `{name}` came to {self:?}");
            }
        }
    }

    /// Ends the actor that this probe stands in for: its watchers are notified, and sending to it is an error.
    pub fn end(&mut self, reason: ExitReason) {
        if self.ended {
            return;
        }
        self.ended = true;
        let rest = self.cell.mailbox.end();
        for mut queued in self.intake.drain().chain(rest.queue) {
            queued.message.refuse(Cause::Stopped);
            drop(self.cell.kind.metadata.remove(queued.tag));
        }
        self.cell.kind.leave(self.cell.id, rest.accepted, rest.done);
        self.cell.ended(&Exit { reason, hook: None });
    }

    /// Waits for the next message. Returns `None` if the actor was told to stop, or has ended.
    async fn next(&mut self) -> Option<Queued<A::Message>> {
        let taken = match self.intake.pop() {
            Some(queued) => Some(queued),
            None if self.ended => None,
            None => match self.cell.mailbox.take(&mut self.intake).await {
                TakeResult::Item(queued) => Some(queued),
                TakeResult::Signal | TakeResult::Closed => {
                    self.end(ExitReason::Stopped);
                    None
                }
            },
        };
        self.free_slot(taken)
    }

    pub(super) fn next_now(&mut self) -> Option<Queued<A::Message>> {
        let taken = self.intake.pop().or_else(|| {
            if self.ended {
                return None;
            }
            let take = pin!(self.cell.mailbox.take(&mut self.intake));
            match take.poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Ready(TakeResult::Item(queued)) => Some(queued),
                _ => None,
            }
        });
        self.free_slot(taken)
    }

    fn free_slot(&self, queued: Option<Queued<A::Message>>) -> Option<Queued<A::Message>> {
        if queued.is_some() {
            self.cell.mailbox.handled(true); // frees its slot for a waiting sender
        }
        queued
    }

    fn incoming<M: HandledBy<A>>(
        &self,
        queued: Queued<A::Message>,
        at: &Location<'_>,
    ) -> Incoming<M, M::Reply> {
        let name = name_of::<A>(queued.message.number());
        let meta = self.cell.kind.metadata.remove(queued.tag);
        let Some((message, slot)) = M::unwrap(queued.message) else {
            let wanted = short(type_name::<M>());
            panic!("{at}: expected a `{wanted}`, but a `{name}` came to {self:?}");
        };
        Incoming::new(message, slot, meta)
    }
}

/// Returns the name of a type without its path, unless it has arguments.
fn short(name: &'static str) -> &'static str {
    if name.contains('<') { name } else { name.rsplit("::").next().unwrap_or(name) }
}

impl<A: Actor> Default for Probe<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Actor> Drop for Probe<A> {
    fn drop(&mut self) {
        self.end(ExitReason::Stopped);
    }
}

impl<A: Actor> fmt::Debug for Probe<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the probe of `{}`", A::NAME)
    }
}
