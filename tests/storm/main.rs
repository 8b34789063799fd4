//! A storm: random clients, actors and supervisors with hostile user code, and a shutdown at a random moment; then everything must
//! balance. `./ci/storm` runs it for longer.
//!
//! * `values.rs`: the values that messages carry, and their fates;
//! * `hostile.rs`: user code that panics on purpose, and the panics that are not on purpose;
//! * `actors.rs`: the actors, and what their handlers do;
//! * `brokers.rs`: hooks that refuse and drop, brokers that delay, duplicate and lose;
//! * `client.rs`: the operations of a client;
//! * `world.rs`: one storm from its start to the checks at its end.
//!
//! `STORM_SEED` repeats one storm, in the mode `STORM_MODE` if that is set. `STORM_OPERATIONS` is the number of operations in all.

#![cfg(panic = "unwind")] // without unwinding no panic is contained
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod actors;
mod brokers;
mod client;
mod hostile;
mod values;
mod world;

use std::{env, str::FromStr, time::Instant};
use world::{Mode, Plan};

/// The operations of one storm.
const OPERATIONS: u64 = 2_000;

fn variable<T: FromStr>(name: &str) -> Option<T> {
    let text = env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")))
}

#[test]
fn every_value_has_one_fate_and_nothing_is_left() {
    hostile::watch_panics();
    let (seed, mode) = (variable::<u64>("STORM_SEED"), variable::<usize>("STORM_MODE"));
    let operations = variable::<u64>("STORM_OPERATIONS").unwrap_or(OPERATIONS * Mode::ALL.len() as u64);
    let begun = Instant::now();
    let (mut storms, mut total) = (0, world::Totals::default());
    if let Some(seed) = seed {
        let modes = mode.map_or(0..Mode::ALL.len(), |mode| mode..mode + 1);
        for mode in modes {
            storms += 1;
            total += world::run(Plan { seed, mode, operations: OPERATIONS });
        }
    } else {
        // Another seed each time, because a short run sees few orders of events.
        let first = begun.elapsed().subsec_nanos() as u64 ^ u64::from(std::process::id()) << 20;
        while total.operations < operations {
            let mode = storms as usize % Mode::ALL.len();
            total += world::run(Plan { seed: first.wrapping_add(storms), mode, operations: OPERATIONS });
            storms += 1;
        }
    }
    println!("{storms} storms in {:.0?}: {total}", begun.elapsed());
}
