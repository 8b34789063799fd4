//! The date and time of records. A test can set it for its thread.

use std::time::SystemTime;
#[cfg(feature = "testkit")]
use {crate::rt, std::cell::Cell};

// The date that a test has set, and when.
#[cfg(feature = "testkit")]
thread_local! {
    static SET: Cell<Option<(SystemTime, rt::Instant)>> = const { Cell::new(None) };
}

/// The current date and time. For records only: this clock may jump.
#[cfg(not(feature = "testkit"))]
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn wall_clock() -> SystemTime {
    SystemTime::now()
}

/// The current date and time: the one that was set on this thread and the time that has passed since then, or that of the machine.
#[cfg(feature = "testkit")]
#[allow(clippy::disallowed_methods)] // this is the door
pub(crate) fn wall_clock() -> SystemTime {
    match SET.try_with(Cell::get).ok().flatten() {
        Some((date, when)) => date + rt::now().duration_since(when),
        None => SystemTime::now(),
    }
}

/// Sets the date and time of this thread, or ends that.
#[cfg(feature = "testkit")]
pub(crate) fn set_wall_clock(date: Option<SystemTime>) {
    // An error only while the thread ends.
    let _ = SET.try_with(|set| set.set(date.map(|date| (date, rt::now()))));
}
