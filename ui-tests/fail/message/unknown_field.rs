use airssys_rt::prelude::*;

#[message]
pub struct Snapshot(pub Picture); //~

fn main() {}
