use crate::{
    broker::{MessageBroker, Observation, Outcome, Received, TapStream},
    envelope::Meta,
    system::{ActorSystem, System},
    topology::{Link, LinkKind, Topology},
};
use std::fmt;

/// Sees which of the declared ways of a system are taken while a test runs.
///
/// It sees what passes from [`of`](Self::of) on, as a monitor does, and like one it arms the system. An ask or a tell counts once
/// it is in the mailbox, an event as published when it leaves, and as heard when somebody has handled it. Nobody has to
/// wait for it: what has passed is in the next [report](Self::report).
///
/// What it cannot see: who spawns whom, because no message says so; and whether a message came by `tells(Scribe)` or by
/// `tells(any Note)` where an actor declares both, which then count both.
#[must_use = "it sees nothing when it is dropped"]
pub struct Coverage {
    seen: TapStream<Observation>,
    links: Vec<(Link, bool)>,
}

/// Which declared ways were taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Those that were taken, in the order of [`Topology::links`].
    pub exercised: Vec<Link>,
    /// Those that were never taken.
    pub never: Vec<Link>,
    /// Those of which nobody can tell.
    pub unseen: Vec<Link>,
}

impl Coverage {
    /// Begins to look.
    pub fn of<S: System, B: MessageBroker<S::Message>>(system: &ActorSystem<S, B>) -> Self {
        let links = Topology::of::<S>().links().into_iter().map(|link| (link, false)).collect();
        // Without a limit: what is missed would look like what never was.
        Coverage { seen: system.monitor(usize::MAX), links }
    }

    /// What was taken up to now.
    #[must_use]
    pub fn report(&mut self) -> Report {
        while let Ok(received) = self.seen.try_recv() {
            if let Received::Item(seen) = received {
                self.links.iter_mut().for_each(|(link, taken)| *taken |= takes(link, &seen));
            }
        }
        let mut report = Report::default();
        for (link, taken) in &self.links {
            match (link.kind, taken) {
                (LinkKind::Spawns, _) => report.unseen.push(*link),
                (_, true) => report.exercised.push(*link),
                (_, false) => report.never.push(*link),
            }
        }
        report
    }
}

/// Whether what was seen is a step on this way.
fn takes(link: &Link, seen: &Observation) -> bool {
    let Observation { meta, outcome, .. } = seen;
    let (from, to) = link.ends;
    let is_from = |meta: &Meta, kind| meta.sender().is_some_and(|sender| sender.kind() == kind);
    let is_to = |meta: &Meta, kind| meta.recipient().is_some_and(|recipient| recipient.kind() == kind);
    let is_sent = matches!(outcome, Outcome::Delivered { .. })
        && !meta.is_event()
        && is_from(meta, from)
        && is_to(meta, to);
    match link.kind {
        LinkKind::Asks => is_sent && meta.is_request(),
        LinkKind::Tells => is_sent && !meta.is_request(),
        LinkKind::TellsAny(message) => is_sent && !meta.is_request() && meta.message_type() == message,
        LinkKind::Publishes => {
            let is_it = meta.is_event() && meta.message_type() == link.to;
            is_it && is_from(meta, from) && matches!(outcome, Outcome::Published)
        }
        LinkKind::Subscribes => {
            let is_it = meta.is_event() && meta.message_type() == link.from;
            is_it && is_to(meta, to) && matches!(outcome, Outcome::Handled { .. } | Outcome::Failed)
        }
        LinkKind::Spawns => false,
    }
}

impl Report {
    /// Of both: a way counts as taken if it is in one of them. For several tests of one system.
    #[must_use]
    pub fn and(mut self, other: &Report) -> Self {
        let (taken, never) = self.never.iter().partition(|link| other.exercised.contains(link));
        let taken: Vec<Link> = taken;
        self.never = never;
        self.exercised.extend(taken);
        self
    }
}

/// A line for each way: `+` was taken, `-` never was, `?` cannot be seen.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = self.exercised.len() + self.never.len();
        writeln!(f, "{} of {seen} declared ways were taken", self.exercised.len())?;
        let marked = [("+", &self.exercised), ("-", &self.never), ("?", &self.unseen)];
        for (mark, link) in marked.iter().flat_map(|(mark, links)| links.iter().map(move |link| (mark, link)))
        {
            writeln!(f, "{mark} {link}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let taken = self.links.iter().filter(|(_, taken)| *taken).count();
        f.debug_struct("Coverage")
            .field("taken", &taken)
            .field("links", &self.links.len())
            .finish_non_exhaustive()
    }
}
