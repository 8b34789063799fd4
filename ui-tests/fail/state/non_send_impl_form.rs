use airssys_rt::prelude::*;

use std::rc::Rc;

#[message(reply = u8)]
pub struct Look;

pub struct Account {
    cache: Rc<u8>,
}

#[actor]
impl Account { //~
    #[handler]
    async fn look(&mut self, _: Look) -> u8 {
        *self.cache
    }
}

fn main() {}
