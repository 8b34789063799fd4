use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[derive(Default)]
pub struct Account;

#[actor]
impl Account {
    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.notify_later(Close, std::time::Duration::from_secs(1)); //~
        Ok(())
    }
}

fn main() {}
