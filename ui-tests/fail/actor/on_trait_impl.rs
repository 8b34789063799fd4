use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Default for Account { //~
    #[handler]
    fn default() -> Self {
        Account
    }
}

fn main() {}
