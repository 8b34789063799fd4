//! The search for cycles in the message graph, in a constant: a depth-first search with colours.

use super::Node;

/// The waits that count as edges in a search for cycles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// An actor waits for the replies to its asks, and for the `pre_start` of the actors that it spawns.
    Replies,
    /// As [`Replies`](Self::Replies); and an actor waits for capacity in a full mailbox when it tells or publishes.
    Capacity,
}

const UNVISITED: u8 = 0;
const ON_PATH: u8 = 1;
const DONE: u8 = 2;

/// A depth-first search for cycles with colours: it visits each edge once.
///
/// A place is an actor if it is lower than the number of actors, then an event, then an actor that is in its `pre_start`. The last are
/// places of their own only in a search with [`Waits::Capacity`]: what a `pre_start` publishes is sent after it. The slices are
/// borrowed, because a constant cannot allocate.
pub(super) struct Search<'s> {
    pub(super) nodes: &'s [Node],
    pub(super) waits: Waits,
    /// The offset in `subscribers` where the subscribers of each event begin, and one more offset for the end of the last.
    pub(super) subscriber_offsets: &'s mut [usize],
    pub(super) subscribers: &'s mut [usize],
    /// One colour for each place.
    pub(super) colours: &'s mut [u8],
    /// The number of the next edge to visit, for each place.
    pub(super) next_edge: &'s mut [usize],
    /// The places from the root to the current one.
    pub(super) path: &'s mut [usize],
    pub(super) depth: usize,
    pub(super) root: usize,
    /// Whether actors spawn each other in a circle, which is no cycle by itself.
    pub(super) has_circle_of_spawns: bool,
}

/// An edge of a place, by its number.
enum SearchEdge {
    To(usize),
    /// To a new actor, for whose `pre_start` the place waits.
    Start(usize),
    /// No actor waits on this edge, or its cycle is allowed.
    Ignored,
    /// The place has no more edges.
    End,
}

impl Search<'_> {
    /// Sorts the subscriptions by event.
    pub(super) const fn sort_subscriptions(&mut self) {
        let events = self.subscriber_offsets.len() - 1;
        let mut node = 0;
        while node < self.nodes.len() {
            let subscribed = self.nodes[node].edges.subscribes;
            let mut at = 0;
            while at < subscribed.len() {
                // An event that is configured out has no position in the list.
                if subscribed[at] < events {
                    self.subscriber_offsets[subscribed[at] + 1] += 1;
                }
                at += 1;
            }
            node += 1;
        }
        let mut event = 0;
        while event < events {
            self.subscriber_offsets[event + 1] += self.subscriber_offsets[event];
            event += 1;
        }
        // `next_edge` of an event counts its subscribers so far, and is reset at the end.
        let mut node = 0;
        while node < self.nodes.len() {
            let subscribed = self.nodes[node].edges.subscribes;
            let mut at = 0;
            while at < subscribed.len() {
                let event = subscribed[at];
                if event < events {
                    let place = self.nodes.len() + event;
                    self.subscribers[self.subscriber_offsets[event] + self.next_edge[place]] = node;
                    self.next_edge[place] += 1;
                }
                at += 1;
            }
            node += 1;
        }
        let mut event = 0;
        while event < events {
            self.next_edge[self.nodes.len() + event] = 0;
            event += 1;
        }
    }

    /// Finds the next cycle. Returns where it begins in `path`; it ends at `depth`.
    ///
    /// Actors that only spawn each other are no cycle: each waits for a new actor.
    pub(super) const fn next_cycle(&mut self) -> Option<usize> {
        loop {
            if self.depth == 0 {
                while self.root < self.colours.len() && self.colours[self.root] != UNVISITED {
                    self.root += 1;
                }
                if self.root == self.colours.len() {
                    return None;
                }
                self.enter(self.root);
            }
            let from = self.path[self.depth - 1];
            let at = self.next_edge[from];
            self.next_edge[from] += 1;
            match self.edge(from, at) {
                SearchEdge::End => {
                    self.colours[from] = DONE;
                    self.depth -= 1;
                }
                SearchEdge::To(to) | SearchEdge::Start(to) if self.colours[to] == UNVISITED => self.enter(to),
                SearchEdge::To(to) | SearchEdge::Start(to) if self.colours[to] == ON_PATH => {
                    let mut begin = self.depth - 1;
                    while self.path[begin] != to {
                        begin -= 1;
                    }
                    if !self.only_spawns(begin) {
                        return Some(begin);
                    }
                    self.has_circle_of_spawns |= begin < self.depth - 1;
                }
                SearchEdge::To(_) | SearchEdge::Start(_) | SearchEdge::Ignored => {}
            }
        }
    }

    /// Whether each edge that the path takes from `begin` on is a spawn.
    const fn only_spawns(&self, begin: usize) -> bool {
        let mut at = begin;
        while at < self.depth {
            let from = self.path[at];
            if !matches!(self.edge(from, self.next_edge[from] - 1), SearchEdge::Start(_)) {
                return false;
            }
            at += 1;
        }
        true
    }

    /// Finds a cycle in a graph with a circle of spawns, in which `next_cycle` may have missed one: searches from each place by itself
    /// for a way back that begins with an edge that is no spawn. Returns whether there is one; it is the path.
    pub(super) const fn cycle_from_each(&mut self) -> bool {
        let mut root = 0;
        while root < self.colours.len() {
            let mut place = 0;
            while place < self.colours.len() {
                (self.colours[place], self.next_edge[place]) = (UNVISITED, 0);
                place += 1;
            }
            self.depth = 0;
            self.enter(root);
            while self.depth > 0 {
                let from = self.path[self.depth - 1];
                let at = self.next_edge[from];
                self.next_edge[from] += 1;
                match self.edge(from, at) {
                    SearchEdge::End => self.depth -= 1,
                    // A cycle is found from a place that it leaves by another edge.
                    SearchEdge::Start(_) if self.depth == 1 => {}
                    SearchEdge::To(to) | SearchEdge::Start(to) if to == root => return true,
                    SearchEdge::To(to) | SearchEdge::Start(to) if self.colours[to] == UNVISITED => {
                        self.enter(to);
                    }
                    SearchEdge::To(_) | SearchEdge::Start(_) | SearchEdge::Ignored => {}
                }
            }
            root += 1;
        }
        false
    }

    const fn enter(&mut self, place: usize) {
        self.colours[place] = ON_PATH;
        self.path[self.depth] = place;
        self.depth += 1;
    }

    const fn edge(&self, from: usize, mut at: usize) -> SearchEdge {
        let starts = self.nodes.len() + self.subscriber_offsets.len() - 1;
        let (from, is_start) = if from >= starts { (from - starts, true) } else { (from, false) };
        if from >= self.nodes.len() {
            let event = from - self.nodes.len();
            let (begin, end) = (self.subscriber_offsets[event], self.subscriber_offsets[event + 1]);
            if begin + at >= end {
                return SearchEdge::End;
            }
            let to = self.subscribers[begin + at];
            return if self.nodes[to].blocks() { SearchEdge::To(to) } else { SearchEdge::Ignored };
        }
        let edges = self.nodes[from].edges;
        if at < edges.asks.len() {
            let edge = edges.asks[at];
            return if edge.cycle.is_none() { SearchEdge::To(edge.to) } else { SearchEdge::Ignored };
        }
        at -= edges.asks.len();
        if at < edges.spawns.len() {
            let edge = edges.spawns[at];
            return match (edge.cycle.is_none() && self.nodes[edge.to].start_waits, self.waits) {
                (false, _) => SearchEdge::Ignored,
                (true, Waits::Replies) => SearchEdge::Start(edge.to),
                (true, Waits::Capacity) => SearchEdge::Start(starts + edge.to),
            };
        }
        at -= edges.spawns.len();
        if matches!(self.waits, Waits::Replies) {
            return SearchEdge::End;
        }
        if at < edges.tells.len() {
            let edge = edges.tells[at];
            let waits = edge.waits && edge.cycle.is_none() && self.nodes[edge.to].blocks();
            return if waits { SearchEdge::To(edge.to) } else { SearchEdge::Ignored };
        }
        at -= edges.tells.len();
        if at < edges.publishes.len() && !is_start {
            let edge = edges.publishes[at];
            return if edge.cycle.is_none() {
                SearchEdge::To(self.nodes.len() + edge.to)
            } else {
                SearchEdge::Ignored
            };
        }
        SearchEdge::End
    }
}

