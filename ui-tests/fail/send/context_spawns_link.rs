use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[derive(Default)]
pub struct Account;

#[actor]
impl Account {
    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.spawn_link(Account).await?; //~
        Ok(())
    }
}

fn main() {}
