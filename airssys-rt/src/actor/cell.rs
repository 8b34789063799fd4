use crate::{
    actor::{
        Actor, ActorState, Exit, Kind, Lifecycle, Terminated,
        family::{ChildFailed, Family},
        tag::Tag,
        watch::{Watch, Watcher},
    },
    id::ActorId,
    mailbox::{Mailbox, Policy},
    rt,
    sync::{Arc, Mutex, MutexGuard, Weak},
};
use std::{
    mem,
    task::{Context, Poll},
};

/// One actor as everybody else sees it: its mailbox, and what never changes.
#[repr(C)] // what senders use is in one place
pub(crate) struct Cell<A: Actor> {
    pub(crate) mailbox: Mailbox<Queued<A::Message>, About>,
    pub(crate) kind: Arc<Kind<A>>,
    pub(crate) id: ActorId,
}

/// What is seldom looked at.
pub(crate) struct About {
    /// Counts the actors of a system in the order in which they were started.
    born: u64,
    /// Small in the many that have none.
    name: Option<Box<Name>>,
    life: Mutex<Life>,
}

struct Name(Arc<str>);

// What the mailbox wants beside it.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<About>() >= 64);

/// What an actor begins with.
pub(crate) struct Birth {
    /// Of how many, in the order in which they were started.
    pub(crate) nth: u64,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) policy: Policy,
    pub(crate) parent: Option<Weak<dyn AnyCell>>,
    /// A supervisor keeps it: the end of an incarnation is not its end.
    pub(crate) kept: bool,
}

/// What lies in a mailbox. The recipient is the mailbox itself.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) tag: Tag,
}

struct Life {
    lifecycle: Lifecycle,
    /// Absent in an actor that nobody waits for, that is nobody's parent or child, and of whose end there is little to say.
    rare: Option<Box<Rare>>,
}

#[derive(Default)]
struct Rare {
    /// How it ended, if that is not said in a byte.
    exit: Option<Exit>,
    watchers: Vec<Watcher>,
    family: Family,
}

impl Life {
    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// How it ended, once it has.
    fn exit(&self) -> Option<Exit> {
        match self.lifecycle.plain_exit() {
            Some(plain) => Some(plain.into()),
            None => self.rare.as_ref()?.exit.clone(),
        }
    }
}

