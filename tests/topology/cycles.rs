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
/// The actors, the events, and the actors that are in their `pre_start`.
const PLACES: usize = 2 * ACTORS + EVENTS;
const STARTS: usize = ACTORS + EVENTS;

/// The declarations of one actor: the targets of its edges, and whether a cycle through an edge is allowed.
#[derive(Debug, Clone)]
struct Declared {
    asks: Vec<(usize, bool)>,
    tells: Vec<(usize, bool)>,
    publishes: Vec<(usize, bool)>,
    subscribes: Vec<usize>,
    spawns: Vec<(usize, bool)>,
    /// Whether its `pre_start` can wait.
    start_waits: bool,
    /// The tells that only try.
    tries: Vec<usize>,
    /// Whether senders wait for capacity of its mailbox.
    blocks: bool,
}

fn edges_to(to: usize) -> impl Strategy<Value = Vec<(usize, bool)>> {
    proptest::collection::vec((0..to, proptest::bool::weighted(0.2)), 0..3)
}

fn declared() -> impl Strategy<Value = Declared> {
    let heard = proptest::collection::vec(0..EVENTS, 0..3);
    let starts = (edges_to(ACTORS), proptest::bool::weighted(0.7));
    let tries = proptest::collection::vec(0..ACTORS, 0..2);
    (edges_to(ACTORS), edges_to(ACTORS), edges_to(EVENTS), heard, starts, tries, any::<bool>()).prop_map(
        |(asks, tells, publishes, subscribes, (spawns, start_waits), tries, blocks)| Declared {
            asks,
            tells,
            publishes,
            subscribes,
            spawns,
            start_waits,
            tries,
            blocks,
        },
    )
}

/// The tables, in the form of the constants.
fn nodes(graph: &[Declared]) -> Vec<Node> {
    let edges = |edges_to: &[(usize, bool)], tries: &[usize]| -> &'static [Edge] {
        let edges = edges_to
            .iter()
            .map(|(to, meant)| if *meant { Edge::allowed(*to, "meant") } else { Edge::to(*to) });
        Vec::leak(edges.chain(tries.iter().map(|to| Edge::tried(*to))).collect())
    };
    let node = |declared: &Declared| Node {
        name: "Actor",
        entry: false,
        handles: &[] as &[Handled],
        edges: Box::leak(Box::new(Edges {
            asks: edges(&declared.asks, &[]),
            tells: edges(&declared.tells, &declared.tries),
            tells_any: &[],
            publishes: edges(&declared.publishes, &[]),
            subscribes: Vec::leak(declared.subscribes.clone()),
            spawns: edges(&declared.spawns, &[]),
        })),
        start_waits: declared.start_waits,
        mailbox: (!declared.blocks).then(|| MailboxPolicy::bounded(1).with_overflow(Overflow::Error)),
        slot: || 8,
        list: None,
    };
    graph.iter().map(node).collect()
}

/// Whether a place waits for another one, and whether it does so by an edge that is no spawn.
type Table = [[(bool, bool); PLACES]; PLACES];

/// Which place waits for which.
fn waits(graph: &[Declared], kind: Waits) -> Table {
    let mut table = [[(false, false); PLACES]; PLACES];
    let room = kind == Waits::Capacity;
    for (actor, declared) in graph.iter().enumerate() {
        // A `pre_start` is a place of its own, except where it waits for the same as its actor.
        for (from, is_start) in [(actor, false), (STARTS + actor, true)] {
            if is_start && !room {
                continue;
            }
            let mut wait = |to: usize, meant: bool, counts: bool| {
                table[from][to].0 |= counts && !meant;
                table[from][to].1 |= counts && !meant;
            };
            declared.asks.iter().for_each(|(to, meant)| wait(*to, *meant, true));
            declared.tells.iter().for_each(|(to, meant)| wait(*to, *meant, room && graph[*to].blocks));
            declared
                .publishes
                .iter()
                .for_each(|(event, meant)| wait(ACTORS + event, *meant, room && !is_start));
            for (to, meant) in &declared.spawns {
                let place = if room { STARTS + to } else { *to };
                table[from][place].0 |= graph[*to].start_waits && !meant;
            }
        }
        for event in &declared.subscribes {
            table[ACTORS + event][actor] = (room && declared.blocks, room && declared.blocks);
        }
    }
    table
}

/// Whether a place waits for itself, directly or through other places, and not only by spawns.
fn has_cycle(table: &Table) -> bool {
    let mut reaches = table.map(|row| row.map(|(waits, _)| waits));
    for via in 0..PLACES {
        for from in 0..PLACES {
            for to in 0..PLACES {
                reaches[from][to] |= reaches[from][via] && reaches[via][to];
            }
        }
    }
    let all = (0..PLACES).flat_map(|from| (0..PLACES).map(move |to| (from, to)));
    all.into_iter().any(|(from, to)| table[from][to].1 && (from == to || reaches[to][from]))
}

proptest! {
    #[test]
    fn a_cycle_is_found_if_there_is_one_and_is_a_real_one(graph in proptest::collection::vec(declared(), ACTORS)) {
        for kind in [Waits::Replies, Waits::Capacity] {
            let found = first_cycle::<PLACES, { EVENTS + 1 }, 32>(&nodes(&graph), kind);
            let table = waits(&graph, kind);
            prop_assert_eq!(found.is_some(), has_cycle(&table));
            let Some(cycle) = found else { continue };
            let places = cycle.places();
            for (at, from) in places.iter().enumerate() {
                let to = places[(at + 1) % places.len()];
                prop_assert!(table[*from][to].0, "{:?}: {} does not wait for {}", places, from, to);
            }
            let mut hops = places.iter().enumerate();
            prop_assert!(hops.any(|(at, from)| table[*from][places[(at + 1) % places.len()]].1), "{:?}", places);
            prop_assert!(places.iter().all(|place| *place >= places[0]), "{:?}", places);
        }
    }
}
