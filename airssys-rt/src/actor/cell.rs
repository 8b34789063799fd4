use crate::{
    actor::{Actor, Exit, Kind},
    id::ActorId,
    mailbox::{Mailbox, Policy},
    sync::{Arc, Mutex},
};
use std::task::{Context, Poll};

/// One actor as everybody else sees it: its mailbox, and what never changes.
pub(crate) struct Cell<A: Actor> {
    pub(crate) kind: Arc<Kind<A>>,
    pub(crate) id: ActorId,
    /// Counts the actors of a system in the order in which they were started.
    pub(crate) born: u64,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) mailbox: Mailbox<Queued<A::Message>>,
    end: Mutex<Option<Box<End>>>,
}

/// What lies in a mailbox. The recipient is the mailbox itself.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) sender: Option<ActorId>,
}

/// Absent until somebody waits for the end or it has come.
enum End {
    Awaited(Vec<oneshot::Sender<Exit>>),
    Come(Exit),
}

impl<A: Actor> Cell<A> {
    pub(crate) fn new(
        kind: Arc<Kind<A>>,
        id: ActorId,
        born: u64,
        name: Option<Arc<str>>,
        policy: Policy,
    ) -> Self {
        Cell { kind, id, born, name, mailbox: Mailbox::new(policy), end: Mutex::new(None) }
    }

    /// Told once, by the actor's task when everything else is done.
    pub(crate) fn ended(&self, exit: Exit) {
        let before = self.end.lock().replace(Box::new(End::Come(exit.clone())));
        if let Some(End::Awaited(waiting)) = before.map(|end| *end) {
            for waiter in waiting {
                // A waiter that has gone does not want to know.
                let _ = waiter.send(exit.clone());
            }
        }
    }

    fn exit(&self) -> oneshot::AsyncReceiver<Exit> {
        let (sender, receiver) = oneshot::async_channel();
        match &mut **self.end.lock().get_or_insert_with(|| Box::new(End::Awaited(Vec::new()))) {
            End::Awaited(waiting) => waiting.push(sender),
            End::Come(exit) => {
                let _ = sender.send(exit.clone()); // the receiver is here
            }
        }
        receiver
    }

    /// Ready when the actor has ended, its hooks included.
    pub(crate) async fn wait(&self) -> Exit {
        self.exit().await.expect("a cell announces its end before it goes")
    }
}

/// A cell of any type, for what a shutdown does. Cold.
#[doc(hidden)]
pub trait AnyCell: Send + Sync {
    fn id(&self) -> ActorId;
    fn actor(&self) -> &'static str;
    fn name(&self) -> Option<Arc<str>>;
    fn born(&self) -> u64;
    fn accepted(&self) -> u64;
    fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()>;
    fn stop(&self);
    fn kill(&self);
    fn exit(&self) -> oneshot::AsyncReceiver<Exit>;
    fn has_ended(&self) -> bool;
}

impl<A: Actor> AnyCell for Cell<A> {
    fn id(&self) -> ActorId {
        self.id
    }

    fn actor(&self) -> &'static str {
        A::NAME
    }

    fn name(&self) -> Option<Arc<str>> {
        self.name.clone()
    }

    fn born(&self) -> u64 {
        self.born
    }

    fn accepted(&self) -> u64 {
        self.mailbox.progress().0
    }

    fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.mailbox.poll_quiet(cx)
    }

    fn stop(&self) {
        self.mailbox.stop();
    }

    fn kill(&self) {
        self.mailbox.kill();
    }

    fn exit(&self) -> oneshot::AsyncReceiver<Exit> {
        Cell::exit(self)
    }

    fn has_ended(&self) -> bool {
        matches!(self.end.lock().as_deref(), Some(End::Come(_)))
    }
}