impl<A: Actor> Cell<A> {
    pub(crate) fn new(kind: Arc<Kind<A>>, id: ActorId, birth: Birth) -> Self {
        let Birth { nth, name, policy, parent, kept } = birth;
        let lifecycle = if A::STARTS || kept { Lifecycle::new() } else { Lifecycle::running() };
        let rare = parent.map(|parent| Box::new(Rare { family: Family::of(parent), ..Rare::default() }));
        let name = name.map(|name| Box::new(Name(name)));
        let about = About { born: nth, name, life: Mutex::new(Life { lifecycle, rare }) };
        let mailbox = Mailbox::new(policy, about);
        if kept {
            mailbox.keep();
        }
        Cell { mailbox, kind, id }
    }

    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        self.mailbox.beside.name.as_ref().map(|name| &name.0)
    }

    fn life(&self) -> MutexGuard<'_, Life> {
        self.mailbox.beside.life.lock()
    }

    pub(crate) fn advance(&self, to: ActorState) {
        let advanced = self.life().lifecycle.advance(to);
        debug_assert!(advanced.is_ok(), "{advanced:?}");
    }

    pub(crate) fn lifecycle(&self) -> Lifecycle {
        self.life().lifecycle.clone()
    }

    /// Told once, by the actor's task when everything else is done. Nothing is locked while the others are told.
    pub(crate) fn ended(&self, exit: Exit) {
        let (children, watchers) = {
            let mut life = self.life();
            let ended = life.lifecycle.end(&exit);
            debug_assert!(ended.is_ok(), "{ended:?}");
            if life.lifecycle.plain_exit().is_none() {
                life.rare().exit = Some(exit.clone());
            }
            let Some(rare) = &mut life.rare else { return };
            (rare.family.take_children(), mem::take(&mut rare.watchers))
        };
        for child in children {
            child.kill(); // the task was ended in the middle of it: nobody can wait for them any more
        }
        for watcher in watchers {
            // One whose waker panics does not keep the others from being told.
            rt::contain(|| watcher.tell(self.terminated(&exit), &exit));
        }
    }

    /// An incarnation has ended, and there will be another: whoever told the actor to stop has what they wanted.
    pub(super) fn incarnation_ended(&self, exit: &Exit) {
        let stoppers: Vec<_> = {
            let mut life = self.life();
            let Some(rare) = &mut life.rare else { return };
            rare.family.reopen();
            let (stoppers, others) = mem::take(&mut rare.watchers).into_iter().partition(Watcher::is_stopper);
            rare.watchers = others;
            stoppers
        };
        for stopper in stoppers {
            rt::contain(|| stopper.tell(self.terminated(exit), exit));
        }
    }

    /// Looks at parent and children, if there are any.
    pub(super) fn with_family<R: Default>(&self, look: impl FnOnce(&mut Family) -> R) -> R {
        self.life().rare.as_mut().map(|rare| look(&mut rare.family)).unwrap_or_default()
    }

    /// Where it is in memory: two systems may know the same id.
    pub(crate) fn place(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    fn terminated(&self, exit: &Exit) -> Terminated {
        Terminated {
            id: self.id,
            actor: A::NAME,
            name: self.name().cloned(),
            reason: exit.reason.clone(),
            place: self.place(),
        }
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
    /// Whether a supervisor decides when it ends.
    fn is_kept(&self) -> bool;
    /// Whose child it is, if another actor's.
    fn parent(&self) -> Option<Arc<dyn AnyCell>>;
    /// Takes a child in, which is stopped with this actor. `false`: this actor is stopping, or has stopped.
    fn adopt(&self, child: Arc<dyn AnyCell>) -> bool;
    /// Takes back `adopt`.
    fn disown(&self, child: usize);
    /// A child has failed and this actor is to fail with it.
    fn child_failed(&self, child: ChildFailed);
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
        Cell::name(self).cloned()
    }

    fn born(&self) -> u64 {
        self.mailbox.beside.born
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
        self.life().lifecycle.has_ended()
    }

    fn is_kept(&self) -> bool {
        self.mailbox.is_kept()
    }

    fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        Cell::parent(self)
    }

    fn adopt(&self, child: Arc<dyn AnyCell>) -> bool {
        use ActorState::{Failed, Stopped, Stopping};
        let mut life = self.life();
        let over = matches!(life.lifecycle.state(), Stopping | Stopped | Failed);
        !over && life.rare().family.adopt(child)
    }

    fn disown(&self, child: usize) {
        self.with_family(|family| family.disown(child));
    }

    fn child_failed(&self, child: ChildFailed) {
        self.with_family(|family| family.child_failed(child));
        self.mailbox.child_failed();
    }

    fn add_watcher(&self, watcher: Watcher) {
        let exit = {
            let mut life = self.life();
            match life.exit() {
                None => {
                    let rare = life.rare();
                    // Now and then: who has gone need not be told. Each time would be slow with many.
                    if rare.watchers.len().is_power_of_two() {
                        rare.watchers.retain(|other| !other.has_gone());
                    }
                    rare.watchers.push(watcher);
                    return;
                }
                Some(exit) => exit,
            }
        };
        watcher.tell(self.terminated(&exit), &exit);
    }

    fn remove_watcher(&self, by: usize) {
        let mut life = self.life();
        let Some(rare) = life.rare.as_deref_mut() else { return };
        let (gone, left) = mem::take(&mut rare.watchers).into_iter().partition(|other| other.is(by));
        rare.watchers = left;
        drop(life);
        drop::<Vec<Watcher>>(gone);
    }
}
