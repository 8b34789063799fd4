//! The parent and the children of an actor, as its cell stores them.

use crate::{
    actor::shared::{AnyCell, ChildFailed, ChildrenNotice, ChildrenWait},
    sync::{Arc, Weak},
};
use std::mem;

/// The parent and the children of an actor.
#[derive(Default)]
pub(crate) struct Hierarchy {
    parent: Option<Weak<dyn AnyCell>>,
    /// In the order in which they were started. Some may have ended.
    children: Vec<Arc<dyn AnyCell>>,
    /// Whether the children are being stopped: no child is added any more.
    closed: bool,
    /// The failure of a child, until this actor takes it.
    failed: Option<Box<ChildFailed>>,
    /// Absent in an actor that never waited for the end of its children.
    waits: Option<Box<Waits>>,
}

/// The children of an actor that has ended, and the calls for the end of its wait.
type EndedFamily = (Vec<Arc<dyn AnyCell>>, Vec<ChildrenNotice>);

#[derive(Default)]
struct Waits {
    time: ChildrenWait,
    /// Called when the wait ends.
    notices: Vec<ChildrenNotice>,
}

impl Waits {
    #[cold]
    fn end(&mut self) -> Vec<ChildrenNotice> {
        self.time.end();
        mem::take(&mut self.notices)
    }
}

impl Hierarchy {
    pub(crate) fn of(parent: Weak<dyn AnyCell>) -> Self {
        Hierarchy { parent: Some(parent), ..Hierarchy::default() }
    }

    pub(super) fn parent(&self) -> Option<Weak<dyn AnyCell>> {
        self.parent.clone()
    }

    pub(super) fn has_children(&self) -> bool {
        !self.children.is_empty()
    }

    /// Returns `false` if no child can be added any more.
    pub(crate) fn add_child(&mut self, child: Arc<dyn AnyCell>) -> bool {
        if self.closed {
            return false;
        }
        // Children that have ended need not be stopped. They are removed at powers of two: each time would be slow with many.
        if self.children.len().is_power_of_two() {
            self.children.retain(|other| !other.has_ended());
        }
        self.children.push(child);
        true
    }

    /// The actor waits for the end of its children from now on.
    pub(super) fn begin_wait(&mut self) {
        self.waits.get_or_insert_default().time.begin();
    }

    /// The actor no longer waits for the end of its children. Returns the calls to make.
    #[inline]
    pub(super) fn end_wait(&mut self) -> Option<Vec<ChildrenNotice>> {
        Some(self.waits.as_mut()?.end())
    }

    pub(super) fn wait(&self) -> ChildrenWait {
        self.waits.as_ref().map(|waits| waits.time).unwrap_or_default()
    }

    /// Adds a call for the end of the wait. Returns it if the actor does not wait.
    pub(super) fn add_notice(&mut self, notice: ChildrenNotice) -> Option<ChildrenNotice> {
        match &mut self.waits {
            Some(waits) if waits.time.goes_on() => {
                waits.notices.push(notice);
                None
            }
            _ => Some(notice),
        }
    }

    /// Takes the children. No child can be added any more.
    pub(crate) fn take_children(&mut self) -> Vec<Arc<dyn AnyCell>> {
        self.closed = true;
        mem::take(&mut self.children)
    }

    /// Takes the children and the calls for the end of the wait, if there are any. No child can be added any more.
    ///
    /// An `Option`, because most actors have neither, and dropping two empty lists takes longer.
    #[inline]
    pub(super) fn take_family(&mut self) -> Option<EndedFamily> {
        self.closed = true;
        if self.children.is_empty() && self.waits.is_none() {
            return None;
        }
        let notices = self.end_wait();
        Some((mem::take(&mut self.children), notices.unwrap_or_default()))
    }

    /// No child can be added any more.
    pub(super) fn close(&mut self) {
        self.closed = true;
    }

    /// The children, in the order in which they were started.
    pub(super) fn children(&self) -> &[Arc<dyn AnyCell>] {
        &self.children
    }

    /// Removes the youngest child, if it is this one.
    pub(super) fn remove_youngest(&mut self, child: usize) -> Option<Arc<dyn AnyCell>> {
        let is_youngest = self.children.last().is_some_and(|youngest| youngest.identity() == child);
        if is_youngest { self.children.pop() } else { None }
    }

    /// Takes over the children of a child that cannot stop them.
    pub(super) fn adopt(&mut self, children: Vec<Arc<dyn AnyCell>>) {
        self.children.extend(children);
    }

    /// Allows children again, for the next incarnation.
    pub(crate) fn reopen(&mut self) {
        self.closed = false;
        self.failed = None;
    }

    /// Keeps the first failure of a child: the actor fails once.
    pub(crate) fn child_failed(&mut self, child: ChildFailed) {
        self.failed.get_or_insert_with(|| Box::new(child));
    }

    pub(super) fn take_failed_child(&mut self) -> Option<ChildFailed> {
        self.failed.take().map(|child| *child)
    }

    pub(crate) fn remove_child(&mut self, child: usize) {
        self.children.retain(|other| other.identity() != child);
    }
}
