use airssys_rt::prelude::*;

#[message]
#[message(reply = u64)]
pub struct Deposit(pub u64); //~

fn main() {}
