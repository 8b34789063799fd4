//! Warnings about a message graph that compiles, such as deadlocks and unused events.

use airssys_rt::{prelude::*, topology::Warning};

#[message]
struct Go;

#[message]
struct Stay;

#[event]
#[derive(Clone)]
struct Gone;

#[event]
#[derive(Clone)]
struct Lost;

struct First;

#[actor(tells(Second), publishes(Gone), spawns(Third))]
impl First {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

struct Second;

#[actor(asks(Third))]
impl Second {
    #[handler]
    fn go(&mut self, _: Go) {}

    #[on_event]
    fn gone(&mut self, _: Gone) {}
}

/// Closes two cycles: by a tell, and by an event to which it subscribes itself.
struct Third;

#[actor(tells(First), publishes(Gone))]
impl Third {
    #[handler]
    fn go(&mut self, _: Go) {}

    #[on_event]
    fn gone(&mut self, _: Gone) {}
}

/// No sender waits for capacity of its mailbox.
struct Fourth;

#[actor(tells(Fourth), mailbox(capacity = 8, overflow = Drop))]
impl Fourth {
    #[handler]
    fn go(&mut self, _: Go) {}
}

struct Alone;

#[actor]
impl Alone {
    #[handler]
    fn go(&mut self, _: Go) {}

    #[handler(entry)]
    fn stay(&mut self, _: Stay) {}
}

#[allow(deprecated)]
#[actor_system(actors(entry First, Second, Third, Fourth as Last, entry Alone), events(Gone, Lost))]
struct Maze;

#[test]
fn all_warnings_are_listed() {
    let cycle = |path: &[&'static str]| Warning::Cycle { path: path.to_vec() };
    let warnings = Maze::topology().warnings();
    let expected = [
        cycle(&["First", "Second", "Third", "First"]),
        cycle(&["Second", "Third", "Gone", "Second"]),
        cycle(&["Third", "Gone", "Third"]),
        Warning::Unheard { event: "Lost" },
        Warning::Unspawned { actor: "Second" },
        Warning::Unspawned { actor: "Last" },
        Warning::Unreached { actor: "Alone", message: "Go" },
    ];
    assert_eq!(warnings, expected);
    assert_eq!(warnings[0].to_string(), "cycle of full mailboxes: First -> Second -> Third -> First");
}
