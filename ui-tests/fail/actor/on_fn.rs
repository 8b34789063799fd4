use airssys_rt::prelude::*;

#[actor]
pub fn account() {} //~

fn main() {}
