//! A generated enum is `Clone` if every type in it is; otherwise there is no error.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message]
#[derive(Clone)]
pub struct Copied;

#[message]
pub struct Moved;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Cloner;

#[actor(publishes(Closed))]
impl Cloner {
    #[handler]
    fn copied(&mut self, _: Copied) {}

    #[on_event]
    fn closed(&mut self, _: Closed) {}
}

pub struct Mover;

#[actor]
impl Mover {
    #[handler]
    fn moved(&mut self, _: Moved) {}
}

#[actor_system(actors(Cloner), events(entry Closed))]
pub struct Cloners;

#[actor_system(actors(Cloner, Mover), events(entry Closed))]
pub struct Movers;

fn is_clone<T: Clone>() {}

fn main() {
    is_clone::<<Cloner as Actor>::Message>();
    is_clone::<<Cloner as Actor>::Event>();
    is_clone::<ClonersMessage>();
    is_clone::<MoversEvent>();
}
