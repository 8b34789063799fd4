use airssys_rt::prelude::*;

#[event]
#[event(name = "closed")]
#[derive(Clone)]
pub struct Closed; //~

fn main() {}
