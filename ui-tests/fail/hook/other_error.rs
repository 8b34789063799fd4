use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[pre_start]
    async fn open(&mut self) -> std::io::Result<()> { //~
        Ok(())
    }

    #[handler]
    fn reset(&mut self, _: Reset) {}
}

fn main() {}
