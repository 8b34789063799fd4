use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Buyer;

#[actor(asks(Seller))]
impl Buyer {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Seller;

#[actor(asks(Buyer))]
impl Seller {
    #[handler]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(Seller, Buyer))] //~
pub struct Market;

fn main() {}
