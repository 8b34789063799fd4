//! Finds an ask in a `pre_start` whose answer waits for that same start, at run time: the graph does not show all of them.
//!
//! The actor that awaits a spawn waits for the `pre_start` of the new actor. Each such start is an edge in one table of the process,
//! and so is an ask that waits in a `pre_start`. While there is such an ask, each other ask that waits in an actor registers itself,
//! when it is polled. If the edges form a circle, the ask in the `pre_start` fails, and its error names the circle.
//!
//! An edge of an ask may be out of date: the answer was sent, and the asker was not polled since. So the askers on a circle are
//! woken, once for each ask on it: each round makes one more ask certain, beginning with the one to the actor that waits for the
//! start. A program in which no actor waits for a start pays for one relaxed load in an ask that waits.

use crate::{
    actor::shared::{AnyCell, CurrentActor, StartingActor, actor_waits::ActorWait},
    rt,
    sync::{Arc, GlobalAtomicU64, GlobalGuard, GlobalMutex, PoisonError, Relaxed, Weak},
};
use std::{
    collections::HashSet,
    mem,
    num::NonZeroU64,
    task::{Context, Waker},
};

/// The number of asks that wait in a `pre_start`. Relaxed: an asker that is woken after the increment sees it.
static PROBES: GlobalAtomicU64 = GlobalAtomicU64::new(0);
static TABLE: GlobalMutex<Table> =
    GlobalMutex::new(Table { starts: Vec::new(), asks: Vec::new(), next: NonZeroU64::MIN, round: 0 });

/// All edges. Few at a time: those around the asks in a `pre_start`.
struct Table {
    starts: Vec<StartEdge>,
    asks: Vec<AskEdge>,
    /// The number of the next edge.
    next: NonZeroU64,
    round: u64,
}

/// An actor waits for the start of another one.
struct StartEdge {
    number: NonZeroU64,
    waiter: usize,
    starting: usize,
    name: &'static str,
    /// Alive as long as the waiter waits; `None` if the edge is removed then.
    awaited: Option<Weak<StartWaiter>>,
}

/// An actor waits for the answer of another one.
struct AskEdge {
    number: NonZeroU64,
    asker: usize,
    target: usize,
    name: &'static str,
    waker: Arc<Waker>,
    /// The round in which the ask was polled last, and waited.
    seen: u64,
    /// Whether it is in a `pre_start`.
    is_in_start: bool,
    /// The circle of an ask in a `pre_start`, until all of its edges are certain.
    suspected: Option<Suspicion>,
    /// The text of the circle.
    circle: Option<Arc<str>>,
}

struct Suspicion {
    circle: Vec<Edge>,
    since: u64,
    rounds_left: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start(NonZeroU64),
    Ask(NonZeroU64),
}

/// The actor that waits for a command to a supervisor, for the child that the command starts.
#[derive(Debug)]
pub(crate) struct StartWaiter(usize);

impl StartWaiter {
    /// The actor whose code runs now. `None`: no actor waits.
    pub(crate) fn current() -> Option<Arc<Self>> {
        let waiter = CurrentActor::identity();
        (waiter != 0).then(|| Arc::new(StartWaiter(waiter)))
    }
}

/// An actor waits for a start, as long as this exists.
pub(crate) struct StartWait {
    number: NonZeroU64,
    _wait: ActorWait,
}

impl StartWait {
    /// The actor whose code runs now waits for the start of `starting`, if an actor's code runs.
    pub(crate) fn of_current(starting: &dyn AnyCell) -> Option<Self> {
        Self::new(CurrentActor::identity(), starting, None)
    }

    /// The actor that sent a command to a supervisor waits for the start of `starting`, if it still waits.
    pub(crate) fn of_command(waiter: &Weak<StartWaiter>, starting: &dyn AnyCell) -> Option<Self> {
        let StartWaiter(identity) = *waiter.upgrade()?;
        Self::new(identity, starting, Some(waiter.clone()))
    }

