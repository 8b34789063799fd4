use airssys_rt::prelude::*;

#[message(reply = str)] //~
pub struct Reset;

fn main() {}
