use airssys_rt::prelude::*;

#[actor(publishes(Closed))]
pub struct Account; //~

#[event]
#[derive(Clone)]
pub struct Closed;

fn main() {}
