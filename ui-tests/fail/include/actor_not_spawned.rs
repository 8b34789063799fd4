#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
pub struct Go;

mod idle {
    use airssys_rt::prelude::*;

    pub struct Idle;

    #[actor]
    impl Idle {
        #[handler(entry)]
        fn go(&mut self, _: super::Go) {}
    }

    #[actor_list(actors(Idle))]
    pub struct Actors;
}

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(entry Desk), include(idle::Actors))] //~
pub struct Bank;

fn main() {}
