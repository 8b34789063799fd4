//! What is rarely read of an actor: name, lifecycle, watchers, parent and children. It does not depend on the type of the actor.

use crate::{
    actor::shared::{
        ActorState, AnyCell, ChildFailed, ChildrenNotice, ChildrenWait, Exit, ExitReason, Hierarchy,
        Lifecycle, Terminated, Watcher,
    },
    mailbox::MailboxPolicy,
    rt::{self, Instant},
    sync::{Arc, Mutex, MutexGuard, Weak},
};
use std::mem;

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

/// What is rarely read.
///
/// Its methods are compiled once, not for each actor type. Those that need the cell take it as an [`AnyCell`].
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

struct Status {
    lifecycle: Lifecycle,
    /// Absent in an actor without watchers, parent and children, whose exit fits into a byte.
    relations: Option<Box<Relations>>,
}

#[derive(Default)]
struct Relations {
    /// How the actor ended, if that does not fit into a byte.
    exit: Option<Exit>,
    /// Why the actor is about to end.
    ending: Option<ExitReason>,
    /// When its supervisor starts the next incarnation, at the earliest.
    restart_due: Option<Instant>,
    watchers: Vec<Watcher>,
    /// The actor has ended, and the actors among its watchers are being told: the others are told after them.
    announcing: bool,
    /// An actor watches, or did.
    watched_by_actors: bool,
    hierarchy: Hierarchy,
}

impl Status {
    fn is_announcing(&self) -> bool {
        self.relations.as_ref().is_some_and(|relations| relations.announcing)
    }

    fn relations(&mut self) -> &mut Relations {
        self.relations.get_or_insert_default()
    }

    /// How the actor ended, once it has.
    fn exit(&self) -> Option<Exit> {
        match self.lifecycle.plain_exit() {
            Some(plain) => Some(plain.into()),
            None => self.relations.as_ref()?.exit.clone(),
        }
    }
}

impl About {
    pub(super) fn new(config: CellConfig, lifecycle: Lifecycle) -> Self {
        let CellConfig { start_number, name, parent, .. } = config;
        let relations = parent
            .map(|parent| Box::new(Relations { hierarchy: Hierarchy::of(parent), ..Relations::default() }));
        let name = name.map(|name| Box::new(Name(name)));
        About { start_number, name, status: Mutex::new(Status { lifecycle, relations }) }
    }

    pub(super) fn name(&self) -> Option<&Arc<str>> {
        self.name.as_ref().map(|name| &name.0)
    }

