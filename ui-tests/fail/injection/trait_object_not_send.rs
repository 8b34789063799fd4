use airssys_rt::prelude::*;

pub trait Notifier {
    fn notify(&mut self);
}

#[message]
pub struct Deposit;

pub struct Accounts {
    notifier: Box<dyn Notifier>,
}

#[actor]
impl Accounts { //~
    #[handler]
    fn deposit(&mut self, _: Deposit) {
        self.notifier.notify();
    }
}

fn main() {}
