use crate::{
    actor::{
        declare::Actor,
        shared::{
            ActorState, AnyCell, Exit, Hierarchy, Lifecycle, Tag, Terminated, TypeState, Watch, Watcher,
        },
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
    pub(crate) kind: Arc<TypeState<A>>,
    pub(crate) id: ActorId,
}

/// What is seldom looked at.
pub(crate) struct About {
    /// Counts the actors of a system in the order in which they were started.
    pub(super) start_number: u64,
    /// Small in the many that have none.
    name: Option<Box<Name>>,
    status: Mutex<Status>,
}

struct Name(Arc<str>);

// What the mailbox wants beside it.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<About>() >= 64);

/// What an actor begins with.
pub(crate) struct CellConfig {
    /// Of how many, in the order in which they were started.
    pub(crate) start_number: u64,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) policy: Policy,
    pub(crate) parent: Option<Weak<dyn AnyCell>>,
    /// A supervisor keeps it: the end of an incarnation is not its end.
    pub(crate) supervised: bool,
}

/// What lies in a mailbox. The recipient is the mailbox itself.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) tag: Tag,
}

pub(super) struct Status {
    pub(super) lifecycle: Lifecycle,
    /// Absent in an actor that nobody waits for, that is nobody's parent or child, and of whose end there is little to say.
    pub(super) relations: Option<Box<Relations>>,
}

#[derive(Default)]
pub(super) struct Relations {
    /// How it ended, if that is not said in a byte.
    exit: Option<Exit>,
    pub(super) watchers: Vec<Watcher>,
    pub(super) hierarchy: Hierarchy,
}

impl Status {
    pub(super) fn relations(&mut self) -> &mut Relations {
        self.relations.get_or_insert_default()
    }

    /// How it ended, once it has.
    pub(super) fn exit(&self) -> Option<Exit> {
        match self.lifecycle.plain_exit() {
            Some(plain) => Some(plain.into()),
            None => self.relations.as_ref()?.exit.clone(),
        }
    }
}

impl<A: Actor> Cell<A> {
    pub(crate) fn new(kind: Arc<TypeState<A>>, id: ActorId, birth: CellConfig) -> Self {
        let CellConfig { start_number, name, policy, parent, supervised } = birth;
        let lifecycle = if A::STARTS || supervised { Lifecycle::new() } else { Lifecycle::running() };
        let relations = parent
            .map(|parent| Box::new(Relations { hierarchy: Hierarchy::of(parent), ..Relations::default() }));
        let name = name.map(|name| Box::new(Name(name)));
        let about = About { start_number, name, status: Mutex::new(Status { lifecycle, relations }) };
        let mailbox = Mailbox::new(policy, about);
        if supervised {
            mailbox.set_supervised();
        }
        Cell { mailbox, kind, id }
    }

    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        self.mailbox.owner_data.name.as_ref().map(|name| &name.0)
    }

    pub(super) fn status(&self) -> MutexGuard<'_, Status> {
        self.mailbox.owner_data.status.lock()
    }

    pub(crate) fn advance(&self, to: ActorState) {
        let advanced = self.status().lifecycle.advance(to);
        debug_assert!(advanced.is_ok(), "{advanced:?}");
    }

    pub(crate) fn lifecycle(&self) -> Lifecycle {
        self.status().lifecycle.clone()
    }

    /// Told once, by the actor's task when everything else is done. Nothing is locked while the others are told.
    pub(crate) fn ended(&self, exit: Exit) {
        let (children, watchers) = {
            let mut status = self.status();
            let ended = status.lifecycle.end(&exit);
            debug_assert!(ended.is_ok(), "{ended:?}");
            if status.lifecycle.plain_exit().is_none() {
                status.relations().exit = Some(exit.clone());
            }
            let Some(relations) = &mut status.relations else { return };
            (relations.hierarchy.take_children(), mem::take(&mut relations.watchers))
        };
        for child in children {
            child.kill(); // the task was ended in the middle of it: nobody can wait for them any more
        }
        for watcher in watchers {
            // One whose waker panics does not keep the others from being told.
            rt::catch(|| watcher.tell(self.terminated(&exit), &exit));
        }
    }

    /// An incarnation has ended, and there will be another: whoever told the actor to stop has what they wanted.
    pub(crate) fn incarnation_ended(&self, exit: &Exit) {
        let stoppers: Vec<_> = {
            let mut status = self.status();
            let Some(relations) = &mut status.relations else { return };
            relations.hierarchy.reopen();
            let (stoppers, others) =
                mem::take(&mut relations.watchers).into_iter().partition(Watcher::is_stopper);
            relations.watchers = others;
            stoppers
        };
        for stopper in stoppers {
            rt::catch(|| stopper.tell(self.terminated(exit), exit));
        }
    }

    /// Observers at parent and children, if there are any.
    pub(crate) fn with_hierarchy<R: Default>(&self, look: impl FnOnce(&mut Hierarchy) -> R) -> R {
        self.status().relations.as_mut().map(|relations| look(&mut relations.hierarchy)).unwrap_or_default()
    }

    /// Where it is in memory: two systems may know the same id.
    pub(crate) fn identity(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }

    pub(super) fn terminated(&self, exit: &Exit) -> Terminated {
        Terminated {
            id: self.id,
            actor: A::NAME,
            name: self.name().cloned(),
            reason: exit.reason.clone(),
            identity: self.identity(),
        }
    }

    pub(crate) fn watch(&self) -> Watch {
        let (sender, receiver) = oneshot::async_channel();
        self.add_watcher(Watcher::Outside(sender));
        Watch(receiver)
    }
}