/// A cycle: its places in order, beginning with the actor that is listed first.
#[derive(Debug, Clone, Copy)]
pub struct Cycle<const PLACES: usize> {
    places: [usize; PLACES],
    len: usize,
}

impl<const PLACES: usize> Cycle<PLACES> {
    const fn of(path: &[usize]) -> Self {
        let mut cycle = Cycle { places: [0; PLACES], len: path.len() };
        let first = index_of_smallest(path);
        let mut at = 0;
        while at < path.len() {
            cycle.places[at] = path[(first + at) % path.len()];
            at += 1;
        }
        cycle
    }

    /// Returns the places of the cycle, each of them once.
    #[must_use]
    pub const fn places(&self) -> &[usize] {
        self.places.split_at(self.len).0
    }
}

/// Returns the index of the smallest place. It is an actor: each cycle contains one, and actors are lower than other places.
pub(super) const fn index_of_smallest(path: &[usize]) -> usize {
    let (mut first, mut at) = (0, 1);
    while at < path.len() {
        if path[at] < path[first] {
            first = at;
        }
        at += 1;
    }
    first
}

/// Finds the first cycle of a system. For [`Waits::Replies`] `PLACES` is the number of actors, `OFFSETS` 1 and `SUBSCRIPTIONS` 0. For
/// [`Waits::Capacity`] `PLACES` is twice the number of actors plus the number of events, `OFFSETS` the number of events plus 1, and
/// `SUBSCRIPTIONS` the number of subscriptions.
#[must_use]
pub const fn first_cycle<const PLACES: usize, const OFFSETS: usize, const SUBSCRIPTIONS: usize>(
    nodes: &[Node],
    waits: Waits,
) -> Option<Cycle<PLACES>> {
    let (mut subscriber_offsets, mut subscribers) = ([0; OFFSETS], [0; SUBSCRIPTIONS]);
    let (mut colours, mut next_edge, mut path) = ([UNVISITED; PLACES], [0; PLACES], [0; PLACES]);
    let mut search = Search {
        nodes,
        waits,
        subscriber_offsets: &mut subscriber_offsets,
        subscribers: &mut subscribers,
        colours: &mut colours,
        next_edge: &mut next_edge,
        path: &mut path,
        depth: 0,
        root: 0,
        has_circle_of_spawns: false,
    };
    if matches!(waits, Waits::Capacity) {
        search.sort_subscriptions();
    }
    let begin = match search.next_cycle() {
        Some(begin) => begin,
        None if search.has_circle_of_spawns && search.cycle_from_each() => 0,
        None => return None,
    };
    let found = search.path.split_at(search.depth).0.split_at(begin).1;
    Some(Cycle::of(found))
}
