use airssys_rt::prelude::*;

#[message(reply = dyn std::fmt::Debug)] //~
pub struct Reset;

fn main() {}
