use airssys_rt::prelude::*;

#[event(keep_payload)] //~
#[derive(Clone)]
pub struct Renamed {
    pub name: String,
}

fn main() {}
