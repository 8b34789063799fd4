use super::Node;

/// What an actor is taken to wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// The replies to its asks.
    Replies,
    /// Those, and room in a full mailbox for what it tells or publishes.
    Room,
}

const NEW: u8 = 0;
const OPEN: u8 = 1;
const DONE: u8 = 2;

/// A search for cycles, depth first with colours: each edge is looked at once.
///
/// Places below the number of actors are actors, the others events. The slices are lent, because a constant has no heap.
pub(super) struct Search<'s> {
    pub(super) nodes: &'s [Node],
    pub(super) waits: Waits,
    /// Where the subscribers of each event begin in `heard_by`, and one more for their end.
    pub(super) heard_from: &'s mut [usize],
    pub(super) heard_by: &'s mut [usize],
    /// One for each place.
    pub(super) colours: &'s mut [u8],
    /// The edge to look at next.
    pub(super) next: &'s mut [usize],
    /// From the root to where the search is.
    pub(super) path: &'s mut [usize],
    pub(super) depth: usize,
    pub(super) root: usize,
}

enum Step {
    To(usize),
    /// An edge on which nobody waits, or whose cycle is meant.
    Nowhere,
    End,
}

impl Search<'_> {
    /// Sorts the subscriptions by event.
    pub(super) const fn hear(&mut self) {
        let events = self.heard_from.len() - 1;
        let mut node = 0;
        while node < self.nodes.len() {
            let heard = self.nodes[node].edges.subscribes;
            let mut at = 0;
            while at < heard.len() {
                // Of an event that is configured out nobody hears.
                if heard[at] < events {
                    self.heard_from[heard[at] + 1] += 1;
                }
                at += 1;
            }
            node += 1;
        }
        let mut event = 0;
        while event < events {
            self.heard_from[event + 1] += self.heard_from[event];
            event += 1;
        }
        // Filled from the end of each event's part, counted in the colour table's neighbour.
        let mut node = 0;
        while node < self.nodes.len() {
            let heard = self.nodes[node].edges.subscribes;
            let mut at = 0;
            while at < heard.len() {
                let event = heard[at];
                if event < events {
                    let place = self.nodes.len() + event;
                    self.heard_by[self.heard_from[event] + self.next[place]] = node;
                    self.next[place] += 1;
                }
                at += 1;
            }
            node += 1;
        }
        let mut event = 0;
        while event < events {
            self.next[self.nodes.len() + event] = 0;
            event += 1;
        }
    }

    /// Where the next cycle begins in `path`; it ends at `depth`.
    pub(super) const fn next(&mut self) -> Option<usize> {
        loop {
            if self.depth == 0 {
                while self.root < self.colours.len() && self.colours[self.root] != NEW {
                    self.root += 1;
                }
                if self.root == self.colours.len() {
                    return None;
                }
                self.open(self.root);
            }
            let from = self.path[self.depth - 1];
            let at = self.next[from];
            self.next[from] += 1;
            match self.step(from, at) {
                Step::End => {
                    self.colours[from] = DONE;
                    self.depth -= 1;
                }
                Step::To(to) if self.colours[to] == NEW => self.open(to),
                Step::To(to) if self.colours[to] == OPEN => {
                    let mut begin = self.depth - 1;
                    while self.path[begin] != to {
                        begin -= 1;
                    }
                    return Some(begin);
                }
                Step::To(_) | Step::Nowhere => {}
            }
        }
    }

    const fn open(&mut self, place: usize) {
        self.colours[place] = OPEN;
        self.path[self.depth] = place;
        self.depth += 1;
    }

    const fn step(&self, from: usize, mut at: usize) -> Step {
        if from >= self.nodes.len() {
            let event = from - self.nodes.len();
            let (begin, end) = (self.heard_from[event], self.heard_from[event + 1]);
            if begin + at >= end {
                return Step::End;
            }
            let to = self.heard_by[begin + at];
            return if self.nodes[to].blocks() { Step::To(to) } else { Step::Nowhere };
        }
        let edges = self.nodes[from].edges;
        if at < edges.asks.len() {
            let edge = edges.asks[at];
            return if edge.cycle.is_none() { Step::To(edge.to) } else { Step::Nowhere };
        }
        at -= edges.asks.len();
        if matches!(self.waits, Waits::Replies) {
            return Step::End;
        }
        if at < edges.tells.len() {
            let edge = edges.tells[at];
            let waits = edge.cycle.is_none() && self.nodes[edge.to].blocks();
            return if waits { Step::To(edge.to) } else { Step::Nowhere };
        }
        at -= edges.tells.len();
        if at < edges.publishes.len() {
            let edge = edges.publishes[at];
            return if edge.cycle.is_none() { Step::To(self.nodes.len() + edge.to) } else { Step::Nowhere };
        }
        Step::End
    }
}

/// A cycle: places, beginning with the actor that is listed first.
#[derive(Debug, Clone, Copy)]
pub struct Cycle<const PLACES: usize> {
    places: [usize; PLACES],
    len: usize,
}

impl<const PLACES: usize> Cycle<PLACES> {
    const fn of(path: &[usize]) -> Self {
        let mut cycle = Cycle { places: [0; PLACES], len: path.len() };
        let first = smallest(path);
        let mut at = 0;
        while at < path.len() {
            cycle.places[at] = path[(first + at) % path.len()];
            at += 1;
        }
        cycle
    }

    /// Where it leads, once around.
    #[must_use]
    pub const fn places(&self) -> &[usize] {
        self.places.split_at(self.len).0
    }
}

/// Where the smallest of them is: there is an actor in each cycle, and events come behind the actors.
pub(super) const fn smallest(path: &[usize]) -> usize {
    let (mut first, mut at) = (0, 1);
    while at < path.len() {
        if path[at] < path[first] {
            first = at;
        }
        at += 1;
    }
    first
}

/// The first cycle of a system with `PLACES` actors and events together, `FROM` - 1 events, and `HEARD` subscriptions.
#[must_use]
pub const fn first<const PLACES: usize, const FROM: usize, const HEARD: usize>(
    nodes: &[Node],
    waits: Waits,
) -> Option<Cycle<PLACES>> {
    let (mut heard_from, mut heard_by) = ([0; FROM], [0; HEARD]);
    let (mut colours, mut next, mut path) = ([NEW; PLACES], [0; PLACES], [0; PLACES]);
    let mut search = Search {
        nodes,
        waits,
        heard_from: &mut heard_from,
        heard_by: &mut heard_by,
        colours: &mut colours,
        next: &mut next,
        path: &mut path,
        depth: 0,
        root: 0,
    };
    if matches!(waits, Waits::Room) {
        search.hear();
    }
    match search.next() {
        Some(begin) => {
            let found = search.path.split_at(search.depth).0.split_at(begin).1;
            Some(Cycle::of(found))
        }
        None => None,
    }
}
