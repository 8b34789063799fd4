use airssys_rt::prelude::*;

#[message(keep_payload = 4096)] //~
pub struct Rename {
    pub name: String,
}

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn rename(&mut self, _: Rename) {}
}

fn main() {}
