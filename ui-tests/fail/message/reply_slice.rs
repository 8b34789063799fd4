use airssys_rt::prelude::*;

#[message(reply = [u8])] //~
pub struct Reset;

fn main() {}
