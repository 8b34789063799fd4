use airssys_rt::prelude::*;

pub struct Plain;

#[actor_system(actors(Plain))] //~
pub struct Bank;

fn main() {}
