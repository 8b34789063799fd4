use airssys_rt::prelude::*;

#[message(keep_payload)] //~
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
