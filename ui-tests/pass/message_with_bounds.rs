//! A generic message whose parameter has bounds, which holds a reference to the actor that handles it.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = T)]
pub struct Carry<T: Send + 'static>(pub T);

pub struct Porter;

#[actor]
impl Porter {
    #[handler]
    fn carry(&mut self, Carry(porter): Carry<ActorRef<Porter>>) -> ActorRef<Porter> {
        porter
    }
}

/// Without bounds: the attribute adds those that every actor needs.
pub struct Shelf<T>(pub T);

#[actor]
impl<T> Shelf<T> {
    #[handler]
    fn carry(&mut self, Carry(shelf): Carry<ActorRef<Shelf<T>>>) -> ActorRef<Shelf<T>> {
        shelf
    }
}

#[actor_system(actors(Porter, Shelf<String>))]
pub struct Depot;

fn main() {
    fn is_sent<T: Send>() {}
    is_sent::<Carry<ActorRef<Shelf<String>>>>();
}
