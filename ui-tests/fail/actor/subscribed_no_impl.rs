use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

#[actor(subscribes(Closed))] //~
pub struct Auditor;

#[actor_system(actors(Auditor), events(Closed))]
pub struct Bank;

fn main() {}
