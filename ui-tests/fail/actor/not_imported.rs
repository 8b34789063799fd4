use airssys_rt::message;

#[message]
pub struct Reset;

pub struct Account;

#[actor] //~
impl Account {
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
