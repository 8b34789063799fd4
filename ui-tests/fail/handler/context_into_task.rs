use airssys_rt::prelude::*;

#[message]
pub struct Reset;

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn reset(&mut self, _: Reset, ctx: &mut ActorContext<Self>) {
        std::thread::spawn(move || ctx.stop()); //~
    }
}

fn main() {}
