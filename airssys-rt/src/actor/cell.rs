use crate::{
    actor::{
        Actor, ActorState, Exit, Kind, Lifecycle, Terminated,
        tag::Tag,
        watch::{Watch, Watcher},
    },
    id::ActorId,
    mailbox::{Mailbox, Policy},
    rt,
    sync::{Arc, Mutex},
};
use std::{
    mem,
    task::{Context, Poll},
};

/// One actor as everybody else sees it: its mailbox, and what never changes.
pub(crate) struct Cell<A: Actor> {
    pub(crate) kind: Arc<Kind<A>>,
    pub(crate) id: ActorId,
    /// Counts the actors of a system in the order in which they were started.
    pub(crate) born: u64,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) mailbox: Mailbox<Queued<A::Message>>,
    life: Mutex<Life>,
}

/// What lies in a mailbox. The recipient is the mailbox itself.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) tag: Tag,
}

struct Life {
    lifecycle: Lifecycle,
    /// Absent until somebody waits for the end or it has come.
    end: Option<Box<End>>,
}

enum End {
    Awaited(Vec<Watcher>),
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
        let lifecycle = if A::STARTS { Lifecycle::new() } else { Lifecycle::running() };
        let life = Mutex::new(Life { lifecycle, end: None });
        Cell { kind, id, born, name, mailbox: Mailbox::new(policy), life }
    }

    pub(crate) fn advance(&self, to: ActorState) {
        let advanced = self.life.lock().lifecycle.advance(to);
        debug_assert!(advanced.is_ok(), "{advanced:?}");
    }

    pub(crate) fn lifecycle(&self) -> Lifecycle {
        self.life.lock().lifecycle.clone()
    }

    /// Told once, by the actor's task when everything else is done. Nothing is locked while the others are told.
    pub(crate) fn ended(&self, exit: Exit) {
        let before = {
            let mut life = self.life.lock();
            let advanced = life.lifecycle.advance(exit.reason.state());
            debug_assert!(advanced.is_ok(), "{advanced:?}");
            life.end.replace(Box::new(End::Come(exit.clone())))
        };
        if let Some(End::Awaited(watchers)) = before.map(|end| *end) {
            for watcher in watchers {
                // One whose waker panics does not keep the others from being told.
                rt::contain(|| watcher.tell(self.terminated(&exit), &exit));
            }
        }
    }

    /// Where it is in memory: two systems may know the same id.
    pub(crate) fn place(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    fn terminated(&self, exit: &Exit) -> Terminated {
        Terminated {
            id: self.id,
            actor: A::NAME,
            name: self.name.clone(),
            reason: exit.reason.clone(),
            place: self.place(),
        }
    }

    /// Ready when the actor has ended, its hooks included.
    pub(crate) async fn wait(&self) -> Exit {
        self.exit().await.expect("a cell announces its end before it goes")
    }

    pub(crate) fn watch(&self) -> Watch {
        let (sender, receiver) = oneshot::async_channel();
        self.add_watcher(Watcher::Outside(sender));
        Watch(receiver)
    }
}

/// A cell of any type, for what does not depend on it. Cold.
pub(crate) trait AnyCell: Send + Sync {
    fn id(&self) -> ActorId;
    fn place(&self) -> usize;
    fn actor(&self) -> &'static str;
    fn name(&self) -> Option<Arc<str>>;
    fn born(&self) -> u64;
    /// How many messages its mailbox let in, and how many of these it is done with.
    fn progress(&self) -> (u64, u64);
    fn lifecycle(&self) -> Lifecycle;
    fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()>;
    fn shut_down(&self);
    fn kill(&self);
    fn exit(&self) -> oneshot::AsyncReceiver<Exit>;
    fn has_ended(&self) -> bool;
    /// Tells `watcher` of the end, at once if it has come.
    fn add_watcher(&self, watcher: Watcher);
    /// Takes back the watch of the actor at that place.
    fn remove_watcher(&self, by: usize);
}

impl<A: Actor> AnyCell for Cell<A> {
    fn id(&self) -> ActorId {
        self.id
    }

    fn place(&self) -> usize {
        Cell::place(self)
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

    fn progress(&self) -> (u64, u64) {
        self.mailbox.progress()
    }

    fn lifecycle(&self) -> Lifecycle {
        Cell::lifecycle(self)
    }

    fn poll_quiet(&self, cx: &mut Context<'_>) -> Poll<()> {
        self.mailbox.poll_quiet(cx)
    }

    fn shut_down(&self) {
        self.mailbox.shut_down();
    }

    fn kill(&self) {
        self.mailbox.kill();
    }

    fn exit(&self) -> oneshot::AsyncReceiver<Exit> {
        let (sender, receiver) = oneshot::async_channel();
        self.add_watcher(Watcher::Stopper(sender));
        receiver
    }

    fn has_ended(&self) -> bool {
        matches!(self.life.lock().end.as_deref(), Some(End::Come(_)))
    }

    fn add_watcher(&self, watcher: Watcher) {
        let exit = {
            let mut life = self.life.lock();
            match &mut **life.end.get_or_insert_with(|| Box::new(End::Awaited(Vec::new()))) {
                End::Awaited(watchers) => {
                    // Now and then: who has gone need not be told. Each time would be slow with many.
                    if watchers.len().is_power_of_two() {
                        watchers.retain(|other| !other.has_gone());
                    }
                    watchers.push(watcher);
                    return;
                }
                End::Come(exit) => exit.clone(),
            }
        };
        watcher.tell(self.terminated(&exit), &exit);
    }

    fn remove_watcher(&self, by: usize) {
        let mut life = self.life.lock();
        let Some(End::Awaited(watchers)) = life.end.as_deref_mut() else { return };
        let (gone, left) = mem::take(watchers).into_iter().partition(|other| other.is(by));
        *watchers = left;
        drop(life);
        drop::<Vec<Watcher>>(gone);
    }
}
