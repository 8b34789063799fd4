use airssys_rt::prelude::*;

#[message(keep_payload = |rename| rename.name.is_empty())] //~
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
