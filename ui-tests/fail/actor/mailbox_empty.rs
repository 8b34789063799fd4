use airssys_rt::prelude::*;

#[message]
pub struct Close;

pub struct Account;

#[actor(mailbox(capacity = 0))] //~
impl Account {
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
