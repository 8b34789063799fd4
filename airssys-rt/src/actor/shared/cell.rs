//! The cell of an actor: its mailbox, id, name, lifecycle state and watchers, shared with senders and the system.

use crate::{
    actor::{
        declare::Actor,
        shared::{ActorState, AnyCell, Exit, Hierarchy, Lifecycle, Tag, Terminated, TypeState, Watcher},
    },
    id::ActorId,
    mailbox::{Mailbox, MailboxPolicy},
    rt,
    sync::{Arc, Mutex, MutexGuard, Weak},
};
use std::mem;

/// What senders and the system share of one actor: its mailbox, and what never changes.
#[repr(C)] // what senders use is in one place
pub(crate) struct Cell<A: Actor> {
    pub(crate) mailbox: Mailbox<Queued<A::Message>, About>,
    pub(crate) kind: Arc<TypeState<A>>,
    pub(crate) id: ActorId,
}

/// What is rarely read.
pub(crate) struct About {
    /// The position of this actor in the order in which the actors of the system were started.
    pub(super) start_number: u64,
    /// One pointer in the many actors that have no name.
    name: Option<Box<Name>>,
    status: Mutex<Status>,
}

struct Name(Arc<str>);

// The mailbox needs so many bytes between its two halves.
#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<About>() >= 64);

/// The initial values of a cell.
pub(crate) struct CellConfig {
    /// The position in the order of starts.
    pub(crate) start_number: u64,
    pub(crate) name: Option<Arc<str>>,
    pub(crate) policy: MailboxPolicy,
    pub(crate) parent: Option<Weak<dyn AnyCell>>,
    /// A supervisor decides about restarts: the end of an incarnation is not the end of the actor.
    pub(crate) supervised: bool,
}

/// An entry of a mailbox. The recipient is the owner of the mailbox.
pub(crate) struct Queued<M> {
    pub(crate) message: M,
    pub(crate) tag: Tag,
}

pub(super) struct Status {
    pub(super) lifecycle: Lifecycle,
    /// Absent in an actor without watchers, parent and children, whose exit fits into a byte.
    pub(super) relations: Option<Box<Relations>>,
}

#[derive(Default)]
pub(super) struct Relations {
    /// How the actor ended, if that does not fit into a byte.
    exit: Option<Exit>,
    pub(super) watchers: Vec<Watcher>,
    pub(super) hierarchy: Hierarchy,
}

impl Status {
    pub(super) fn relations(&mut self) -> &mut Relations {
        self.relations.get_or_insert_default()
    }

    /// How the actor ended, once it has.
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

    /// Announces the end of the actor, once, after everything else is done. No lock is held while watchers are told.
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
            child.kill(); // the task was ended from outside: no code waits for the children any more
        }
        for watcher in watchers {
            // A waker that panics does not keep the other watchers from being told.
            rt::catch(|| watcher.tell(self.terminated(&exit), &exit));
        }
    }

    /// Announces the end of an incarnation that another one follows, to the callers that told the actor to stop.
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

    /// Gives access to parent and children, if there are any.
    pub(crate) fn with_hierarchy<R: Default>(&self, look: impl FnOnce(&mut Hierarchy) -> R) -> R {
        self.status().relations.as_mut().map(|relations| look(&mut relations.hierarchy)).unwrap_or_default()
    }

    /// Distinguishes this cell from all others: two systems may use the same actor id.
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
}
