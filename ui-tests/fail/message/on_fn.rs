use airssys_rt::prelude::*;

#[message]
fn deposit() {} //~

fn main() {}
