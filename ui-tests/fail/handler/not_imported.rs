use airssys_rt::message;

#[message]
pub struct Reset;

pub struct Account;

impl Account {
    #[handler] //~
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
