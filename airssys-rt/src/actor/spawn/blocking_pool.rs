//! `BlockingPool`: threads for actors that block or compute; and the choice of threads for an actor's task.

use crate::{actor::spawn::SpawnError, reply::Fault, rt::Threads, sync::Arc};
use std::{fmt, io};

/// A fixed number of threads for actors that block or compute.
///
/// An actor that is spawned [on](crate::actor::Spawn::on) a pool runs in time slices on these threads. A time slice lasts from
/// when the actor is woken until it waits, or has handled 8 messages. Time slices are given in the order in which the actors
/// were woken. An actor that waits (`.await`) holds no thread. Timers and everything else of tokio are those of the system's
/// runtime.
///
/// An actor that waits for a thread can be ended. A kill ends it at once. So does a stop, unless the actor is in the middle of
/// a message, which it must finish on the pool. If no thread of the pool is free, its `post_stop` runs on a thread that tokio
/// has for blocking calls; a runtime that is dropped waits for it.
///
/// Clones are the same pool, and one pool can serve several systems. Dropping a pool waits for nothing and ends no actor: its
/// threads end when the last clone and the last actor on it are gone.
///
/// ```
/// use airssys_rt::{actor::BlockingPool, prelude::*};
/// # #[message(reply = u64)] pub struct Sum(pub u64);
/// # #[derive(Default)] pub struct Adder;
/// # #[actor] impl Adder { #[handler] fn sum(&self, Sum(n): Sum) -> u64 { (0..n).sum() } }
/// # #[actor_system(actors(Adder))] pub struct Lab;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let lab = ActorSystem::<Lab>::start(SystemConfig::default()).await?;
/// let pool = BlockingPool::new(2)?;
/// let adder = lab.spawn(Adder).on(&pool).await?;
/// assert_eq!(lab.ask(&adder, Sum(5)).await, Ok(10));
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct BlockingPool {
    threads: Threads,
    count: usize,
}

/// The reason why a blocking pool was not created.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockingPoolError {
    /// The number of threads was 0.
    #[error("a blocking pool needs at least one thread")]
    Zero,
    /// The operating system could not start a thread. Those that were started have ended.
    #[error("a thread of the blocking pool could not be started")]
    NoThread(#[source] io::Error),
}

impl BlockingPool {
    /// Starts a pool of `threads` threads.
    ///
    /// # Errors
    ///
    /// If `threads` is 0, or the operating system cannot start that many.
    pub fn new(threads: usize) -> Result<Self, BlockingPoolError> {
        if threads == 0 {
            return Err(BlockingPoolError::Zero);
        }
        let started = Threads::many(threads, "actors").map_err(BlockingPoolError::NoThread)?;
        Ok(BlockingPool { threads: started, count: threads })
    }

    /// The number of threads.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.count
    }
}

impl fmt::Debug for BlockingPool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlockingPool({})", self.count)
    }
}

/// The threads that the task of an actor runs on.
#[derive(Debug, Clone, Default)]
pub(crate) enum Placement {
    /// The threads of the runtime, like most actors.
    #[default]
    Runtime,
    /// A thread of its own.
    Thread,
    Pool(BlockingPool),
}

impl Placement {
    /// The threads, if not those of the runtime. Dropping them ends a thread of its own.
    #[inline]
    pub(crate) fn threads(
        self,
        actor: &'static str,
        name: Option<&Arc<str>>,
    ) -> Result<Option<Threads>, SpawnError> {
        match self {
            Placement::Runtime => Ok(None),
            Placement::Thread => own_thread(actor, name).map(Some),
            Placement::Pool(pool) => Ok(Some(pool.threads)),
        }
    }
}

#[cold]
fn own_thread(actor: &'static str, name: Option<&Arc<str>>) -> Result<Threads, SpawnError> {
    let label = name.map_or_else(|| actor.to_owned(), |name| format!("{actor} {name}"));
    Threads::one(&label).map_err(|error| SpawnError::NoThread { actor, fault: Fault::from(error).report() })
}
