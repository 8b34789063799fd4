use airssys_rt::prelude::*;

pub struct Guard;

#[actor]
impl Guard {
    #[on_terminated]
    fn gone(&mut self, _: Terminated) {}

    #[on_terminated]
    fn again(&mut self, _: Terminated) {} //~
}

fn main() {}
