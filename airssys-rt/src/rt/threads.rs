use crate::{
    rt::turn::{Desk, Thread},
    sync::{Arc, Mutex},
};
use std::{fmt, io, sync::mpsc, thread};

/// Threads for futures that block. Each turn of a future, from when it is woken until it waits, is on one of them. They
/// end with the last clone, after what they do.
#[derive(Clone)]
pub(crate) struct Threads(Arc<Line>);

struct Line {
    to: mpsc::Sender<Arc<Desk>>,
    load: Arc<Mutex<Load>>,
    /// By many futures.
    shared: bool,
}

struct Load {
    /// How many futures wait for a thread. Some may have gone meanwhile.
    queued: usize,
    /// How many threads wait for a future.
    free: usize,
}

impl Threads {
    /// For one future.
    pub(crate) fn one(name: &str) -> io::Result<Self> {
        Threads::start(1, name, false)
    }

    /// For many futures.
    pub(crate) fn many(count: usize, name: &str) -> io::Result<Self> {
        Threads::start(count, name, true)
    }

    fn start(count: usize, name: &str, shared: bool) -> io::Result<Self> {
        let (to, turns) = mpsc::channel();
        let turns = Arc::new(Mutex::new(turns));
        let load = Arc::new(Mutex::new(Load { queued: 0, free: count }));
        for _ in 0..count {
            let (turns, load) = (turns.clone(), load.clone());
            let thread = thread::Builder::new().name(name.replace('\0', "")); // it would panic
            drop(thread.spawn(move || work(&turns, &load))?);
        }
        Ok(Threads(Arc::new(Line { to, load, shared })))
    }

    /// The future at this desk takes its turn as soon as a thread is free.
    pub(super) fn queue(&self, desk: Arc<Desk>) {
        self.0.load.lock().queued += 1;
        let _ = self.0.to.send(desk); // the threads are there as long as this sender is
    }

    pub(super) fn are_shared(&self) -> bool {
        self.0.shared
    }

    /// Whether there is no thread for all that are queued, and for `more`.
    pub(super) fn are_taken(&self, more: usize) -> bool {
        let load = self.0.load.lock();
        load.queued + more > load.free
    }
}

impl fmt::Debug for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Threads")
    }
}

fn work(turns: &Mutex<mpsc::Receiver<Arc<Desk>>>, load: &Mutex<Load>) {
    loop {
        // One thread waits for a turn, the others for the lock.
        let Ok(desk) = turns.lock().recv() else { return };
        {
            let mut load = load.lock();
            load.queued -= 1;
            load.free -= 1;
        }
        desk.called(Thread::Own);
        drop(desk);
        load.lock().free += 1;
    }
}
