use airssys_rt::prelude::*;

#[message(reply = Result<u64, Fault>)] //~
pub struct Total;

pub struct Auditor;

#[actor]
impl Auditor {
    #[handler]
    fn total(&self, _: Total) -> Result<u64, Fault> {
        Ok(0)
    }
}

fn main() {}
