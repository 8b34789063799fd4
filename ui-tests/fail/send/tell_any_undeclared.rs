use airssys_rt::prelude::*;

#[message]
pub struct Record;

#[message]
pub struct Close;

pub struct Account {
    log: Recipient<Record>,
}

#[actor]
impl Account {
    #[handler]
    async fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) -> Result<(), Fault> {
        ctx.tell_any(&self.log, Record).await?; //~
        Ok(())
    }
}

fn main() {}
