//! `Coverage`: reports which declared links of the message graph a test has used.

use crate::{
    broker::{MessageBroker, Observation, Outcome, Received, TapStream},
    envelope::Meta,
    system::{ActorSystem, System},
    topology::{Link, LinkKind, Topology},
};
use std::{fmt, panic::Location, thread};

/// An observer of a system that reports which of its declared links are used while a test runs.
///
/// It observes the system from [`of`](Self::of) on. It is a monitor: while it exists, every message takes the observed path. An ask
/// or a tell counts when its mailbox accepts it. A publication counts when the event is published, a subscription when the
/// subscriber has handled the event. No wait is needed: the next [report](Self::report) has everything that happened before it.
///
/// Two things cannot be observed: spawns, because they send no message; and whether a message was sent by `tells(Scribe)` or by
/// `tells(any Note)` if an actor declares both. Both links count then.
#[must_use = "a dropped coverage observes nothing"]
pub struct Coverage {
    observed: TapStream<Observation>,
    links: Vec<(Link, bool)>,
    made_at: &'static Location<'static>,
    is_reported: bool,
}

/// The declared links of a system, by whether they were used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The links that were used, in the order of [`Topology::links`].
    pub exercised: Vec<Link>,
    /// The links that were never used.
    pub never: Vec<Link>,
    /// The links that cannot be observed.
    pub unseen: Vec<Link>,
}

impl Coverage {
    /// Starts to observe a system.
    ///
    /// A coverage that is dropped without a [report](Self::report) panics, unless a panic unwinds already.
    #[track_caller]
    pub fn of<S: System, B: MessageBroker<S::Message>>(system: &ActorSystem<S, B>) -> Self {
        let links = Topology::of::<S>().links().into_iter().map(|link| (link, false)).collect();
        // Unbounded: a link of a dropped observation would look unused.
        Coverage {
            observed: system.monitor(usize::MAX),
            links,
            made_at: Location::caller(),
            is_reported: false,
        }
    }

    /// Returns the links that were used up to now.
    #[must_use]
    pub fn report(&mut self) -> Report {
        self.is_reported = true;
        while let Ok(received) = self.observed.try_recv() {
            if let Received::Item(observation) = received {
                self.links.iter_mut().for_each(|(link, used)| *used |= uses(link, &observation));
            }
        }
        let mut report = Report::default();
        for (link, used) in &self.links {
            match (link.kind, used) {
                (LinkKind::Spawns, _) => report.unseen.push(*link),
                (_, true) => report.exercised.push(*link),
                (_, false) => report.never.push(*link),
            }
        }
        report
    }
}

/// Returns whether an observed message uses this link.
fn uses(link: &Link, observation: &Observation) -> bool {
    let Observation { meta, outcome, .. } = observation;
    let (from, to) = link.ends;
    let is_from = |meta: &Meta, kind| meta.sender().is_some_and(|sender| sender.kind() == kind);
    let is_to = |meta: &Meta, kind| meta.recipient().is_some_and(|recipient| recipient.kind() == kind);
    let is_sent = matches!(outcome, Outcome::Delivered { .. })
        && !meta.is_event()
        && is_from(meta, from)
        && is_to(meta, to);
    match link.kind {
        LinkKind::Asks => is_sent && meta.is_request(),
        LinkKind::Tells | LinkKind::TriesToTell => is_sent && !meta.is_request(),
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
    /// Combines two reports of one system, for several tests: a link counts as used if one of the reports has it as used.
    ///
    /// The default report has no links, so a fold over the reports of several tests can begin with it.
    #[must_use]
    pub fn and(mut self, other: &Report) -> Self {
        add(&mut self.exercised, &other.exercised);
        add(&mut self.never, &other.never);
        add(&mut self.unseen, &other.unseen);
        self.never.retain(|link| !self.exercised.contains(link));
        self
    }
}

/// Adds the links that are not in the list yet.
fn add(links: &mut Vec<Link>, others: &[Link]) {
    for link in others {
        if !links.contains(link) {
            links.push(*link);
        }
    }
}

/// Writes a line for each link: `+` was used, `-` was never used, `?` cannot be observed.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let observable = self.exercised.len() + self.never.len();
        writeln!(f, "{} of {observable} declared links were used", self.exercised.len())?;
        let marked = [("+", &self.exercised), ("-", &self.never), ("?", &self.unseen)];
        for (mark, link) in marked.iter().flat_map(|(mark, links)| links.iter().map(move |link| (mark, link)))
        {
            writeln!(f, "{mark} {link}")?;
        }
        Ok(())
    }
}

impl Drop for Coverage {
    fn drop(&mut self) {
        assert!(
            self.is_reported || thread::panicking(),
            "the coverage that was made at {} was dropped without a report",
            self.made_at
        );
    }
}

impl fmt::Debug for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used = self.links.iter().filter(|(_, used)| *used).count();
        f.debug_struct("Coverage")
            .field("used", &used)
            .field("links", &self.links.len())
            .finish_non_exhaustive()
    }
}
