//! The faults of a plan, and the rule which messages of a type they affect.

use crate::sync::Mutex;
use fastrand::Rng;
use std::time::Duration;

/// A fault that a [`FaultPlan`](crate::testkit::FaultPlan) injects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mishap {
    /// The handler panics before it runs, in the task of the actor.
    Panic,
    /// The message is delayed by this duration before it is sent.
    Delay(Duration),
    /// The message is a dead letter, and a sender that tells it gets no error; an asker gets
    /// [`AskError::Refused`](crate::reply::AskError::Refused).
    Drop,
    /// The mailbox behaves like a full one that does not block: a sender that tells gets the message back, an asker gets
    /// [`AskError::Full`](crate::reply::AskError::Full). An event is a dead letter.
    Full,
}

/// Which messages of a type a fault affects.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum When {
    /// The message of this number; the first message is number 1.
    Nth(u64),
    /// Each message whose number is a multiple of this one.
    Every(u64),
    /// About this share of the messages, chosen by the seed: 0.1 is one in ten.
    Share(f64),
}

impl When {
    /// Panics if no message is ever affected: a test with such a rule would be green without a fault.
    #[track_caller]
    pub(super) fn check(self) {
        match self {
            When::Nth(0) => panic!("`When::Nth(0)` affects no message: the first one has the number 1"),
            When::Every(0) => panic!("`When::Every(0)` affects no message: `Every(1)` affects each"),
            When::Share(share) => {
                assert!(
                    share > 0.0 && share <= 1.0,
                    "`When::Share({share})` is no share: it is more than 0 and at most 1"
                );
            }
            When::Nth(_) | When::Every(_) => {}
        }
    }
}

/// A fault for messages of one type.
pub(super) struct Rule {
    pub(super) mishap: Mishap,
    pub(super) message: &'static str,
    when: When,
    state: Mutex<RuleState>,
}

struct RuleState {
    messages: u64,
    rng: Rng,
}

impl Rule {
    pub(super) fn new(mishap: Mishap, message: &'static str, when: When, seed: u64) -> Self {
        Rule {
            mishap,
            message,
            when,
            state: Mutex::new(RuleState { messages: 0, rng: Rng::with_seed(seed) }),
        }
    }

    /// Counts one message of the type. Returns its number if the rule applies to it. Called once for each message.
    pub(super) fn apply(&self) -> Option<u64> {
        let mut state = self.state.lock();
        state.messages += 1;
        let applies = match self.when {
            When::Nth(n) => state.messages == n,
            When::Every(n) => state.messages.checked_rem(n) == Some(0),
            When::Share(share) => state.rng.f64() < share,
        };
        applies.then_some(state.messages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn affected(when: When, seed: u64) -> Vec<u64> {
        let rule = Rule::new(Mishap::Drop, "Note", when, seed);
        (0..1000).filter_map(|_| rule.apply()).collect()
    }

    #[test]
    fn the_same_seed_affects_the_same_messages() {
        assert_eq!(affected(When::Nth(3), 1), [3]);
        assert_eq!(affected(When::Every(400), 1), [400, 800]);
        assert!(affected(When::Every(0), 1).is_empty());
        let tenth = affected(When::Share(0.1), 7);
        assert_eq!(tenth, affected(When::Share(0.1), 7));
        assert_ne!(tenth, affected(When::Share(0.1), 8));
        assert!((60..140).contains(&tenth.len()), "{}", tenth.len());
        assert_eq!((affected(When::Share(0.0), 1).len(), affected(When::Share(1.0), 1).len()), (0, 1000));
    }
}
