//! The starts of a system that are under way, for a task that waits for the whole system.

use crate::{
    rt,
    sync::{Arc, Mutex, Weak},
};
use slab::Slab;
use std::{
    mem,
    task::{Context, Poll, Waker},
};

/// A start of an actor of any type.
pub(crate) trait AnyStart: Send + Sync {
    /// Polls the start, unless another task does so now. Ready when it has ended.
    fn poll_start(self: Arc<Self>, cx: &Context<'_>) -> Poll<()>;
}

/// The starts of a system that are under way.
///
/// A spawn whose future is held and not polled would keep a task waiting that waits for all actors. So such a task polls all starts.
#[derive(Default)]
pub(crate) struct StartList(Mutex<Starts>);

#[derive(Default)]
struct Starts {
    starts: Vec<Weak<dyn AnyStart>>,
    /// The wakers of the tasks that poll all starts.
    wakers: Slab<Option<Waker>>,
}

/// A task that polls all starts of a system.
pub(crate) struct StartPoller<'a> {
    list: &'a StartList,
    key: usize,
}

impl StartList {
    pub(crate) fn poller(&self) -> StartPoller<'_> {
        StartPoller { list: self, key: self.0.lock().wakers.insert(None) }
    }

    pub(super) fn insert(&self, start: Weak<dyn AnyStart>) {
        let mut list = self.0.lock();
        if list.starts.len() == list.starts.capacity() {
            list.starts.retain(|start| start.strong_count() > 0);
        }
        list.starts.push(start);
        let wakers: Vec<_> = list.wakers.iter_mut().filter_map(|(_, waker)| waker.take()).collect();
        drop(list);
        rt::wake_each(wakers);
    }
}

impl StartPoller<'_> {
    /// Polls each start, and wakes the task when one can continue or begins.
    pub(crate) fn poll_all(&self, cx: &Context<'_>) {
        let waker = Some(cx.waker().clone());
        let mut list = self.list.0.lock();
        let before = mem::replace(&mut list.wakers[self.key], waker);
        let starts: Vec<_> = list.starts.iter().filter_map(Weak::upgrade).collect();
        drop(list);
        drop(before); // foreign code
        for start in starts {
            let _ = start.poll_start(cx);
        }
    }
}

impl Drop for StartPoller<'_> {
    fn drop(&mut self) {
        let waker = self.list.0.lock().wakers.remove(self.key);
        drop(waker);
    }
}
