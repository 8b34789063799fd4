use airssys_rt::prelude::*;

pub struct Reset;

#[actor(handles(Reset))] //~
pub struct Account;

fn main() {}
