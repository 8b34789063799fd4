use airssys_rt::prelude::*;
use airssys_rt_ui_tests::{billing::Charged, shop};

#[message]
pub struct Go;

pub struct Desk {
    till: ActorRef<shop::Till>,
}

#[actor(tells(shop::Till), asks(shop::Till))]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {
        drop(self.till.clone());
    }

    #[on_event]
    fn charged(&mut self, _: Charged) {}
}

#[actor_system(strict, actors(entry Desk), include(shop::Actors))] //~
pub struct Bank;

fn main() {}
