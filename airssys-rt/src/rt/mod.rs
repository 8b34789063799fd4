//! The door to tokio, to threads and to time: no other module of the library names them.
//!
//! So a paused clock can stand in for the real one, and `rt/shuttle.rs` replaces this whole module under
//! `--cfg airssys_shuttle`. `runtime`, `blocking` and `yielding` name tokio's tasks, `time` its clock and its timers, `wall_clock` the
//! date. `pool_task`, `shared_task` and `threads` run a future on threads; `deadline`, `coarse_timer`, `timer_round` and `ticker` are the
//! time limit of an ask. `current_actor` and `poll_end` are variables of the thread that polls an actor. `catch`, `catching_waker`, `once`
//! and `watched` keep a panic of user code from the code that wakes, drops or answers.

#[cfg(feature = "journal")]
mod blocking;
mod catch;
mod catching_waker;
mod coarse_timer;
mod current_actor;
mod deadline;
#[cfg(all(test, airssys_loom))]
mod model;
mod once;
mod poll_end;
mod pool_task;
mod runtime;
mod shared_task;
#[cfg(feature = "signals")]
mod signals;
mod threads;
mod ticker;
mod time;
mod timer_round;
mod wall_clock;
mod watched;
mod yielding;

#[cfg(feature = "journal")]
pub(crate) use blocking::{Blocking, blocking};
pub(crate) use catch::{
    CatchDrop, catch, catch_drop, catch_future, catch_unwind, catch_value, discard_payload, wake_each,
};
pub(crate) use catching_waker::catching_waker;
pub(crate) use current_actor::{CurrentActor, StartingActor, assert_other};
pub(crate) use deadline::Deadline;
pub(crate) use once::{OnceSender, once};
pub(crate) use poll_end::PollEnd;
pub(crate) use runtime::{BoxFuture, Runtime};
pub(crate) use shared_task::Owner;
#[cfg(feature = "signals")]
pub(crate) use signals::{Signals, install as listen_to_signals};
pub(crate) use threads::Threads;
#[cfg(feature = "journal")]
pub(crate) use time::sleep;
pub(crate) use time::{Instant, Sleep, has_timers, now, sleep_in, timeout, timeout_at};
#[cfg(feature = "testkit")]
pub(crate) use wall_clock::set_wall_clock;
pub(crate) use wall_clock::wall_clock;
pub(crate) use watched::Watched;
pub(crate) use yielding::{consume_budget, ensure_pool_thread, mark_idle, yield_now};
