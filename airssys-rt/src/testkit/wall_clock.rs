//! `WallClock`: the date and time that the records of a test have.

use crate::rt;
use chrono::{DateTime, Utc};
use std::{marker::PhantomData, time::SystemTime};

/// The date and time of the records that are made on this thread: of messages, dead letters and lifecycle events.
///
/// From the time that [`set`](Self::set) gives, it follows the clock of the runtime, so on a paused clock the date stands still until the
/// test advances it. The clock is that of the thread: a runtime with several workers, and an actor on a thread of its own, keep the clock
/// of the machine there. Ages and time limits never depend on it.
///
/// It ends when the value is dropped. The last one that was made decides.
///
/// ```
/// use airssys_rt::{broker::Received, chrono::{TimeZone, Utc}, testkit::WallClock};
/// # use airssys_rt::prelude::*;
/// # #[message]
/// # struct Ping;
/// # struct Idle;
/// # #[actor]
/// # impl Idle {
/// #     #[handler]
/// #     fn ping(&self, _: Ping) {}
/// # }
/// # #[actor_system(actors(Idle))]
/// # struct App;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let new_year = Utc.with_ymd_and_hms(2030, 1, 1, 0, 0, 0).single().ok_or("no date")?;
/// tokio::time::pause();
/// let _clock = WallClock::set(new_year);
/// let app = ActorSystem::<App>::start(SystemConfig::default()).await?;
/// let mut events = app.lifecycle_events(8);
/// app.spawn(Idle).await?;
/// let Some(Received::Item(event)) = events.recv().await else { return Err("the system has ended".into()) };
/// assert_eq!(event.time, new_year);
/// # app.shutdown().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
#[must_use = "the clock of the machine is back when this value is dropped"]
pub struct WallClock {
    /// It belongs to the thread.
    _thread: PhantomData<*const ()>,
}

impl WallClock {
    /// Sets the date and time of this thread.
    pub fn set(now: DateTime<Utc>) -> Self {
        rt::set_wall_clock(Some(SystemTime::from(now)));
        WallClock { _thread: PhantomData }
    }
}

impl Drop for WallClock {
    fn drop(&mut self) {
        rt::set_wall_clock(None);
    }
}