    fn status(&self) -> MutexGuard<'_, Status> {
        self.status.lock()
    }

    pub(super) fn advance(&self, to: ActorState) {
        let advanced = self.status().lifecycle.advance(to);
        debug_assert!(advanced.is_ok(), "{advanced:?}");
    }

    pub(super) fn lifecycle(&self) -> Lifecycle {
        self.status().lifecycle.clone()
    }

    pub(super) fn has_ended(&self) -> bool {
        self.status().lifecycle.has_ended()
    }

    /// Announces the end of the actor, once, after everything else is done. No lock is held while watchers are told.
    pub(super) fn ended(&self, cell: &dyn AnyCell, exit: &Exit) {
        let (family, watchers, has_actors) = {
            let mut status = self.status();
            let ended = status.lifecycle.end(exit);
            debug_assert!(ended.is_ok(), "{ended:?}");
            if status.lifecycle.plain_exit().is_none() {
                status.relations().exit = Some(exit.clone());
            }
            let Some(relations) = &mut status.relations else {
                return;
            };
            let has_actors = relations.watched_by_actors;
            if has_actors {
                relations.announcing = true;
            }
            (relations.hierarchy.take_family(), mem::take(&mut relations.watchers), has_actors)
        };
        if let Some((children, notices)) = family {
            call_each(notices);
            for child in children {
                child.kill(); // the task was ended from outside: no code waits for the children any more
            }
        }
        // Actors first: a caller from outside that is told finds the notifications in their mailboxes.
        let others = if has_actors { self.tell_actors(watchers, cell, exit) } else { watchers };
        for watcher in others {
            // A waker that panics does not keep the other watchers from being told.
            rt::catch(|| watcher.tell(terminated(cell, exit), exit));
        }
    }

    /// Tells the actors among the watchers, and those that come meanwhile. Returns the other watchers.
    #[cold]
    fn tell_actors(&self, mut next: Vec<Watcher>, cell: &dyn AnyCell, exit: &Exit) -> Vec<Watcher> {
        let mut others = Vec::new();
        loop {
            let (actors, outside): (Vec<_>, Vec<_>) = next.into_iter().partition(Watcher::is_actor);
            others.extend(outside);
            tell_each(actors, cell, exit);
            let mut status = self.status();
            let relations = status.relations();
            next = mem::take(&mut relations.watchers);
            if !next.iter().any(Watcher::is_actor) {
                relations.announcing = false; // those that come later are told at once
                others.extend(next);
                return others;
            }
        }
    }

    /// Announces the end of an incarnation that another one follows, to the callers that told the actor to stop.
    pub(super) fn incarnation_ended(&self, cell: &dyn AnyCell, exit: &Exit) {
        let stoppers: Vec<_> = {
            let mut status = self.status();
            let Some(relations) = &mut status.relations else {
                return;
            };
            relations.hierarchy.reopen();
            let (stoppers, others) =
                mem::take(&mut relations.watchers).into_iter().partition(Watcher::is_stopper);
            relations.watchers = others;
            stoppers
        };
        tell_each(stoppers, cell, exit);
    }

    /// Sets why the actor is about to end, for the askers that are told before it has ended.
    pub(super) fn set_ending(&self, reason: ExitReason) {
        self.status().relations().ending = Some(reason);
    }

    /// Why the actor has ended or is about to.
    pub(super) fn end_reason(&self) -> Option<ExitReason> {
        let status = self.status();
        match status.exit() {
            Some(exit) => Some(exit.reason),
            None => status.relations.as_ref()?.ending.clone(),
        }
    }

    pub(super) fn set_restart_due(&self, due: Instant) {
        self.status().relations().restart_due = Some(due);
    }

    /// When the next incarnation starts, at the earliest, if the actor waits for that.
    pub(super) fn restart_due(&self) -> Option<Instant> {
        let status = self.status();
        let waits = status.lifecycle.state() == ActorState::Restarting;
        status.relations.as_ref().filter(|_| waits)?.restart_due
    }

    /// Tells `watcher` when the actor has ended, at once if the actors that watch it have been told.
    pub(super) fn add_watcher(&self, cell: &dyn AnyCell, watcher: Watcher) {
        let mut status = self.status();
        let announced = status.lifecycle.has_ended() && !status.is_announcing();
        if let Some(exit) = announced.then(|| status.exit()).flatten() {
            drop(status);
            return watcher.tell(terminated(cell, &exit), &exit);
        }
        let relations = status.relations();
        if watcher.is_actor() {
            relations.watched_by_actors = true;
        }
        let watchers = &mut relations.watchers;
        // From time to time: watchers that are gone need not be told. To check at each addition would be slow with many.
        if watchers.len().is_power_of_two() {
            watchers.retain(|other| !other.has_gone());
        }
        watchers.push(watcher);
    }

    /// Reverts the watch of the actor with that identity.
    pub(super) fn remove_watcher(&self, by: usize) {
        let mut status = self.status();
        let Some(relations) = status.relations.as_deref_mut() else {
            return;
        };
        let (gone, left) = mem::take(&mut relations.watchers).into_iter().partition(|other| other.is(by));
        relations.watchers = left;
        drop(status);
        drop::<Vec<Watcher>>(gone);
    }

    /// Gives access to parent and children, if there are any.
    fn with_hierarchy<R: Default>(&self, look: impl FnOnce(&mut Hierarchy) -> R) -> R {
        self.status().relations.as_mut().map(|relations| look(&mut relations.hierarchy)).unwrap_or_default()
    }

    pub(super) fn parent(&self) -> Option<Arc<dyn AnyCell>> {
        self.with_hierarchy(|hierarchy| hierarchy.parent())?.upgrade()
    }

    pub(super) fn has_children(&self) -> bool {
        self.with_hierarchy(|hierarchy| hierarchy.has_children())
    }

    /// Takes the children. No child can be added any more.
    pub(super) fn take_children(&self) -> Vec<Arc<dyn AnyCell>> {
        self.with_hierarchy(Hierarchy::take_children)
    }

    /// No child can be added any more.
    pub(super) fn close_family(&self) {
        self.with_hierarchy(Hierarchy::close);
    }

    /// The children, in the order in which they were started. Some may have ended.
    pub(super) fn children(&self) -> Vec<Arc<dyn AnyCell>> {
        self.with_hierarchy(|hierarchy| hierarchy.children().to_vec())
    }

    pub(super) fn youngest_child(&self) -> Option<Arc<dyn AnyCell>> {
        self.with_hierarchy(|hierarchy| hierarchy.children().last().cloned())
    }

    /// Removes the youngest child, if it is this one.
    pub(super) fn remove_youngest_child(&self, child: usize) {
        let removed = self.with_hierarchy(|hierarchy| hierarchy.remove_youngest(child));
        drop(removed); // perhaps the last reference, and then it runs user code
    }

    /// Takes over the children of a child that cannot stop them.
    pub(super) fn adopt(&self, children: Vec<Arc<dyn AnyCell>>) {
        self.with_hierarchy(|hierarchy| hierarchy.adopt(children));
    }

    /// The actor waits for the end of its children from now on.
    pub(super) fn begin_children_wait(&self) {
        self.with_hierarchy(Hierarchy::begin_wait);
    }

    /// The actor no longer waits for the end of its children.
    pub(super) fn end_children_wait(&self) {
        let notices = self.with_hierarchy(Hierarchy::end_wait);
        call_each(notices.unwrap_or_default());
    }

    pub(crate) fn children_wait(&self) -> ChildrenWait {
        self.with_hierarchy(|hierarchy| hierarchy.wait())
    }

    /// Calls `notice` when the actor does not wait for the end of its children.
    pub(crate) fn notify_children_ended(&self, notice: ChildrenNotice) {
        let mut notice = Some(notice);
        self.with_hierarchy(|hierarchy| {
            notice = notice.take().and_then(|notice| hierarchy.add_notice(notice));
        });
        call_each(notice);
    }

    /// Allows children again, for the next incarnation of an actor that restarts by itself.
    pub(super) fn reopen(&self) {
        self.with_hierarchy(Hierarchy::reopen);
    }

    pub(crate) fn add_child(&self, child: Arc<dyn AnyCell>) -> bool {
        use ActorState::{Failed, Stopped, Stopping};
        let mut status = self.status();
        let over = matches!(status.lifecycle.state(), Stopping | Stopped | Failed);
        !over && status.relations().hierarchy.add_child(child)
    }

    pub(crate) fn remove_child(&self, child: usize) {
        self.with_hierarchy(|hierarchy| hierarchy.remove_child(child));
    }

    pub(super) fn child_failed(&self, child: ChildFailed) {
        self.with_hierarchy(|hierarchy| hierarchy.child_failed(child));
    }

    /// Takes the failure of a child, if there is one.
    #[cold]
    pub(super) fn take_failed_child(&self) -> Option<ChildFailed> {
        self.with_hierarchy(Hierarchy::take_failed_child)
    }

    /// Makes the parent, if there is one, fail with this actor.
    #[cold]
    pub(super) fn escalate(&self, cell: &dyn AnyCell, reason: &ExitReason) {
        if let (Some(parent), Some(fault)) = (self.parent(), reason.fault()) {
            let (id, name, fault) = (cell.id(), self.name().cloned(), fault.clone());
            parent.child_failed(ChildFailed { id, actor: cell.actor(), name, fault });
        }
    }
}

/// Makes the calls, which may wake tasks. No lock is held.
fn call_each(notices: impl IntoIterator<Item = ChildrenNotice>) {
    for notice in notices {
        rt::catch(notice);
    }
}

/// Tells watchers. A waker that panics does not keep the other watchers from being told. No lock is held.
fn tell_each(watchers: Vec<Watcher>, cell: &dyn AnyCell, exit: &Exit) {
    for watcher in watchers {
        rt::catch(|| watcher.tell(terminated(cell, exit), exit));
    }
}

fn terminated(cell: &dyn AnyCell, exit: &Exit) -> Terminated {
    Terminated {
        id: cell.id(),
        actor: cell.actor(),
        name: cell.name().cloned(),
        reason: exit.reason.clone(),
        key: cell.key(),
    }
}
