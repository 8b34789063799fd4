use airssys_rt::prelude::*;

use airssys_rt_ui_tests::{Left, Ping, Relay, Right};

#[message]
pub struct Go;

/// Closes a circle through actors of another crate.
pub struct Front;

#[actor(asks(Relay<Front>))]
impl Front {
    #[handler]
    fn ping(&mut self, Ping(count): Ping) -> u64 {
        count
    }
}

#[actor_system(actors(Left, Right, Relay<Left> as ToLeft, Front, Relay<Front> as ToFront), events(entry airssys_rt_ui_tests::Pinged))] //~
pub struct Lab;

fn main() {}
