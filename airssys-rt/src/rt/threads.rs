//! The threads for futures that block, one or a pool, and their queue of time slices.

use crate::{
    rt::{shared_task::SharedTask, yielding::ThreadKind},
    sync::{Arc, Mutex},
};
use std::{fmt, io, sync::mpsc, thread};

/// Threads for futures that block.
///
/// Each time slice of a future, from when it is woken until it waits, runs on one of these threads. They end when the last
/// clone is dropped, after what they are doing.
#[derive(Clone)]
pub(crate) struct Threads(Arc<ThreadQueue>);

struct ThreadQueue {
    to: mpsc::Sender<Arc<SharedTask>>,
    load: Arc<Mutex<Load>>,
    /// Many futures use the threads.
    shared: bool,
}

struct Load {
    /// The number of futures that are queued for a thread. Some may have been taken back since.
    queued: usize,
    /// The number of threads that wait for a future.
    free: usize,
}

impl Threads {
    /// Starts one thread, for one future.
    pub(crate) fn one(name: &str) -> io::Result<Self> {
        Threads::start(1, name, false)
    }

    /// Starts `count` threads, for many futures.
    pub(crate) fn many(count: usize, name: &str) -> io::Result<Self> {
        Threads::start(count, name, true)
    }

    fn start(count: usize, name: &str, shared: bool) -> io::Result<Self> {
        let (to, tasks) = mpsc::channel();
        let tasks = Arc::new(Mutex::new(tasks));
        let load = Arc::new(Mutex::new(Load { queued: 0, free: count }));
        for _ in 0..count {
            let (tasks, load) = (tasks.clone(), load.clone());
            let thread = thread::Builder::new().name(name.replace('\0', "")); // it would panic
            drop(thread.spawn(move || work(&tasks, &load))?);
        }
        Ok(Threads(Arc::new(ThreadQueue { to, load, shared })))
    }

    /// Queues a task for a time slice on the next free thread.
    pub(super) fn queue(&self, task: Arc<SharedTask>) {
        self.0.load.lock().queued += 1;
        let _ = self.0.to.send(task); // the threads live as long as this sender
    }

    pub(super) fn are_shared(&self) -> bool {
        self.0.shared
    }

    /// Whether there are too few free threads for the queued futures and `more`.
    pub(super) fn are_too_few_for(&self, more: usize) -> bool {
        let load = self.0.load.lock();
        load.queued + more > load.free
    }
}

impl fmt::Debug for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Threads")
    }
}

fn work(tasks: &Mutex<mpsc::Receiver<Arc<SharedTask>>>, load: &Mutex<Load>) {
    loop {
        // One thread waits for a task, the others for the lock.
        let Ok(task) = tasks.lock().recv() else { return };
        {
            let mut load = load.lock();
            load.queued -= 1;
            load.free -= 1;
        }
        task.run_if_queued(ThreadKind::Pool);
        drop(task);
        load.lock().free += 1;
    }
}
