use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Orders;

#[actor(asks(Stock))]
impl Orders {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Stock;

#[actor(asks(Billing))]
impl Stock {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Billing;

#[actor(asks(Orders))]
impl Billing {
    #[handler]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(Orders, Stock, Billing))] //~
pub struct Shop;

fn main() {}
