use airssys_rt::prelude::*;

#[message]
pub struct Close;

#[message(reply = u64)]
pub struct Draw;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn close(&mut self, _: Close, ctx: &mut ActorContext<Self>) {
        ctx.stop();
    }

    #[handler]
    async fn draw(&mut self, draw: Draw)
} //~

#[actor_system(actors(Account))]
pub struct Bank;

async fn run(bank: &ActorSystem<Bank>) -> Result<u64, Box<dyn std::error::Error>> {
    let account = bank.spawn(Account).await?;
    bank.ask(&account, Close).await?;
    Ok(bank.ask(&account, Draw).await?)
}

fn main() {}
