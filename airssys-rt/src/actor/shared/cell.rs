use crate::{
    actor::{
        declare::Actor,
        shared::{ActorState, AnyCell, Exit, Family, Kind, Lifecycle, Tag, Terminated, Watch, Watcher},
    },
    id::ActorId,
    mailbox::{Mailbox, Policy},
    rt,
    sync::{Arc, Mutex, MutexGuard, Weak},
};
use std::mem;

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
    pub(super) born: u64,
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

pub(super) struct Life {
    pub(super) lifecycle: Lifecycle,
    /// Absent in an actor that nobody waits for, that is nobody's parent or child, and of whose end there is little to say.
    pub(super) rare: Option<Box<Rare>>,
}

#[derive(Default)]
pub(super) struct Rare {
    /// How it ended, if that is not said in a byte.
    exit: Option<Exit>,
    pub(super) watchers: Vec<Watcher>,
    pub(super) family: Family,
}

impl Life {
    pub(super) fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// How it ended, once it has.
    pub(super) fn exit(&self) -> Option<Exit> {
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

    pub(super) fn life(&self) -> MutexGuard<'_, Life> {
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
    pub(crate) fn incarnation_ended(&self, exit: &Exit) {
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
    pub(crate) fn with_family<R: Default>(&self, look: impl FnOnce(&mut Family) -> R) -> R {
        self.life().rare.as_mut().map(|rare| look(&mut rare.family)).unwrap_or_default()
    }

    /// Where it is in memory: two systems may know the same id.
    pub(crate) fn place(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    pub(super) fn terminated(&self, exit: &Exit) -> Terminated {
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
