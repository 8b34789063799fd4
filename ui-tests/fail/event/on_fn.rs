use airssys_rt::prelude::*;

#[event]
fn closed() {} //~

fn main() {}
