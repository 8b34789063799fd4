use airssys_rt::prelude::*;

pub trait Repository {
    fn load(&self) -> u64;
}

#[message(reply = u64)]
pub struct Balance;

pub struct Accounts<R>(pub R);

#[actor]
impl<R: Repository> Accounts<R> {
    #[handler]
    fn balance(&mut self, _: Balance) -> u64 {
        self.0.load()
    }
}

fn main() {}
