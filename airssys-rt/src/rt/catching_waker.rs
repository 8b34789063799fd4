//! A waker around user code that may panic, for the time driver of tokio, where a panic would end the process.

use crate::rt::{CatchDrop, catch};
use std::{
    sync::Arc,
    task::{Wake, Waker},
};

/// A waker that wakes `waker` and catches its panic, for code that must not panic where it wakes.
pub(crate) fn catching_waker(waker: &Waker) -> Waker {
    Waker::from(Arc::new(CatchingWaker(CatchDrop::new(waker.clone()))))
}

struct CatchingWaker(CatchDrop<Waker>);

impl Wake for CatchingWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        catch(|| self.0.wake_by_ref());
    }
}
