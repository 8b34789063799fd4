use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Closed;

pub struct Auditor;

#[actor]
impl Auditor {
    #[on_event]
    fn closed(&mut self, _: Closed) -> std::io::Result<()> { //~
        Ok(())
    }
}

fn main() {}
