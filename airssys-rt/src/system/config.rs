//! `SystemConfig`: default mailbox policy, time limits, dead-letter capacity, the largest number of actors.

use crate::mailbox::MailboxPolicy;
use std::time::Duration;

/// Configuration of a system: limits, and defaults that an actor or a call may override.
///
/// ```
/// use airssys_rt::{mailbox::MailboxPolicy, system::SystemConfig};
/// use std::time::Duration;
///
/// let config = SystemConfig::default().with_mailbox(MailboxPolicy::bounded(100)).with_ask_timeout(Duration::from_secs(1));
/// # let _ = config;
/// ```
#[derive(Debug, Clone)]
pub struct SystemConfig {
    pub(crate) mailbox: MailboxPolicy,
    pub(crate) ask_timeout: Duration,
    pub(crate) spawn_timeout: Duration,
    pub(crate) drain_timeout: Duration,
    pub(crate) stop_timeout: Duration,
    pub(crate) shutdown_timeout: Duration,
    pub(crate) dead_letters: usize,
    pub(crate) dead_letter_bytes: usize,
    pub(crate) unsubscribed_events_are_dead_letters: bool,
    pub(crate) max_actors: usize,
    pub(crate) jitter_seed: Option<u64>,
}

impl Default for SystemConfig {
    /// Returns the default configuration.
    ///
    /// Mailboxes hold 1,000 messages, and senders wait when one is full. The time limits are: 5 s for the answer to an ask,
    /// 30 s for `pre_start`, 10 s for actors to handle queued messages in a shutdown, 5 s in a stop for the current message and
    /// `post_stop`, and no limit for a whole shutdown. The last 1,000 dead letters are kept, and 16 MiB of their payloads. Events
    /// without subscribers are not dead letters. The number of actors is not limited. The seed of the jitter is random.
    fn default() -> Self {
        SystemConfig {
            mailbox: MailboxPolicy::default(),
            ask_timeout: Duration::from_secs(5),
            spawn_timeout: Duration::from_secs(30),
            drain_timeout: Duration::from_secs(10),
            stop_timeout: Duration::from_secs(5),
            shutdown_timeout: Duration::MAX,
            dead_letters: 1000,
            dead_letter_bytes: 16 << 20,
            unsubscribed_events_are_dead_letters: false,
            max_actors: usize::MAX,
            jitter_seed: None,
        }
    }
}

impl SystemConfig {
    /// Sets the mailbox policy of actors that declare none of their own.
    #[must_use]
    pub fn with_mailbox(mut self, mailbox: MailboxPolicy) -> Self {
        self.mailbox = mailbox;
        self
    }

    /// Sets how long an ask waits for its answer; `Duration::MAX` means no limit. See [`Ask`](crate::actor::Ask) for the
    /// precision of the limit.
    #[must_use]
    pub fn with_ask_timeout(mut self, limit: Duration) -> Self {
        self.ask_timeout = limit;
        self
    }

    /// Sets how long a spawn waits for `pre_start`.
    #[must_use]
    pub fn with_spawn_timeout(mut self, limit: Duration) -> Self {
        self.spawn_timeout = limit;
        self
    }

    /// Sets how long a shutdown lets actors handle queued messages.
    #[must_use]
    pub fn with_drain_timeout(mut self, limit: Duration) -> Self {
        self.drain_timeout = limit;
        self
    }

    /// Sets how long `post_stop` may take. For an actor that its parent, its supervisor or a shutdown stops, it is the limit of the
    /// current message and `post_stop` together; then the actor is killed. The time in which it waits for its own children does
    /// not count: each of them has its own limit.
    #[must_use]
    pub fn with_stop_timeout(mut self, limit: Duration) -> Self {
        self.stop_timeout = limit;
        self
    }

    /// Sets how long a whole shutdown may take; `Duration::MAX`, the default, is no limit of its own: then `drain_timeout` and the
    /// `stop_timeout` of each actor add up.
    ///
    /// The drain gets the part that `stop_timeout` leaves, at least half. At the limit the remaining actors are killed, and the shutdown
    /// returns an error that names them, at most a tenth of a second later. It is for a service that is ended from outside after a
    /// certain time: a container often after 10 s.
    #[must_use]
    pub fn with_shutdown_timeout(mut self, limit: Duration) -> Self {
        self.shutdown_timeout = limit;
        self
    }

    /// Sets how many dead letters are kept. When there are more, the oldest are dropped; the counters include them.
    ///
    /// A letter keeps the `Debug` text of its message, at most [`TEXT_LIMIT`](crate::broker::dead_letters::TEXT_LIMIT) bytes, and not
    /// the message, unless its type has the key `keep_payload`. With 0 letters, no text is written.
    #[must_use]
    pub fn with_dead_letters(mut self, kept: usize) -> Self {
        self.dead_letters = kept;
        self
    }

    /// Sets how many bytes the messages may have that dead letters keep (`#[message(keep_payload)]`). When there are more, the oldest
    /// messages are dropped, and their letters stay. A message that is larger than the limit is not kept.
    ///
    /// A message counts with the size of the message enum of the system and with the bytes that it owns: that it is boxed, and what
    /// the function of `keep_payload = ..` returns.
    #[must_use]
    pub fn with_dead_letter_bytes(mut self, most: usize) -> Self {
        self.dead_letter_bytes = most;
        self
    }

    /// Sets whether an event without subscribers is a dead letter.
    #[must_use]
    pub fn with_unsubscribed_events_as_dead_letters(mut self, enabled: bool) -> Self {
        self.unsubscribed_events_are_dead_letters = enabled;
        self
    }

    /// Sets how many actors may be alive at once, including those that are starting.
    #[must_use]
    pub fn with_max_actors(mut self, most: usize) -> Self {
        self.max_actors = most;
        self
    }

    /// Sets the seed of the [jitter](crate::backoff::Backoff::with_jitter) before restarts, for tests: with the same seed, a system
    /// that starts the same supervisors and children in the same order waits for the same times. By default the seed is random, so
    /// that children of several supervisors or processes that failed together do not restart together.
    #[must_use]
    pub fn with_jitter_seed(mut self, seed: u64) -> Self {
        self.jitter_seed = Some(seed);
        self
    }

    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let limits = [
            ("ask_timeout", self.ask_timeout),
            ("spawn_timeout", self.spawn_timeout),
            ("stop_timeout", self.stop_timeout),
            ("shutdown_timeout", self.shutdown_timeout),
        ];
        if self.max_actors == 0 {
            return Err(ConfigError { field: "max_actors", problem: "must be at least 1" });
        }
        match limits.into_iter().find(|(_, limit)| limit.is_zero()) {
            Some((field, _)) => Err(ConfigError { field, problem: "must be greater than zero" }),
            None => Ok(()),
        }
    }
}

/// An invalid value in a [`SystemConfig`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{field}` {problem}")]
pub struct ConfigError {
    field: &'static str,
    problem: &'static str,
}

impl ConfigError {
    /// Returns the name of the field with the invalid value.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }
}
