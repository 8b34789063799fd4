//! Property tests of the search for cycles against a list of edges, and the texts of what it finds.

use super::{
    Edge, Edges, Errors, Node, Routed, Waits, check, check::subscriptions, cycle::first_cycle,
    warning::Warning,
};
use crate::{
    mailbox::{MailboxPolicy, Overflow},
    message::{Named, Origin, schema::Schema},
};
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, proptest};
use std::panic::{AssertUnwindSafe, catch_unwind};

const ACTORS: usize = 4;
const EVENTS: usize = 2;
const PLACES: usize = 2 * ACTORS + EVENTS;
const STARTS: usize = ACTORS + EVENTS;

/// What an actor declares about another one, or about an event.
#[derive(Debug, Clone, Copy)]
enum Declares {
    Asks,
    Spawns,
    Tells,
    Tries,
    Publishes,
    Subscribes,
    /// With a reason why the cycle is allowed.
    AsksAllowed,
    SpawnsAllowed,
    TellsAllowed,
    PublishesAllowed,
}

#[derive(Debug, Clone)]
struct Graph {
    declared: Vec<(Declares, usize, usize)>,
    start_waits: [bool; ACTORS],
    blocks: [bool; ACTORS],
}

fn graph() -> impl Strategy<Value = Graph> {
    use Declares::{
        Asks, AsksAllowed, Publishes, PublishesAllowed, Spawns, SpawnsAllowed, Subscribes, Tells,
        TellsAllowed, Tries,
    };
    let kind = prop::sample::select(vec![
        Asks,
        Spawns,
        Spawns,
        Tells,
        Tries,
        Publishes,
        Subscribes,
        Subscribes,
        AsksAllowed,
        SpawnsAllowed,
        TellsAllowed,
        PublishesAllowed,
    ]);
    let declared = prop::collection::vec((kind, 0..ACTORS, 0..ACTORS), 0..9);
    (
        declared,
        prop::array::uniform4(prop::bool::weighted(0.8)),
        prop::array::uniform4(prop::bool::weighted(0.8)),
    )
        .prop_map(|(declared, start_waits, blocks)| Graph { declared, start_waits, blocks })
}

const NAMES: [&str; ACTORS] = ["A", "B", "C", "D"];

fn leak<T: Clone>(all: impl Iterator<Item = T>) -> &'static [T] {
    all.collect::<Vec<_>>().leak()
}

impl Graph {
    fn declares(&self, actor: usize) -> impl Iterator<Item = (Declares, usize)> + '_ {
        self.declared.iter().filter(move |declared| declared.1 == actor).map(|(what, _, to)| (*what, *to))
    }

    fn nodes(&self) -> Vec<Node> {
        let node = |actor: usize| {
            let edges = |select: &dyn Fn(Declares, usize) -> Option<Edge>| {
                leak(self.declares(actor).filter_map(|(what, to)| select(what, to)))
            };
            let edges = Edges {
                asks: edges(&|what, to| match what {
                    Declares::Asks => Some(Edge::to(to)),
                    Declares::AsksAllowed => Some(Edge::allowed(to, "why")),
                    _ => None,
                }),
                tells: edges(&|what, to| match what {
                    Declares::Tells => Some(Edge::to(to)),
                    Declares::TellsAllowed => Some(Edge::allowed(to, "why")),
                    Declares::Tries => Some(Edge::tried(to)),
                    _ => None,
                }),
                spawns: edges(&|what, to| match what {
                    Declares::Spawns => Some(Edge::to(to)),
                    Declares::SpawnsAllowed => Some(Edge::allowed(to, "why")),
                    _ => None,
                }),
                publishes: edges(&|what, to| match what {
                    Declares::Publishes => Some(Edge::to(to % EVENTS)),
                    Declares::PublishesAllowed => Some(Edge::allowed(to % EVENTS, "why")),
                    _ => None,
                }),
                subscribes: leak(self.subscribed(actor)),
                tells_any: &[],
            };
            let refuses = MailboxPolicy::bounded(1).with_overflow(Overflow::Error);
            Node {
                name: NAMES[actor],
                entry: false,
                handles: &[],
                edges: Box::leak(Box::new(edges)),
                start_waits: self.start_waits[actor],
                mailbox: if self.blocks[actor] { None } else { Some(refuses) },
                slot: || 8,
                list: None,
            }
        };
        (0..ACTORS).map(node).collect()
    }

    /// Each event once; one in four is configured out.
    fn subscribed(&self, actor: usize) -> impl Iterator<Item = usize> + '_ {
        let mut to: Vec<_> = self
            .declares(actor)
            .filter(|(what, _)| matches!(what, Declares::Subscribes))
            .map(|(_, to)| if to == 3 { usize::MAX } else { to % EVENTS })
            .collect();
        to.sort_unstable();
        to.dedup();
        to.into_iter()
    }

    /// All edges on which a place waits, and whether each is the start of a new actor.
    fn waits(&self, waits: Waits) -> Vec<(usize, usize, bool)> {
        let capacity = waits == Waits::Capacity;
        let mut all = Vec::new();
        for (what, from, to) in self.declared.iter().copied() {
            let (event, start) = (ACTORS + to % EVENTS, if capacity { STARTS + to } else { to });
            let edge = match what {
                Declares::Asks => Some((to, false)),
                Declares::Spawns if self.start_waits[to] => Some((start, true)),
                Declares::Tells if capacity && self.blocks[to] => Some((to, false)),
                Declares::Publishes if capacity => Some((event, false)),
                _ => None,
            };
            let Some((to, is_start)) = edge else { continue };
            all.push((from, to, is_start));
            // What a `pre_start` publishes is sent after it.
            if capacity && !matches!(what, Declares::Publishes) {
                all.push((STARTS + from, to, is_start));
            }
        }
        for actor in (0..ACTORS).filter(|actor| capacity && self.blocks[*actor]) {
            let events = self.subscribed(actor).filter(|event| *event < EVENTS);
            all.extend(events.map(|event| (ACTORS + event, actor, false)));
        }
        all
    }
}

