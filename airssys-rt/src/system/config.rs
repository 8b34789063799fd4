use crate::mailbox::Policy;
use std::time::Duration;

/// What a system decides for all its actors, unless an actor or a call decides otherwise.
///
/// ```
/// use airssys_rt::{mailbox::Policy, system::SystemConfig};
/// use std::time::Duration;
///
/// let config = SystemConfig::default().with_mailbox(Policy::bounded(100)).with_ask_timeout(Duration::from_secs(1));
/// # let _ = config;
/// ```
#[derive(Debug, Clone)]
pub struct SystemConfig {
    pub(crate) mailbox: Policy,
    pub(crate) ask_timeout: Duration,
    pub(crate) spawn_timeout: Duration,
    pub(crate) drain_timeout: Duration,
    pub(crate) stop_timeout: Duration,
    pub(crate) dead_letters: usize,
    pub(crate) buries_unheard_events: bool,
    pub(crate) max_actors: usize,
}

impl Default for SystemConfig {
    /// Mailboxes hold 1,000 messages and let senders wait; an ask waits 5 s for its answer, a spawn 30 s for
    /// `pre_start`; a shutdown lets actors handle what is queued for 10 s, and a stop waits 5 s for the current message
    /// and for `post_stop`. A thousand dead letters are kept, events that nobody subscribes to not among them.
    fn default() -> Self {
        SystemConfig {
            mailbox: Policy::default(),
            ask_timeout: Duration::from_secs(5),
            spawn_timeout: Duration::from_secs(30),
            drain_timeout: Duration::from_secs(10),
            stop_timeout: Duration::from_secs(5),
            dead_letters: 1000,
            buries_unheard_events: false,
            max_actors: usize::MAX,
        }
    }
}

impl SystemConfig {
    /// The mailbox of an actor that says nothing about its own.
    #[must_use]
    pub fn with_mailbox(mut self, mailbox: Policy) -> Self {
        self.mailbox = mailbox;
        self
    }

    /// How long an ask waits for its answer; `Duration::MAX` for ever. See [`Ask`](crate::actor::Ask) for how exact that is.
    #[must_use]
    pub fn with_ask_timeout(mut self, limit: Duration) -> Self {
        self.ask_timeout = limit;
        self
    }

    /// How long a spawn waits for `pre_start`.
    #[must_use]
    pub fn with_spawn_timeout(mut self, limit: Duration) -> Self {
        self.spawn_timeout = limit;
        self
    }

    /// How long a shutdown lets actors handle what is queued.
    #[must_use]
    pub fn with_drain_timeout(mut self, limit: Duration) -> Self {
        self.drain_timeout = limit;
        self
    }

    /// How long `post_stop` may take; and, in a shutdown, the current message and `post_stop` together.
    #[must_use]
    pub fn with_stop_timeout(mut self, limit: Duration) -> Self {
        self.stop_timeout = limit;
        self
    }

    /// How many dead letters are kept; the oldest go first. They are counted in any case.
    #[must_use]
    pub fn with_dead_letters(mut self, kept: usize) -> Self {
        self.dead_letters = kept;
        self
    }

    /// Whether an event that nobody subscribes to is a dead letter.
    #[must_use]
    pub fn with_unheard_events_buried(mut self, buried: bool) -> Self {
        self.buries_unheard_events = buried;
        self
    }

    /// How many actors may be alive at once; those that are starting count.
    #[must_use]
    pub fn with_max_actors(mut self, most: usize) -> Self {
        self.max_actors = most;
        self
    }

    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let limits = [
            ("ask_timeout", self.ask_timeout),
            ("spawn_timeout", self.spawn_timeout),
            ("stop_timeout", self.stop_timeout),
        ];
        if self.max_actors == 0 {
            return Err(ConfigError { field: "max_actors", problem: "a system without actors does nothing" });
        }
        match limits.into_iter().find(|(_, limit)| limit.is_zero()) {
            Some((field, _)) => Err(ConfigError { field, problem: "nothing can be done within no time" }),
            None => Ok(()),
        }
    }
}

/// A value in the configuration with which a system cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {problem}")]
pub struct ConfigError {
    field: &'static str,
    problem: &'static str,
}

impl ConfigError {
    /// The field that has the value.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }
}
