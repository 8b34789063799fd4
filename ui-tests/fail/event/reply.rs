use airssys_rt::prelude::*;

#[event(reply = u64)] //~
#[derive(Clone)]
pub struct Closed;

fn main() {}
