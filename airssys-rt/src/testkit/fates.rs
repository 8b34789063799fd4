use crate::{
    broker::{Observation, Outcome},
    id::{ActorId, MessageId},
};
use std::collections::BTreeMap;

/// What became of each message that was seen.
#[derive(Default)]
pub(super) struct Fates(BTreeMap<MessageId, Fate>);

#[derive(Default)]
struct Fate {
    name: &'static str,
    request: bool,
    event: bool,
    published: bool,
    delivered: Option<usize>,
    answered: bool,
    /// For each mailbox how it ended there; under `None`, before it came into one.
    ends: BTreeMap<Option<ActorId>, Vec<Outcome>>,
}

/// How many asks there were, and what came of them.
#[derive(Default)]
pub(super) struct Asks {
    pub(super) seen: usize,
    pub(super) answered: usize,
    pub(super) withdrawn: usize,
}

impl Fates {
    pub(super) fn add(&mut self, seen: Observation) {
        let Observation { meta, outcome } = seen;
        let fate = self.0.entry(meta.id()).or_default();
        (fate.name, fate.request, fate.event) = (meta.message_type(), meta.is_request(), meta.is_event());
        match outcome {
            Outcome::Published => fate.published = true,
            Outcome::Delivered { receivers } => fate.delivered = Some(receivers),
            ended => {
                fate.answered |= ended == Outcome::Handled { answered: true };
                fate.ends.entry(meta.recipient()).or_default().push(ended);
            }
        }
    }

    /// Whatever has no fate, or more than one.
    pub(super) fn problems(&self) -> Vec<String> {
        let wrong = self.0.iter().filter(|(_, fate)| !fate.is_one());
        wrong.map(|(id, fate)| fate.describe(*id)).collect()
    }

    pub(super) fn asks(&self) -> Asks {
        let mut asks = Asks::default();
        for fate in self.0.values().filter(|fate| fate.request) {
            asks.seen += 1;
            asks.answered += usize::from(fate.answered);
            asks.withdrawn += usize::from(fate.was_cancelled());
        }
        asks
    }
}

impl Fate {
    fn is_one(&self) -> bool {
        if self.ends.values().any(|ends| ends.len() > 1) {
            return false;
        }
        let Some(receivers) = self.delivered else {
            // Whatever came nowhere must have been given back, given up or buried; and what was in somebody's mailbox
            // already when the ledger was opened was not published for it.
            return !self.published || !self.ends.is_empty();
        };
        let came_in = |outcome: &&Outcome| !matches!(outcome, Outcome::Undelivered(_) | Outcome::Cancelled);
        let ended = self.ends.values().flatten().filter(came_in).count();
        ended == if self.event { receivers } else { 1 }
    }

    fn was_cancelled(&self) -> bool {
        self.ends.values().flatten().any(|outcome| *outcome == Outcome::Cancelled)
    }

    fn describe(&self, id: MessageId) -> String {
        let what = match (self.event, self.request) {
            (true, _) => "event",
            (_, true) => "ask",
            _ => "tell",
        };
        let unpublished = if self.published { "" } else { " (not published)" };
        let ends: Vec<_> = self.ends.values().flatten().collect();
        format!(
            "{what} {id}, a `{}`{unpublished}: into {} mailboxes, and then {ends:?}",
            self.name,
            self.delivered.unwrap_or_default()
        )
    }
}
