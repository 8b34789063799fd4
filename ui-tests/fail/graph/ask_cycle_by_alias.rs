use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Orders;

type Store = Stock;

#[actor(asks(Store))]
impl Orders {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Stock;

#[actor(asks(Orders))]
impl Stock {
    #[handler]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(Orders, Stock as Shelf))] //~
pub struct Shop;

fn main() {}
