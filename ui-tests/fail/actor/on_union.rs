use airssys_rt::prelude::*;

#[message]
pub struct Reset;

#[actor(handles(Reset))]
pub union Account { //~
    cents: u64,
}

fn main() {}
