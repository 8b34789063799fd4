use airssys_rt::prelude::*;

#[derive(Message)] //~
pub struct Reset;

fn main() {}
