//! Lifecycle: how actors and systems start, run, stop, drain, are killed and shut down.
//!
//! Case ids are those of the specification.

#![cfg(panic = "unwind")] // without unwinding no panic is contained
#![allow(clippy::unwrap_used)] // a test fails by panicking

mod auto_traits;
mod blocking;
mod blocking_pool;
mod children;
mod config;
mod debug_texts;
mod deep_tree;
mod dropped_spawn;
mod end_cycles;
mod failing_copies;
mod failing_user_code;
mod fairness;
mod families;
mod guarded_user_code;
mod hooks;
mod hostile_wakers;
mod many_ended;
mod quiet;
mod right_words;
mod runtimes;
mod self_waits;
mod shutdown;
mod shutdown_limit;
mod start;
mod start_cycles;
mod start_cycles_of_tells;
mod states;
mod stop_drain_kill;
mod user_code_sites;
mod watching;
mod watching_anew;
