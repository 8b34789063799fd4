//! Runs each program with a small workload on each contestant; the workload checks the outcome.

use crate::{
    job::Threads,
    savina::{
        ALL,
        program::{NAMES, Scale, Setting},
    },
};

#[test]
fn every_program_has_the_outcome_that_its_workload_expects() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    for program in &ALL {
        for threads in Threads::ALL {
            for (name, run) in NAMES.iter().zip(program.contestants) {
                println!("{} by {name} on {}", program.name, threads.name());
                let time = run(threads, Setting { scale: Scale::Small, seed });
                assert!(!time.is_zero(), "{name} took some time");
            }
        }
    }
}
