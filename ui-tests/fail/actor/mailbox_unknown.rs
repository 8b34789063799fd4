use airssys_rt::prelude::*;

#[message]
pub struct Close;

pub struct Account;

#[actor(mailbox(capacity = 64, overflow = Wait))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
