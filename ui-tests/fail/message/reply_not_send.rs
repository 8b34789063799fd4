use airssys_rt::prelude::*;

use std::rc::Rc;

#[message(reply = Rc<u8>)] //~
pub struct Share;

fn main() {}
