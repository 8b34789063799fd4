use airssys_rt::prelude::*;

#[event]
#[derive(Clone)]
pub struct Renamed<'a>(pub &'a str); //~

fn main() {}
