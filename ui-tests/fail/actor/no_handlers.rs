use airssys_rt::prelude::*;

pub struct Account;

#[actor]
impl Account { //~
    pub fn new() -> Self {
        Account
    }
}

fn main() {}
