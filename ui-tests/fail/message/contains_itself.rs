use airssys_rt::prelude::*;

#[message]
pub struct Close { //~
    pub then: Option<Close>,
}

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
