use airssys_rt::{message::schema::Part, prelude::*};

pub struct Money {
    pub cents: u64,
}

/// Prints the wire format of a part.
pub fn print<T: Part>() {
    println!("{:?}", T::SCHEMA);
}

pub fn print_all() {
    print::<Money>(); //~
}

#[message]
pub struct Deposit(pub Money);

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn deposit(&mut self, _: Deposit) {}
}

fn main() {}
