//! The lifecycle of an actor: the state machine of its states, with the number of restarts and the times.

use crate::{
    actor::shared::{Exit, ExitReason, PlainExit},
    rt::{self, Instant},
};
use std::{fmt, time::Duration};

/// The state of an actor in its lifecycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorState {
    /// `pre_start` runs.
    Starting,
    /// The actor handles messages.
    Running,
    /// The actor handles no more messages; `post_stop` runs.
    Stopping,
    /// One incarnation has ended; the actor waits for the next one, or its `pre_start` runs. The mailbox is open.
    Restarting,
    /// The actor was stopped and has ended.
    Stopped,
    /// The actor failed, or never started, and has ended.
    Failed,
}

impl ActorState {
    /// Whether `next` may follow this state.
    fn can_become(self, next: ActorState) -> bool {
        use ActorState::{Failed, Restarting, Running, Starting, Stopped, Stopping};
        match self {
            Starting | Restarting => matches!(next, Running | Stopped | Failed),
            Running => matches!(next, Stopping | Restarting | Stopped | Failed),
            Stopping => matches!(next, Restarting | Stopped | Failed),
            Stopped | Failed => false, // final states
        }
    }
}

impl fmt::Display for ActorState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ActorState::Starting => "starting",
            ActorState::Running => "running",
            ActorState::Stopping => "stopping",
            ActorState::Restarting => "restarting",
            ActorState::Stopped => "stopped",
            ActorState::Failed => "failed",
        })
    }
}

impl ExitReason {
    /// The final state of an actor that ends for this reason.
    fn state(&self) -> ActorState {
        match self {
            ExitReason::Failed(_) | ExitReason::NoFactory(_) => ActorState::Failed,
            _ => ActorState::Stopped,
        }
    }
}

/// A transition that the lifecycle does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IllegalTransition {
    from: ActorState,
    to: ActorState,
}

/// A snapshot of an actor's lifecycle: its state, restarts and times.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    state: ActorState,
    restarts: u32,
    created: Instant,
    /// Nanoseconds from `created` to the last change.
    changed: u64,
    /// How the actor ended, if it had no fault.
    exit: Option<PlainExit>,
}

impl Lifecycle {
    /// The lifecycle of an actor that starts now.
    pub(crate) fn new() -> Self {
        Lifecycle { state: ActorState::Starting, restarts: 0, created: rt::now(), changed: 0, exit: None }
    }

    /// The lifecycle of an actor without `pre_start`, which runs at once.
    pub(crate) fn running() -> Self {
        Lifecycle { state: ActorState::Running, ..Self::new() }
    }

    /// Changes the state. An illegal transition changes nothing.
    pub(crate) fn advance(&mut self, to: ActorState) -> Result<(), IllegalTransition> {
        self.set_state(to)?;
        self.changed = u64::try_from(self.uptime().as_nanos()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// Changes to the final state. The time of that is never asked for, so this reads no clock.
    pub(crate) fn end(&mut self, exit: &Exit) -> Result<(), IllegalTransition> {
        self.set_state(exit.reason.state())?;
        self.exit = exit.plain();
        Ok(())
    }

    /// How the actor ended, if it had no fault.
    pub(crate) fn plain_exit(&self) -> Option<PlainExit> {
        self.exit
    }

    /// Whether the actor has ended.
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.state, ActorState::Stopped | ActorState::Failed)
    }

    fn set_state(&mut self, to: ActorState) -> Result<(), IllegalTransition> {
        if !self.state.can_become(to) {
            return Err(IllegalTransition { from: self.state, to });
        }
        if self.state == ActorState::Restarting && to == ActorState::Running {
            self.restarts += 1;
        }
        self.state = to;
        Ok(())
    }

    /// The current state.
    #[must_use]
    pub fn state(&self) -> ActorState {
        self.state
    }

    /// Number of restarts.
    #[must_use]
    pub fn restarts(&self) -> u32 {
        self.restarts
    }

    /// Number of the current incarnation: 1 for the first, one more with each restart.
    #[must_use]
    pub fn incarnation(&self) -> u32 {
        self.restarts.saturating_add(1)
    }

    /// Time since the actor was created.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        rt::now().duration_since(self.created)
    }

    /// Time since the last change of the state.
    #[must_use]
    pub fn since_change(&self) -> Duration {
        self.uptime().saturating_sub(Duration::from_nanos(self.changed))
    }
}

#[cfg(all(test, not(any(airssys_loom, airssys_shuttle))))]
mod tests {
    use super::{
        ActorState::{self, Failed, Restarting, Running, Starting, Stopped, Stopping},
        IllegalTransition, Lifecycle,
    };
    use std::time::Duration;

    const ALL: [ActorState; 6] = [Starting, Running, Stopping, Restarting, Stopped, Failed];

    /// B11: the whole table of transitions; an illegal transition changes nothing.
    #[tokio::test(start_paused = true)]
    async fn only_legal_transitions_change_the_state() {
        let table = [
            (vec![], Starting, vec![Running, Stopped, Failed]),
            (vec![Running], Running, vec![Stopping, Restarting, Stopped, Failed]),
            (vec![Running, Stopping], Stopping, vec![Restarting, Stopped, Failed]),
            (vec![Running, Restarting], Restarting, vec![Running, Stopped, Failed]),
            (vec![Stopped], Stopped, vec![]),
            (vec![Running, Failed], Failed, vec![]),
        ];
        for (path, from, legal) in table {
            for to in ALL {
                let mut lifecycle = Lifecycle::new();
                path.iter().for_each(|state| lifecycle.advance(*state).unwrap());
                tokio::time::advance(Duration::from_secs(1)).await;
                let advanced = lifecycle.advance(to);
                if legal.contains(&to) {
                    assert_eq!(
                        (advanced, lifecycle.state(), lifecycle.since_change()),
                        (Ok(()), to, Duration::ZERO)
                    );
                } else {
                    assert_eq!(advanced, Err(IllegalTransition { from, to }));
                    assert_eq!((lifecycle.state(), lifecycle.since_change().as_secs()), (from, 1));
                }
                assert_eq!((from.can_become(to), lifecycle.uptime().as_secs()), (legal.contains(&to), 1));
            }
        }
    }

    #[test]
    fn a_restart_is_counted_when_the_next_incarnation_runs() {
        let mut lifecycle = Lifecycle::new();
        for restarts in 0..3 {
            lifecycle.advance(Running).unwrap();
            assert_eq!((lifecycle.restarts(), lifecycle.incarnation()), (restarts, restarts + 1));
            lifecycle.advance(Restarting).unwrap();
            assert_eq!(lifecycle.restarts(), restarts);
        }
    }
}
