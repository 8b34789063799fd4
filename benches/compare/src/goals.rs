//! The performance goals of airssys-rt, as ratios within one run.

use crate::{contest::Row, job::Threads, memory::Footprint, work::Work};
use serde::Serialize;

/// A ratio and its sources: a work of airssys-rt divided by a work of another contestant.
struct Goal {
    text: &'static str,
    ours: (Work, Threads),
    baseline: (&'static str, Work),
    limit: f64,
}

/// The result of a run for one goal.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct GoalResult {
    pub(crate) text: &'static str,
    pub(crate) limit: f64,
    pub(crate) figure: f64,
    pub(crate) unit: &'static str,
}

use Threads::{One, Two};

const fn goal(text: &'static str, ours: (Work, Threads), baseline: (&'static str, Work), limit: f64) -> Goal {
    Goal { text, ours, baseline, limit }
}

const GOALS: [Goal; 21] = [
    goal("tell, 1 producer, 2 workers", (Work::Tell, Two), ("tokio", Work::Tell), 0.35),
    goal("tell, 4 producers, 2 workers", (Work::Tell4, Two), ("tokio", Work::Tell4), 0.55),
    goal("tell, one thread", (Work::Tell, One), ("tokio", Work::Tell), 0.40),
    goal(
        "tell, 1 producer, 2 workers, relative to recv_many(256)",
        (Work::Tell, Two),
        ("tokio-many", Work::Tell),
        0.55,
    ),
    goal("ask, 2 workers", (Work::Ask, Two), ("tokio", Work::Ask), 0.75),
    goal("ask, one thread", (Work::Ask, One), ("tokio", Work::Ask), 0.72),
    goal(
        "ask with the default limit, relative to no limit, 2 workers",
        (Work::AskTimeout, Two),
        ("airssys", Work::Ask),
        1.15,
    ),
    goal(
        "ask with the default limit, relative to no limit, one thread",
        (Work::AskTimeout, One),
        ("airssys", Work::Ask),
        1.15,
    ),
    goal("ping-pong, 2 workers", (Work::PingPong, Two), ("tokio", Work::PingPong), 0.75),
    goal("ping-pong, one thread", (Work::PingPong, One), ("tokio", Work::PingPong), 0.72),
    goal("ring of 100, 2 workers", (Work::Ring, Two), ("tokio", Work::Ring), 0.75),
    goal("ring of 100, one thread", (Work::Ring, One), ("tokio", Work::Ring), 0.72),
    goal("event to 10, 2 workers", (Work::Event10, Two), ("tokio", Work::Event10), 0.45),
    goal("event to 10, one thread", (Work::Event10, One), ("tokio", Work::Event10), 0.45),
    goal("event to 100, 2 workers", (Work::Event100, Two), ("tokio", Work::Event100), 0.2),
    goal("event to 100, one thread", (Work::Event100, One), ("tokio", Work::Event100), 0.2),
    goal("spawn, first message, stop, 2 workers", (Work::Spawn, Two), ("tokio", Work::Spawn), 1.0),
    goal("spawn, first message, stop, one thread", (Work::Spawn, One), ("tokio", Work::Spawn), 1.1),
    goal(
        "by address among 100,000 actors, relative to 10 actors, 2 workers",
        (Work::Address100000, Two),
        ("airssys", Work::Address10),
        1.6,
    ),
    goal(
        "by address among 100,000 actors, relative to 10 actors, one thread",
        (Work::Address100000, One),
        ("airssys", Work::Address10),
        1.6,
    ),
    goal(
        "tell with a hook, relative to a channel without, 2 workers",
        (Work::TellHook, Two),
        ("tokio", Work::Tell),
        1.5,
    ),
];

/// Evaluates the goals of which the run has measured both sides.
pub(crate) fn evaluate(rows: &[Row], footprints: &[Footprint]) -> Vec<GoalResult> {
    let median = |contestant: &str, work: Work, threads: Threads| {
        let row = rows.iter().find(|row| {
            row.contestant == contestant && row.work == work.name() && row.threads == threads.name()
        });
        row.map(|row| row.median)
    };
    let mut all: Vec<_> = GOALS
        .iter()
        .filter_map(|goal| {
            let ours = median("airssys", goal.ours.0, goal.ours.1)?;
            let baseline = median(goal.baseline.0, goal.baseline.1, goal.ours.1)?;
            Some(GoalResult { text: goal.text, limit: goal.limit, figure: ours / baseline, unit: "x" })
        })
        .collect();
    if let Some(ours) = footprints.iter().find(|one| one.contestant == "airssys") {
        let mut push = |text, limit, figure: Option<f64>, unit| {
            all.extend(figure.map(|figure| GoalResult { text, limit, figure, unit }));
        };
        push("heap of an idle actor", 640.0, ours.heap, "bytes");
        push("allocations of a tell", 0.0, ours.tell, "");
        push("allocations of an ask", 1.0, ours.ask, "");
    }
    all
}

impl GoalResult {
    /// Returns whether the goal is met.
    pub(crate) fn is_met(&self) -> bool {
        self.figure <= self.limit
    }
}
