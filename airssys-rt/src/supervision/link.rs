//! The link between a supervisor and the task of a child: directives to the child, reports to the supervisor.

use crate::{
    actor::{Directive, IncarnationController, IncarnationEvent, PendingDirective, StartWaiter},
    supervision::plan::Key,
    sync::{Arc, Mutex, Weak, mpsc},
};
use std::{
    collections::VecDeque,
    task::{Context, Poll, Waker},
};

/// The number of a child's task. No two tasks of a system have the same.
pub(super) type TaskNumber = u64;

/// An event of a child, as its supervisor receives it.
pub(super) struct ChildReport {
    pub(super) key: Key,
    pub(super) task: TaskNumber,
    /// How many starts the task had been directed to when the event happened.
    pub(super) starts: u32,
    pub(super) event: IncarnationEvent,
}

/// The directives for a child, shared by both ends of the link.
#[derive(Default)]
struct Directives {
    queue: VecDeque<Directive>,
    waker: Option<Waker>,
    /// Whether the child must stop as soon as it has started.
    stop_requested: bool,
    /// The actor that waits for the next start.
    awaited: Option<Weak<StartWaiter>>,
    /// Whether the supervisor's end was dropped.
    closed: bool,
}

/// The supervisor's end of the link to a child. Dropping it ends the child.
pub(super) struct ChildLink(Arc<Mutex<Directives>>);

/// The child's end of the link to its supervisor. Dropping it reports the end of the task.
pub(super) struct SupervisorLink<T> {
    directives: Arc<Mutex<Directives>>,
    to: mpsc::UnboundedSender<T>,
    wrap: fn(ChildReport) -> T,
    key: Key,
    task: TaskNumber,
    starts: u32,
}

/// Makes both ends of a link. Reports of the child are wrapped and sent to `to`.
pub(super) fn pair<T>(
    to: mpsc::UnboundedSender<T>,
    wrap: fn(ChildReport) -> T,
    key: Key,
    task: TaskNumber,
) -> (ChildLink, SupervisorLink<T>) {
    let directives = Arc::new(Mutex::new(Directives::default()));
    let child = ChildLink(directives.clone());
    (child, SupervisorLink { directives, to, wrap, key, task, starts: 0 })
}

impl ChildLink {
    pub(super) fn direct(&self, directive: Directive) {
        self.change(|directives| {
            match directive {
                Directive::Wait => directives.stop_requested = false,
                Directive::End => directives.queue.clear(), // it replaces all earlier directives
                Directive::Start => {}
            }
            directives.queue.push_back(directive);
        });
    }

    /// Sets the actor that waits for the next start.
    pub(super) fn set_waiter(&self, waiter: Weak<StartWaiter>) {
        let before = self.0.lock().awaited.replace(waiter);
        drop(before);
    }

    /// Requests a stop. A running child is stopped by a signal; this stops one that has not started yet.
    pub(super) fn request_stop(&self) {
        self.change(|directives| directives.stop_requested = true);
    }

    fn change(&self, change: impl FnOnce(&mut Directives)) {
        let mut directives = self.0.lock();
        change(&mut directives);
        let waker = directives.waker.clone();
        drop(directives);
        waker.into_iter().for_each(Waker::wake);
    }
}

impl Drop for ChildLink {
    fn drop(&mut self) {
        self.change(|directives| directives.closed = true);
    }
}

impl PendingDirective for Mutex<Directives> {
    fn set_waker(&self, waker: &Waker) {
        let before = self.lock().waker.replace(waker.clone());
        drop(before);
    }

    fn starts_nothing(&self) -> bool {
        let directives = self.lock();
        match directives.queue.front() {
            Some(Directive::Start) => directives.stop_requested,
            Some(Directive::Wait | Directive::End) => true,
            None => directives.closed || directives.stop_requested,
        }
    }
}

impl<T> SupervisorLink<T> {
    pub(super) fn pending_directive(&self) -> Arc<dyn PendingDirective> {
        self.directives.clone()
    }

    fn send(&self, event: IncarnationEvent) {
        let report = ChildReport { key: self.key, task: self.task, starts: self.starts, event };
        // A supervisor that has ended has also closed the directives.
        let _ = self.to.send((self.wrap)(report));
    }
}

impl<T: Send> IncarnationController for SupervisorLink<T> {
    fn poll_directive(&mut self, cx: &mut Context<'_>) -> Poll<Directive> {
        let mut directives = self.directives.lock();
        if let Some(directive) = directives.queue.pop_front() {
            drop(directives);
            self.starts += u32::from(directive == Directive::Start);
            return Poll::Ready(directive);
        }
        if directives.closed {
            return Poll::Ready(Directive::End);
        }
        let before = directives.waker.replace(cx.waker().clone());
        drop(directives);
        drop(before);
        Poll::Pending
    }

    fn take_waiter(&mut self) -> Option<Weak<StartWaiter>> {
        self.directives.lock().awaited.take()
    }

    fn report(&mut self, event: IncarnationEvent) {
        self.send(event);
    }

    // Read after the last signal that a child clears between two incarnations, and set before the signal of the same stop: so a stop is
    // observed here, or by the incarnation that starts.
    fn stop_requested(&self) -> bool {
        self.directives.lock().stop_requested
    }
}

impl<T> Drop for SupervisorLink<T> {
    fn drop(&mut self) {
        self.send(IncarnationEvent::TaskEnded);
    }
}
