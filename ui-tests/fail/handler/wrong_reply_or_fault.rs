use airssys_rt::prelude::*;

#[message(reply = u64)]
pub struct Total;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    async fn total(&mut self, _: Total) -> Result<String, Fault> { //~
        Ok(String::new())
    }
}

fn main() {}
