//! Each program small, by each contestant: what it comes to is checked by its rules.

use crate::{
    job::Threads,
    savina::{
        ALL,
        program::{NAMES, Scale, Setting},
    },
};

#[test]
fn every_program_comes_to_what_its_rules_say() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    for program in &ALL {
        for threads in Threads::ALL {
            for (name, run) in NAMES.iter().zip(program.contestants) {
                println!("{} by {name} on {}", program.name, threads.name());
                let time = run(threads, Setting { scale: Scale::Small, seed });
                assert!(!time.is_zero(), "{name} has done something");
            }
        }
    }
}
