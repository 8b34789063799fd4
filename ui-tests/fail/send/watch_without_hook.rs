use airssys_rt::prelude::*;

#[message]
pub struct Mind(ActorRef<Account>);

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn mind(&mut self, Mind(other): Mind, ctx: &mut ActorContext<Self>) {
        ctx.watch(&other); //~
    }
}

fn main() {}
