use crate::{
    actor::{declare::Actor, shared::Cell, task::SpawnError},
    reply::Fault,
    rt::{Owner, Threads},
    sync::Arc,
};
use std::{fmt, io, task::Waker};

/// Threads for actors that block or compute: at most so many of them do so at once.
///
/// An actor that is spawned [on](crate::actor::Spawn::on) a pool has its turns there. A turn is from when the actor is woken
/// until it waits, or has handled 8 messages; turns are taken in the order in which the actors were woken. An actor that
/// waits (`.await`) has no thread meanwhile. Timers and whatever else tokio has are those of the system's runtime.
///
/// Whoever waits for a thread can be ended meanwhile. A kill ends it at once, and so does a stop, unless it is in the middle
/// of a message, which it has to finish on the pool. If no thread of the pool is free, its `post_stop` runs on one of those
/// that tokio has for blocking calls, for which a runtime that is dropped waits.
///
/// Clones are the same pool, and one pool can serve several systems. Dropping it waits for nothing and ends no actor: its
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

/// A pool was not made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockingPoolError {
    /// It was to have no threads.
    #[error("a pool without threads would run nobody")]
    Zero,
    /// The operating system gave no thread. None is left.
    #[error("the pool has no thread")]
    NoThread(#[source] io::Error),
}

impl BlockingPool {
    /// Starts so many threads.
    ///
    /// # Errors
    ///
    /// If `threads` is zero, or there are not so many.
    pub fn new(threads: usize) -> Result<Self, BlockingPoolError> {
        if threads == 0 {
            return Err(BlockingPoolError::Zero);
        }
        let started = Threads::many(threads, "actors").map_err(BlockingPoolError::NoThread)?;
        Ok(BlockingPool { threads: started, count: threads })
    }

    /// How many threads it has.
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

/// Where the task of an actor runs.
#[derive(Debug, Clone, Default)]
pub(crate) enum Placement {
    /// With all others.
    #[default]
    Runtime,
    /// On a thread of its own.
    Thread,
    Pool(BlockingPool),
}

impl Placement {
    /// The threads that it means, if any. Dropped, a thread of its own has ended.
    #[inline]
    pub(crate) fn threads(
        self,
        actor: &'static str,
        name: Option<&Arc<str>>,
    ) -> Result<Option<Threads>, SpawnError> {
        match self {
            Placement::Runtime => Ok(None),
            Placement::Thread => own(actor, name).map(Some),
            Placement::Pool(pool) => Ok(Some(pool.threads)),
        }
    }
}

#[cold]
fn own(actor: &'static str, name: Option<&Arc<str>>) -> Result<Threads, SpawnError> {
    let label = name.map_or_else(|| actor.to_owned(), |name| format!("{actor} {name}"));
    Threads::one(&label).map_err(|error| SpawnError::NoThread { actor, fault: Fault::from(error).report() })
}

impl<A: Actor> Owner for Cell<A> {
    fn expect(&self, waker: &Waker) {
        self.mailbox.set_waker(Some(waker));
    }

    fn is_idle(&self) -> bool {
        self.mailbox.is_drained()
    }

    fn ends(&self, idle: bool) -> bool {
        self.mailbox.is_killed() || (idle && self.mailbox.is_stopped())
    }
}