/// Whether some places wait for each other, in a circle that is not one of spawns alone.
fn has_cycle(edges: &[(usize, usize, bool)]) -> bool {
    edges.iter().filter(|(.., is_start)| !is_start).any(|(from, to, _)| {
        let (mut found, mut at) = (vec![*to], 0);
        while at < found.len() {
            let next = edges.iter().filter(|edge| edge.0 == found[at]).map(|edge| edge.1);
            let new: Vec<_> = next.filter(|place| !found.contains(place)).collect();
            found.extend(new);
            at += 1;
        }
        found.contains(from)
    })
}

/// Checks that the places are a cycle of the edges that begins with the smallest place.
fn check_cycle(places: &[usize], edges: &[(usize, usize, bool)]) {
    let next = |at: usize| places[(at + 1) % places.len()];
    let waits = |at: usize, start: bool| edges.contains(&(places[at], next(at), start));
    assert!((0..places.len()).all(|at| waits(at, true) || waits(at, false)), "{places:?}");
    assert!((0..places.len()).any(|at| waits(at, false)), "{places:?} only spawn each other");
    assert!(places.iter().all(|place| *place >= places[0]), "{places:?}");
    let mut once = places.to_vec();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), places.len(), "{places:?}");
}

proptest! {
    #[test]
    fn a_cycle_of_asks_and_starts_is_found_if_there_is_one(graph in graph()) {
        let (nodes, edges) = (graph.nodes(), graph.waits(Waits::Replies));
        let found = first_cycle::<ACTORS, 1, 0>(&nodes, Waits::Replies);
        prop_assert_eq!(found.is_some(), has_cycle(&edges));
        if let Some(cycle) = found {
            check_cycle(cycle.places(), &edges);
        }
    }

    #[test]
    fn a_cycle_of_full_mailboxes_is_found_if_there_is_one(graph in graph()) {
        let (nodes, edges) = (graph.nodes(), graph.waits(Waits::Capacity));
        let declared: usize = (0..ACTORS).map(|actor| graph.subscribed(actor).count()).sum();
        prop_assert_eq!(subscriptions(&nodes), declared);
        let found = first_cycle::<PLACES, { EVENTS + 1 }, { ACTORS * EVENTS }>(&nodes, Waits::Capacity);
        prop_assert_eq!(found.is_some(), has_cycle(&edges));
        if let Some(cycle) = found {
            check_cycle(cycle.places(), &edges);
        }
        let warnings = Warning::of(&nodes, &events());
        let cycles = warnings.iter().filter(|warning| matches!(warning, Warning::Cycle { .. }));
        prop_assert_eq!(cycles.count() > 0, found.is_some());
    }

    /// A system with a cycle of asks is not told of one of full mailboxes as well.
    #[test]
    fn one_cycle_is_reported_once(graph in graph()) {
        let errors = Errors::<ACTORS>::of::<9>(graph.nodes().leak(), const { &[] });
        let (asks, capacity) = (graph.waits(Waits::Replies), graph.waits(Waits::Capacity));
        let found = errors.mailbox_cycle::<PLACES, { EVENTS + 1 }, { ACTORS * EVENTS }>();
        prop_assert_eq!(found.is_some(), has_cycle(&capacity) && !has_cycle(&asks));
        let reported = (0..ACTORS).filter(|entry| panic_of(|| errors.check_cycle(*entry)).is_some());
        prop_assert_eq!(reported.count(), usize::from(has_cycle(&asks)));
        prop_assert!((0..ACTORS).all(|entry| panic_of(|| errors.check_name(entry)).is_none()));
    }
}

