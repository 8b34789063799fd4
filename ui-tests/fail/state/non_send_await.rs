use airssys_rt::prelude::*;

use std::rc::Rc;

#[message(reply = u8)]
pub struct Look;

pub struct Account;

#[actor]
impl Account { //~
    #[handler]
    async fn look(&mut self, _: Look) -> u8 {
        let cache = Rc::new(1);
        std::future::ready(()).await;
        *cache
    }
}

fn main() {}
