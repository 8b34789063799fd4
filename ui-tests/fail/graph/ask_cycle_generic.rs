use airssys_rt::prelude::*;

use airssys_rt_ui_tests::{Handles, Left, Ping, Pinged, Relay, Right};

/// An actor that closes a cycle through actors of another crate.
pub struct Front;

impl Handles for Front {}

type ToFront = Relay<Front>;

#[actor(asks(Relay<Front>))]
impl Front {
    #[handler]
    fn ping(&mut self, Ping(count): Ping) -> u64 {
        count
    }
}

#[actor_system(
    actors(
        Left,
        Right,
        Relay<Left> as ToLeft,
        Front, //~
        ToFront
    ),
    events(Pinged)
)]
pub struct Lab;

fn main() {}
