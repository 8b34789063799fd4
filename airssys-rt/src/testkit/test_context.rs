//! `TestContext`: runs the handlers and hooks of an actor without a system.

use crate::{
    actor::{Actor, ActorContext, ErrorAction, HandledBy, PublishedBy, Tag, Variants},
    id::ActorId,
    reply::{self, Fault},
    testkit::Probe,
};
use std::{fmt, mem};

/// A context that runs handlers and hooks of an actor without a system, and keeps the events that they publish.
///
/// Messages to other actors arrive at the [`Probe`]s whose references the actor has; messages to itself arrive at
/// [`myself`](Self::myself). A panic is not caught. A test can also call any method of the actor directly, for example one for an
/// event: [`ctx`](Self::ctx) is the context that it takes.
///
/// ```
/// use airssys_rt::{prelude::*, testkit::TestContext};
/// # #[event] #[derive(Clone, Debug, PartialEq)] pub struct Withdrawn(pub u64);
/// # #[message(reply = u64)] pub struct Withdraw(pub u64);
/// # pub struct Account { cents: u64 }
/// # #[actor(publishes(Withdrawn))] impl Account {
/// #     #[pre_start] fn begin(&mut self) { self.cents = 1000 }
/// #     #[handler] fn withdraw(&mut self, Withdraw(cents): Withdraw, ctx: &mut ActorContext<Self>) -> Result<u64, Fault> {
/// #         ctx.publish(Withdrawn(cents));
/// #         self.cents = self.cents.checked_sub(cents).ok_or_else(|| Fault::new("overdrawn"))?;
/// #         Ok(self.cents)
/// #     }
/// # }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let mut account = Account { cents: 0 };
/// let mut context = TestContext::new();
/// context.pre_start(&mut account).await.expect("it opens with 1000");
///
/// assert_eq!(context.call(&mut account, Withdraw(400)).await.expect("there is enough"), 600);
/// assert_eq!(context.published::<Withdrawn>(), [Withdrawn(400)]);
///
/// let fault = context.call(&mut account, Withdraw(700)).await.expect_err("there is not enough");
/// assert_eq!((fault.to_string().as_str(), fault.message()), ("overdrawn", Some("Withdraw")));
/// assert!(!context.has_published(), "a handler that fails publishes no events");
/// # }
/// ```
pub struct TestContext<A: Actor> {
    myself: Probe<A>,
    ctx: ActorContext<A>,
    published: Vec<A::Event>,
    sender: Option<ActorId>,
}

impl<A: Actor> TestContext<A> {
    /// Makes a context for a new actor.
    #[must_use]
    pub fn new() -> Self {
        let myself = Probe::new();
        let ctx = ActorContext::new(myself.cell().clone());
        TestContext { myself, ctx, published: Vec::new(), sender: None }
    }

    /// Sets the sender of later messages; `None` for the outside.
    pub fn set_sender(&mut self, sender: Option<ActorId>) {
        self.sender = sender;
    }

    /// Runs the handler of one message and returns its reply.
    ///
    /// # Errors
    ///
    /// The fault that the handler returned. The events that it published are discarded then, as in a system.
    pub async fn call<M: HandledBy<A>>(&mut self, actor: &mut A, message: M) -> Result<M::Reply, Fault> {
        let (slot, answer) = reply::pair();
        self.handle(actor, message.wrap(slot), Tag::of_sender(self.sender)).await?;
        answer
            .outcome()
            .await
            .map_err(|_| Fault::new("the handler has returned without a reply to the message"))
    }

    /// Runs the handler of the next message that the actor has sent to itself, or of the next notification that a watched actor has
    /// ended. Returns `None` if there is no such message.
    pub async fn handle_next(&mut self, actor: &mut A) -> Option<Result<(), Fault>> {
        let queued = self.myself.next_now()?;
        let meta = self.ctx.cell.kind.metadata.remove(queued.tag);
        let sender = meta.map_or(queued.tag.sender(), |meta| meta.sender());
        Some(self.handle(actor, queued.message, Tag::of_sender(sender)).await)
    }

    async fn handle(&mut self, actor: &mut A, message: A::Message, tag: Tag) -> Result<(), Fault> {
        self.keep_published();
        self.ctx.begin(tag, message.number());
        let handled = actor.dispatch(message, &mut self.ctx).await;
        self.finish(handled).map_err(|fault| fault.at(self.ctx.current()))
    }

    /// Runs `#[pre_start]`.
    ///
    /// # Errors
    ///
    /// The fault of the hook.
    pub async fn pre_start(&mut self, actor: &mut A) -> Result<(), Fault> {
        self.keep_published();
        let started = actor.pre_start(&mut self.ctx).await;
        self.finish(started)
    }

    /// Runs `#[post_stop]`.
    ///
    /// # Errors
    ///
    /// The fault of the hook.
    pub async fn post_stop(&mut self, actor: &mut A) -> Result<(), Fault> {
        self.keep_published();
        let stopped = actor.post_stop(&mut self.ctx).await;
        self.finish(stopped)
    }

    /// Runs `#[on_error]`. An actor without this hook stops.
    pub async fn on_error(&mut self, actor: &mut A, fault: Fault) -> ErrorAction {
        actor.on_error(fault, &mut self.ctx).await
    }

    /// Returns the context for a method that the test calls directly.
    pub fn ctx(&mut self) -> &mut ActorContext<A> {
        &mut self.ctx
    }

    /// Takes the events of type `E` that were published since the last call, in order.
    pub fn published<E: PublishedBy<A>>(&mut self) -> Vec<E> {
        self.keep_published();
        let mut taken = Vec::new();
        for event in mem::take(&mut self.published) {
            match E::unwrap(event) {
                Ok(event) => taken.push(event),
                Err(other) => self.published.push(other),
            }
        }
        taken
    }

    /// Returns whether there are published events that have not been taken.
    #[must_use]
    pub fn has_published(&self) -> bool {
        !self.published.is_empty() || self.ctx.has_published()
    }

    /// Returns the probe that receives the messages of the actor to itself.
    pub fn myself(&mut self) -> &mut Probe<A> {
        &mut self.myself
    }

    /// Returns whether the actor has called [`ActorContext::stop`].
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.ctx.cell.mailbox.is_signalled()
    }

    fn keep_published(&mut self) {
        while let Some(event) = self.ctx.next_published() {
            self.published.push(event);
        }
    }

    fn finish(&mut self, outcome: Result<(), Fault>) -> Result<(), Fault> {
        if outcome.is_err() {
            self.ctx.discard_published();
        }
        self.keep_published();
        outcome
    }
}

impl<A: Actor> Default for TestContext<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Actor> Drop for TestContext<A> {
    fn drop(&mut self) {
        self.ctx.unwatch_all();
    }
}

impl<A: Actor> fmt::Debug for TestContext<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TestContext({})", A::NAME)
    }
}
