//! Handlers that return `Result<Reply, Fault>`, for several reply types.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[derive(Debug)]
pub struct Overdrawn;

#[message(reply = Result<u64, Overdrawn>)]
pub struct Withdraw(pub u64);

#[message]
pub struct Reset;

#[message(reply = u64)]
pub struct Total;

#[derive(Default)]
pub struct Account(u64);

#[actor]
impl Account {
    #[handler]
    async fn withdraw(&mut self, Withdraw(cents): Withdraw) -> Result<Result<u64, Overdrawn>, Fault> {
        let text = cents.to_string();
        let cents: u64 = text.parse()?;
        Ok(self.0.checked_sub(cents).ok_or(Overdrawn))
    }

    #[handler]
    fn reset(&mut self, _: Reset) -> Result<(), Fault> {
        Ok(())
    }

    #[handler]
    fn total(&mut self, _: Total) -> std::result::Result<u64, airssys_rt::reply::Fault> {
        Ok(self.0)
    }
}

fn main() {
    let _ = Account::default();
}
