use crate::{
    actor::shared::{Exit, PlainExit},
    rt::{self, Instant},
};
use std::{fmt, time::Duration};

/// Where an actor is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorState {
    /// `pre_start` runs.
    Starting,
    /// It handles messages.
    Running,
    /// It handles no more messages; `post_stop` runs.
    Stopping,
    /// One incarnation has ended; it waits for the next one, or its `pre_start` runs. The mailbox is open.
    Restarting,
    /// It has ended, as it was told to.
    Stopped,
    /// It has ended because it failed, or never started.
    Failed,
}

impl ActorState {
    /// Whether an actor in this state can be in that one next.
    #[must_use]
    pub fn can_become(self, next: ActorState) -> bool {
        use ActorState::{Failed, Restarting, Running, Starting, Stopped, Stopping};
        match self {
            Starting | Restarting => matches!(next, Running | Stopped | Failed),
            Running => matches!(next, Stopping | Restarting | Stopped | Failed),
            Stopping => matches!(next, Restarting | Stopped | Failed),
            // They are the end.
            Stopped | Failed => false,
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

/// An actor cannot go from one state to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an actor that is {from} cannot become {to}")]
pub struct IllegalTransition {
    /// Where it is.
    pub from: ActorState,
    /// Where it cannot go.
    pub to: ActorState,
}

/// The states of one life, changed by the runtime alone.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    state: ActorState,
    restarts: u32,
    created: Instant,
    /// Nanoseconds after that.
    changed: u64,
    /// How it has ended, if that is said in a byte.
    exit: Option<PlainExit>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self::new()
    }
}

impl Lifecycle {
    /// A life that begins now.
    #[must_use]
    pub fn new() -> Self {
        Lifecycle { state: ActorState::Starting, restarts: 0, created: rt::now(), changed: 0, exit: None }
    }

    /// A life that has nothing to do before it runs.
    pub(crate) fn running() -> Self {
        Lifecycle { state: ActorState::Running, ..Self::new() }
    }

    /// Goes on to the next state.
    ///
    /// # Errors
    ///
    /// If there is no way from here to there; nothing has changed then.
    pub fn advance(&mut self, to: ActorState) -> Result<(), IllegalTransition> {
        self.enter(to)?;
        self.changed = u64::try_from(self.uptime().as_nanos()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// Goes on to the last state. When that was nobody will ask: a clock is dear.
    pub(crate) fn end(&mut self, exit: &Exit) -> Result<(), IllegalTransition> {
        self.enter(exit.reason.state())?;
        self.exit = exit.plain();
        Ok(())
    }

    /// How it has ended, if that is said in a byte.
    pub(crate) fn plain_exit(&self) -> Option<PlainExit> {
        self.exit
    }

    /// Whether it has.
    pub(crate) fn has_ended(&self) -> bool {
        matches!(self.state, ActorState::Stopped | ActorState::Failed)
    }

    fn enter(&mut self, to: ActorState) -> Result<(), IllegalTransition> {
        if !self.state.can_become(to) {
            return Err(IllegalTransition { from: self.state, to });
        }
        if self.state == ActorState::Restarting && to == ActorState::Running {
            self.restarts += 1;
        }
        self.state = to;
        Ok(())
    }

    /// Where it is now.
    #[must_use]
    pub fn state(&self) -> ActorState {
        self.state
    }

    /// How often it was restarted.
    #[must_use]
    pub fn restarts(&self) -> u32 {
        self.restarts
    }

    /// Which life of the actor this is: 1 for the first, and one more with each restart.
    #[must_use]
    pub fn incarnation(&self) -> u32 {
        self.restarts.saturating_add(1)
    }

    /// How long ago it began.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        rt::now().duration_since(self.created)
    }

    /// How long ago it came into the present state.
    #[must_use]
    pub fn since_change(&self) -> Duration {
        self.uptime().saturating_sub(Duration::from_nanos(self.changed))
    }
}
