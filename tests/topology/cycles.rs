//! The search for cycles in a message graph, against a search that tries all paths.
//!
//! A failing property prints its input, and `PROPTEST_RNG_SEED` repeats a run.

use airssys_rt::{
    graph::{Edge, Edges, Handled, Node, Waits, first_cycle},
    mailbox::{MailboxPolicy, Overflow},
};
use proptest::prelude::*;

const ACTORS: usize = 6;
const EVENTS: usize = 3;
const PLACES: usize = ACTORS + EVENTS;

/// The declarations of one actor: the targets of its edges, and whether a cycle through an edge is allowed.
#[derive(Debug, Clone)]
struct Declared {
    asks: Vec<(usize, bool)>,
    tells: Vec<(usize, bool)>,
    publishes: Vec<(usize, bool)>,
    subscribes: Vec<usize>,
    /// Whether senders wait for capacity of its mailbox.
    blocks: bool,
}

fn edges_to(to: usize) -> impl Strategy<Value = Vec<(usize, bool)>> {
    proptest::collection::vec((0..to, proptest::bool::weighted(0.2)), 0..3)
}

fn declared() -> impl Strategy<Value = Declared> {
    let heard = proptest::collection::vec(0..EVENTS, 0..3);
    (edges_to(ACTORS), edges_to(ACTORS), edges_to(EVENTS), heard, any::<bool>()).prop_map(
        |(asks, tells, publishes, subscribes, blocks)| Declared {
            asks,
            tells,
            publishes,
            subscribes,
            blocks,
        },
    )
}

/// The tables, in the form of the constants.
fn nodes(graph: &[Declared]) -> Vec<Node> {
    let edges = |edges_to: &[(usize, bool)]| -> &'static [Edge] {
        let edges = edges_to
            .iter()
            .map(|(to, meant)| if *meant { Edge::allowed(*to, "meant") } else { Edge::to(*to) });
        Vec::leak(edges.collect())
    };
    let node = |declared: &Declared| Node {
        name: "Actor",
        entry: false,
        handles: &[] as &[Handled],
        edges: Box::leak(Box::new(Edges {
            asks: edges(&declared.asks),
            tells: edges(&declared.tells),
            tells_any: &[],
            publishes: edges(&declared.publishes),
            subscribes: Vec::leak(declared.subscribes.clone()),
            spawns: &[],
        })),
        mailbox: (!declared.blocks).then(|| MailboxPolicy::bounded(1).with_overflow(Overflow::Error)),
        slot: || 8,
    };
    graph.iter().map(node).collect()
}

/// Which place waits for which.
fn waits(graph: &[Declared], kind: Waits) -> [[bool; PLACES]; PLACES] {
    let mut table = [[false; PLACES]; PLACES];
    let mut wait = |from: usize, to: usize, meant: bool, counts: bool| table[from][to] |= counts && !meant;
    let room = kind == Waits::Capacity;
    for (from, declared) in graph.iter().enumerate() {
        declared.asks.iter().for_each(|(to, meant)| wait(from, *to, *meant, true));
        declared.tells.iter().for_each(|(to, meant)| wait(from, *to, *meant, room && graph[*to].blocks));
        declared.publishes.iter().for_each(|(event, meant)| wait(from, ACTORS + event, *meant, room));
        declared
            .subscribes
            .iter()
            .for_each(|event| wait(ACTORS + event, from, false, room && declared.blocks));
    }
    table
}

/// Whether a place waits for itself, directly or through other places.
fn has_cycle(mut table: [[bool; PLACES]; PLACES]) -> bool {
    for via in 0..PLACES {
        for from in 0..PLACES {
            for to in 0..PLACES {
                table[from][to] |= table[from][via] && table[via][to];
            }
        }
    }
    (0..PLACES).any(|place| table[place][place])
}

proptest! {
    #[test]
    fn a_cycle_is_found_if_there_is_one_and_is_a_real_one(graph in proptest::collection::vec(declared(), ACTORS)) {
        for kind in [Waits::Replies, Waits::Capacity] {
            let found = first_cycle::<PLACES, { EVENTS + 1 }, 32>(&nodes(&graph), kind);
            let table = waits(&graph, kind);
            prop_assert_eq!(found.is_some(), has_cycle(table));
            let Some(cycle) = found else { continue };
            let places = cycle.places();
            for (at, from) in places.iter().enumerate() {
                let to = places[(at + 1) % places.len()];
                prop_assert!(table[*from][to], "{:?}: {} does not wait for {}", places, from, to);
            }
            prop_assert!(places.iter().all(|place| *place >= places[0]), "{:?}", places);
        }
    }
}
