//! `Stop`, the future of a stop, a kill and a drain.

use crate::{
    actor::shared::{AnyCell, CurrentActor, Exit},
    rt,
    sync::Arc,
};
use std::{
    fmt,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

/// The future of [`ActorSystem::stop`](crate::system::ActorSystem::stop), `kill` and `drain`: how the actor ended. Ready when
/// `post_stop` has returned and the name is free.
///
/// # Panics
///
/// If a handler or a hook of the actor itself awaits a stop or a drain: it would wait for its own end. Nothing has happened then;
/// [`ActorContext::stop`](crate::actor::ActorContext::stop) stops an actor after its message. A kill of itself ends the handler there.
///
/// # Cancel safety
///
/// If the future is dropped after its first poll, the actor ends all the same. If it was never polled, nothing has happened.
#[must_use = "nothing happens until it is awaited"]
pub struct Stop {
    actor: Arc<dyn AnyCell>,
    signal: fn(&dyn AnyCell),
    /// Whether the signal ends a handler of the actor.
    kills: bool,
    exit: Option<oneshot::AsyncReceiver<Exit>>,
}

impl Stop {
    pub(crate) fn new(actor: Arc<dyn AnyCell>, signal: fn(&dyn AnyCell)) -> Self {
        Stop { actor, signal, kills: false, exit: None }
    }

    pub(crate) fn kill(actor: Arc<dyn AnyCell>) -> Self {
        Stop { actor, signal: |actor| actor.kill(), kills: true, exit: None }
    }
}

impl Future for Stop {
    type Output = Exit;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Exit> {
        let Stop { actor, signal, kills, exit } = self.get_mut();
        let exit = exit.get_or_insert_with(|| {
            if !*kills && CurrentActor::is_any() {
                rt::assert_other(actor.identity(), actor.actor(), actor.id());
            }
            let exit = actor.exit(); // before the signal: a restarted actor ends more than once
            signal(&**actor);
            exit
        });
        Pin::new(exit).poll(cx).map(|exit| exit.expect("a cell announces its end before it goes"))
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Stop({} {})", self.actor.actor(), self.actor.id())
    }
}
