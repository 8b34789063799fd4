use airssys_rt::prelude::*;

#[event(nam = "closed")] //~
#[derive(Clone)]
pub struct Closed;

fn main() {}
