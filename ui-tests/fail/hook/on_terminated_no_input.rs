use airssys_rt::prelude::*;

pub struct Guard {
    ward: ActorRef<Guard>,
}

#[actor]
impl Guard {
    #[pre_start]
    fn start(&mut self, ctx: &mut ActorContext<Self>) {
        ctx.watch(&self.ward);
    }

    #[on_terminated]
    fn gone(&mut self) {} //~
}

fn main() {}
