use airssys_rt::prelude::*;

#[message]
pub struct Rename<'a>(pub &'a str); //~

fn main() {}
