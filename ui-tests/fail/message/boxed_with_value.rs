use airssys_rt::prelude::*;

#[message(boxed = true)] //~
pub struct Snapshot(pub [u8; 4096]);

fn main() {}
