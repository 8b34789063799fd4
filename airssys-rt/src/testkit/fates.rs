//! The fate of each observed message: finds messages with no final outcome, or too many; for the ledger.

use crate::{
    broker::{Observation, Outcome},
    id::{ActorId, MessageId},
};
use std::collections::BTreeMap;

/// The fate of each observed message.
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
    /// The final outcomes for each recipient; `None` is the key of an outcome before there was a recipient.
    ends: BTreeMap<Option<ActorId>, Vec<Outcome>>,
}

/// The number of asks, by their result.
#[derive(Default)]
pub(super) struct AskCounts {
    pub(super) asks: usize,
    pub(super) answered: usize,
    pub(super) withdrawn: usize,
}

impl Fates {
    pub(super) fn add(&mut self, observation: Observation) {
        let Observation { meta, outcome } = observation;
        let fate = self.0.entry(meta.id()).or_default();
        (fate.name, fate.request, fate.event) = (meta.message_type(), meta.is_request(), meta.is_event());
        match outcome {
            Outcome::Published => fate.published = true,
            Outcome::Delivered { receivers } => fate.delivered = Some(receivers),
            end => {
                fate.answered |= end == Outcome::Handled { answered: true };
                fate.ends.entry(meta.recipient()).or_default().push(end);
            }
        }
    }

    /// Describes each message that has no fate or more than one.
    pub(super) fn problems(&self) -> Vec<String> {
        let problems = self.0.iter().filter(|(_, fate)| !fate.is_balanced());
        problems.map(|(id, fate)| fate.describe(*id)).collect()
    }

    pub(super) fn asks(&self) -> AskCounts {
        let mut counts = AskCounts::default();
        for fate in self.0.values().filter(|fate| fate.request) {
            counts.asks += 1;
            counts.answered += usize::from(fate.answered);
            counts.withdrawn += usize::from(fate.was_cancelled());
        }
        counts
    }
}

impl Fate {
    /// Returns whether there is one final outcome for each mailbox that accepted the message.
    fn is_balanced(&self) -> bool {
        if self.ends.values().any(|ends| ends.len() > 1) {
            return false;
        }
        let was_accepted =
            |outcome: &&Outcome| !matches!(outcome, Outcome::Undelivered(_) | Outcome::Cancelled);
        let ended = self.ends.values().flatten().filter(was_accepted).count();
        if self.was_cancelled() && (self.delivered.is_some() || ended > 0) {
            return false;
        }
        let Some(receivers) = self.delivered else {
            // A message that no mailbox accepted must have been given back, given up or made a dead letter. A message that was
            // already in a mailbox when the ledger was made has no `Published` outcome.
            return !self.published || !self.ends.is_empty();
        };
        ended == if self.event { receivers } else { 1 }
    }

    fn was_cancelled(&self) -> bool {
        self.ends.values().flatten().any(|outcome| *outcome == Outcome::Cancelled)
    }

    fn describe(&self, id: MessageId) -> String {
        let kind = match (self.event, self.request) {
            (true, _) => "event",
            (_, true) => "ask",
            _ => "tell",
        };
        let unpublished = if self.published { "" } else { " (not published)" };
        let ends: Vec<_> = self.ends.values().flatten().collect();
        format!(
            "{kind} {id}, a `{}`{unpublished}: accepted by {} mailboxes, outcomes {ends:?}",
            self.name,
            self.delivered.unwrap_or_default()
        )
    }
}
