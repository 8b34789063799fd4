use airssys_rt::prelude::*;

#[message(
    reply = u64,
    reply = u32 //~
)]
pub struct Total;

fn main() {}
