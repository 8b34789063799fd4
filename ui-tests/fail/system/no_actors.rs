use airssys_rt::prelude::*;

#[actor_system]
pub struct Bank; //~

fn main() {}
