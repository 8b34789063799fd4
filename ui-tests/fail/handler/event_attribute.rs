use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Auditor;

#[actor]
impl Auditor {
    #[event] //~
    fn closed(&mut self, _: Closed) {}
}

fn main() {}
