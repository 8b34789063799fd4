#![deny(deprecated)] // a warning, which can be a test only as an error

use airssys_rt::prelude::*;

#[message]
pub struct Snapshot(pub [u8; 4096]); //~

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn restore(&mut self, _: Snapshot) {}
}

fn main() {}
