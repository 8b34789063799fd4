use airssys_rt::prelude::*;

use std::rc::Rc;

#[message]
pub struct Look(pub Rc<u8>); //~

fn main() {}