    fn new(waiter: usize, starting: &dyn AnyCell, awaited: Option<Weak<StartWaiter>>) -> Option<Self> {
        if waiter == 0 {
            return None;
        }
        let wait = ActorWait::begin();
        let mut table = lock();
        let number = table.number();
        let (starting, name) = (starting.identity(), starting.actor());
        table.starts.push(StartEdge { number, waiter, starting, name, awaited });
        Some(StartWait { number, _wait: wait })
    }
}

impl Drop for StartWait {
    fn drop(&mut self) {
        let mut table = lock();
        let edge = table.starts.iter().position(|edge| edge.number == self.number);
        let edge = edge.map(|at| table.starts.swap_remove(at));
        drop(table);
        drop(edge);
    }
}

/// The edge of an ask that waits, by its number.
pub(crate) struct WatchedAsk(NonZeroU64);

/// The circle of an ask that is not sent yet: its target waits for the start of the asker, directly or through other starts.
#[cold]
pub(crate) fn circle_of_starts(target: &dyn AnyCell) -> Option<Arc<str>> {
    let asker = CurrentActor::identity();
    if asker == 0 || !StartingActor::is(asker) {
        return None;
    }
    let table = lock();
    let circle = table.circle(target.identity(), asker, false)?;
    Some(table.text(asker, target.actor(), &circle))
}

/// Registers an ask that waits, or notes that it still waits. Returns its circle, if it is on one.
#[cold]
pub(crate) fn poll_ask(
    watched: &mut Option<WatchedAsk>,
    target: &dyn AnyCell,
    cx: &Context<'_>,
) -> Option<Arc<str>> {
    let asker = CurrentActor::identity();
    let is_in_start = asker != 0 && StartingActor::is(asker);
    let is_watched = is_in_start || PROBES.load(Relaxed) != 0;
    if asker == 0 || (watched.is_none() && !is_watched) {
        return None;
    }
    // Foreign code: it is cloned and dropped without the lock, which shares it.
    let mut waker = Arc::new(cx.waker().clone());
    let mut table = lock();
    let round = table.round;
    let is_new = watched.is_none();
    let number = match watched {
        Some(WatchedAsk(number)) => {
            let number = *number;
            let edge = table.asks.iter_mut().find(|edge| edge.number == number)?;
            if edge.circle.is_some() {
                return edge.circle.clone();
            }
            edge.seen = round;
            mem::swap(&mut edge.waker, &mut waker);
            number
        }
        None => {
            if is_in_start && !table.starts.iter().any(|edge| edge.starting == asker) {
                return None;
            }
            let number = table.number();
            table.asks.push(AskEdge {
                number,
                asker,
                target: target.identity(),
                name: target.actor(),
                waker: waker.clone(),
                seen: round,
                is_in_start,
                suspected: None,
                circle: None,
            });
            PROBES.fetch_add(u64::from(is_in_start), Relaxed);
            *watched = Some(WatchedAsk(number));
            number
        }
    };
    let wakers = table.judge(number);
    let found = table.asks.iter().find(|edge| edge.number == number).and_then(|edge| edge.circle.clone());
    drop(table);
    drop(waker);
    if is_new && found.is_none() {
        target.wake(); // its asks register themselves when they are polled
    }
    for waker in wakers {
        rt::catch(|| waker.wake_by_ref());
    }
    found
}

impl Drop for WatchedAsk {
    fn drop(&mut self) {
        let mut table = lock();
        let edge = table.asks.iter().position(|edge| edge.number == self.0);
        let edge = edge.map(|at| table.asks.swap_remove(at));
        drop(table);
        PROBES.fetch_sub(u64::from(edge.as_ref().is_some_and(|edge| edge.is_in_start)), Relaxed);
        drop(edge); // its waker is foreign code
    }
}

