use crate::sync::Mutex;
use fastrand::Rng;
use std::time::Duration;

/// What goes wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mishap {
    /// Its handler panics before it has done anything, in the task of the actor.
    Panic,
    /// Its sender waits for so long before it is sent.
    Delay(Duration),
    /// It is a dead letter, and its sender does not hear of it; an asker has
    /// [`AskError::Refused`](crate::reply::AskError::Refused).
    Drop,
    /// The mailbox seems to be full and not to wait: the sender has it back, an asker has
    /// [`AskError::MailboxFull`](crate::reply::AskError::MailboxFull). Nobody has an event back: it is a dead letter.
    Full,
}

/// Which messages of a type it happens to.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum When {
    /// The one of this number; the first is 1.
    Nth(u64),
    /// Each one whose number can be divided by this.
    Every(u64),
    /// About this share of them, by the seed: 0.1 is every tenth.
    Share(f64),
}

/// What happens to which messages of one type.
pub(super) struct Rule {
    pub(super) mishap: Mishap,
    pub(super) message: &'static str,
    when: When,
    state: Mutex<State>,
}

struct State {
    seen: u64,
    rng: Rng,
}

impl Rule {
    pub(super) fn new(mishap: Mishap, message: &'static str, when: When, seed: u64) -> Self {
        Rule { mishap, message, when, state: Mutex::new(State { seen: 0, rng: Rng::with_seed(seed) }) }
    }

    /// For each message of the type once: its number if the rule strikes.
    pub(super) fn strikes(&self) -> Option<u64> {
        let mut state = self.state.lock();
        state.seen += 1;
        let strikes = match self.when {
            When::Nth(n) => state.seen == n,
            When::Every(n) => n > 0 && state.seen.is_multiple_of(n),
            When::Share(share) => state.rng.f64() < share,
        };
        strikes.then_some(state.seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(when: When, seed: u64) -> Vec<u64> {
        let rule = Rule::new(Mishap::Drop, "Note", when, seed);
        (0..1000).filter_map(|_| rule.strikes()).collect()
    }

    #[test]
    fn a_seed_decides_and_always_in_the_same_way() {
        assert_eq!(struck(When::Nth(3), 1), [3]);
        assert_eq!(struck(When::Every(400), 1), [400, 800]);
        assert_eq!(struck(When::Every(0), 1), []);
        let tenth = struck(When::Share(0.1), 7);
        assert_eq!(tenth, struck(When::Share(0.1), 7));
        assert_ne!(tenth, struck(When::Share(0.1), 8));
        assert!((60..140).contains(&tenth.len()), "{}", tenth.len());
        assert_eq!((struck(When::Share(0.0), 1).len(), struck(When::Share(1.0), 1).len()), (0, 1000));
    }
}
