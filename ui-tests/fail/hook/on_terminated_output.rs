use airssys_rt::prelude::*;

pub struct Guard;

#[actor]
impl Guard {
    #[on_terminated]
    fn gone(&mut self, _: Terminated) -> ErrorAction { //~
        ErrorAction::Stop
    }
}

fn main() {}
