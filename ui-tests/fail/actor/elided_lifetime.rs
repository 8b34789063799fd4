use airssys_rt::prelude::*;

#[message]
pub struct Close;

pub struct Account<'a>(&'a str);

#[actor]
impl Account<'_> { //~
    #[handler]
    fn close(&mut self, _: Close) {}
}

fn main() {}
