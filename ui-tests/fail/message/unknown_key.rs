use airssys_rt::prelude::*;

#[message(replay = u64)] //~
pub struct Total;

pub struct Auditor;

#[actor]
impl Auditor {
    #[handler]
    fn total(&self, _: Total) -> u64 {
        0
    }
}

fn main() {}
