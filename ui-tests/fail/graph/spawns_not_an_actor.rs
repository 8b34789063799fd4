use airssys_rt::prelude::*;

pub struct Plain;

#[message]
pub struct Work;

pub struct Boss;

#[actor(spawns(Plain))] //~
impl Boss {
    #[handler]
    fn work(&mut self, _: Work) {}
}

fn main() {}
