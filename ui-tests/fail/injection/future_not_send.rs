use airssys_rt::prelude::*;

pub trait Repository: Send + 'static {
    #[allow(async_fn_in_trait)]
    async fn load(&self) -> u64;
}

#[message(reply = u64)]
pub struct Balance;

pub struct Accounts<R>(pub R);

#[actor]
impl<R: Repository> Accounts<R> { //~
    #[handler]
    async fn balance(&mut self, _: Balance) -> u64 {
        self.0.load().await
    }
}

fn main() {}
