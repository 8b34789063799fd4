use airssys_rt::prelude::*;

pub struct Account;

impl Account {
    #[pre_start] //~
    pub fn open(&mut self) {}
}

fn main() {}