fn lock() -> GlobalGuard<'static, Table> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Table {
    fn number(&mut self) -> NonZeroU64 {
        let number = self.next;
        self.next = number.saturating_add(1);
        number
    }

    /// Looks for the circles of all asks in a `pre_start`. Returns the wakers of the asks that must be polled for that. The ask
    /// `polled` is polled now.
    fn judge(&mut self, polled: NonZeroU64) -> Vec<Arc<Waker>> {
        let mut wakers = Vec::new();
        for at in 0..self.asks.len() {
            let edge = &self.asks[at];
            if !edge.is_in_start || edge.circle.is_some() {
                continue;
            }
            let Some(circle) = self.circle(edge.target, edge.asker, true) else {
                self.asks[at].suspected = None;
                continue;
            };
            self.suspect(at, circle, polled, &mut wakers);
        }
        wakers
    }

    /// Continues the suspicion against the ask at this position.
    fn suspect(&mut self, at: usize, circle: Vec<Edge>, polled: NonZeroU64, wakers: &mut Vec<Arc<Waker>>) {
        let others: Vec<_> = self.asks.iter().filter(|ask| circle.contains(&Edge::Ask(ask.number))).collect();
        let rounds_left = match &self.asks[at].suspected {
            Some(known) if known.circle == circle => {
                if others.iter().any(|ask| ask.seen < known.since) {
                    return;
                }
                known.rounds_left - 1
            }
            _ => others.len(),
        };
        if rounds_left == 0 {
            let edge = &self.asks[at];
            let text = self.text(edge.asker, edge.name, &circle);
            let edge = &mut self.asks[at];
            (edge.circle, edge.suspected) = (Some(text), None);
            if edge.number != polled {
                wakers.push(edge.waker.clone());
            }
            return;
        }
        wakers.extend(others.iter().map(|ask| ask.waker.clone()));
        self.round += 1;
        self.asks[at].suspected = Some(Suspicion { circle, since: self.round, rounds_left });
    }

    /// Returns how `from` waits for the start of `starting`. `asks`: whether asks count as well.
    fn circle(&self, from: usize, starting: usize, asks: bool) -> Option<Vec<Edge>> {
        let (mut path, mut seen) = (Vec::new(), HashSet::new());
        self.search(from, starting, asks, &mut seen, &mut path).then_some(path)
    }

    fn search(
        &self,
        from: usize,
        starting: usize,
        asks: bool,
        seen: &mut HashSet<usize>,
        path: &mut Vec<Edge>,
    ) -> bool {
        if !seen.insert(from) {
            return false;
        }
        for edge in self.starts.iter().filter(|edge| edge.waiter == from && edge.is_awaited()) {
            path.push(Edge::Start(edge.number));
            if edge.starting == starting || self.search(edge.starting, starting, asks, seen, path) {
                return true;
            }
            path.pop();
        }
        for edge in self.asks.iter().filter(|edge| asks && edge.asker == from) {
            path.push(Edge::Ask(edge.number));
            if self.search(edge.target, starting, asks, seen, path) {
                return true;
            }
            path.pop();
        }
        false
    }

    /// The text of a circle that begins with an ask of a starting actor.
    fn text(&self, starting: usize, target: &str, circle: &[Edge]) -> Arc<str> {
        let first = self.starts.iter().find(|edge| edge.starting == starting).map_or("", |edge| edge.name);
        let mut text = format!("`{first}` -> `{target}`");
        for edge in circle {
            match *edge {
                Edge::Start(number) => {
                    let name = self.starts.iter().find(|edge| edge.number == number);
                    text.push_str(" spawns (waits for `pre_start`) -> ");
                    text.push_str(&format!("`{}`", name.map_or("", |edge| edge.name)));
                }
                Edge::Ask(number) => {
                    let name = self.asks.iter().find(|edge| edge.number == number);
                    text.push_str(&format!(" -> `{}`", name.map_or("", |edge| edge.name)));
                }
            }
        }
        text.into()
    }
}

impl StartEdge {
    fn is_awaited(&self) -> bool {
        self.awaited.as_ref().is_none_or(|waiter| waiter.strong_count() > 0)
    }
}
