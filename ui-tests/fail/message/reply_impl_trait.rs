use airssys_rt::prelude::*;

#[message(reply = impl std::fmt::Debug)] //~
pub struct Reset;

fn main() {}