/// What a check reports.
fn panic_of(check: impl FnOnce()) -> Option<String> {
    let caught = catch_unwind(AssertUnwindSafe(check)).err()?;
    let text = caught.downcast_ref::<String>().cloned();
    text.or_else(|| caught.downcast_ref::<&str>().map(|text| (*text).to_owned()))
}

fn events() -> [Routed; EVENTS] {
    ["E", "F"].map(|name| {
        let origin = Origin { path: name, line: 1, column: 1 };
        let event = Named { name, origin, hash: 0, id: 0, schema: || const { &Schema::unknown("E", None) } };
        Routed { name, entry: true, event, list: None }
    })
}

/// The reports of a graph: of its cycle of asks, and of its cycle of full mailboxes.
fn reports(declared: &[(Declares, usize, usize)]) -> [Option<String>; 2] {
    let graph = Graph { declared: declared.to_vec(), start_waits: [true; ACTORS], blocks: [true; ACTORS] };
    let errors = Errors::<ACTORS>::of::<9>(graph.nodes().leak(), const { &[] });
    let of_asks = (0..ACTORS).find_map(|entry| panic_of(|| errors.check_cycle(entry)));
    let cycle = errors.mailbox_cycle::<PLACES, { EVENTS + 1 }, { ACTORS * EVENTS }>();
    let (nodes, events) = (graph.nodes(), events());
    let of_mailboxes =
        (0..ACTORS).find_map(|entry| panic_of(|| check::tell_cycle(&cycle, &nodes, &events, entry)));
    [of_asks, of_mailboxes]
}

#[test]
fn a_report_says_who_waits_for_whom_and_what_to_do() {
    use Declares::{Asks, Publishes, Spawns, Subscribes, Tells, Tries};
    let policy = "another overflow policy, `mailbox(capacity = 1000, overflow = Error)`,";
    let reason = "or say at one edge why it cannot happen: `tells(Type, cycle = \"why\")`";
    let capacity = "if all of these mailboxes are full, each actor waits for capacity in the next mailbox";
    let one_of_them =
        format!("give one of them {policy}\nlet one of them only try, `try_tells(Type)`,\n{reason}");
    assert_eq!(
        reports(&[(Asks, 1, 2), (Asks, 2, 1)]),
        [
            Some(
                "ask cycle: `B` -> `C` -> `B`\neach waits for the next, so they can all wait forever\nmake one of these \
                 asks a `tell`, or say on `C` why the cycle cannot deadlock: `asks(B, cycle = \"why\")`"
                    .to_owned()
            ),
            None
        ]
    );
    assert_eq!(
        reports(&[(Asks, 0, 0)])[0].as_deref(),
        Some(
            "ask cycle: `A` -> `A`\nan actor that asks its own type can wait for itself\nmake it a `tell`, or say why it \
             cannot: `asks(A, cycle = \"why\")`"
        )
    );
    assert_eq!(
        reports(&[(Spawns, 0, 3), (Asks, 3, 0)])[0].as_deref(),
        Some(
            "start cycle: `A` spawns (waits for `pre_start`) -> `D` -> `A`\neach waits for the next, so the `pre_start` \
             of `D` can wait forever\nlet it `tell` instead of ask, or say on `A` why the cycle cannot deadlock: \
             `spawns(D, cycle = \"why\")`"
        )
    );
    assert_eq!(reports(&[(Tells, 0, 1), (Tries, 1, 0)]), [None, None]);
    assert_eq!(
        reports(&[(Tells, 2, 1), (Publishes, 1, 1), (Subscribes, 2, 1)]),
        [None, Some(format!("cycle of full mailboxes: `B` -> `F` -> `C` -> `B`\n{capacity}\n{one_of_them}"))]
    );
    let only_it = "declare that it tells only itself, `tells(Self)`,";
    assert_eq!(
        reports(&[(Tells, 3, 3)])[1],
        Some(format!(
            "cycle of full mailboxes: `D` -> `D`\n{capacity}\ngive it {policy}\n{only_it}\n{reason}"
        ))
    );
    let started = reports(&[(Spawns, 0, 1), (Tells, 1, 0)])[1].clone().unwrap();
    assert!(
        started.starts_with(&format!(
            "cycle of full mailboxes: `A` spawns (waits for `pre_start`) -> `B` -> `A`\n{capacity} or for the next `pre_start`\n"
        )),
        "{started}"
    );
}

#[test]
fn strict_refuses_what_is_wrong_only() {
    assert_eq!(
        panic_of(|| check::refuse(true, "no actor publishes it")).as_deref(),
        Some("no actor publishes it")
    );
    assert_eq!(panic_of(|| check::refuse(false, "no actor publishes it")), None);
    let unreached = |message| panic_of(|| check::refuse_unreached(message, "Bank", "Account"));
    let text = "no actor of `Bank` sends `Close` to `Account`\nif it comes from outside, say so: `#[handler(entry)]`";
    assert_eq!(unreached(Some("Close")).as_deref(), Some(text));
    assert_eq!(unreached(None), None);
}
