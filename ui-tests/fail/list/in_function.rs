use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Desk;

#[actor]
impl Desk {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

fn main() {
    #[actor_list(actors(Desk))] //~
    pub struct Actors;

    #[actor_system(include(Actors))]
    struct Bank;

    let _ = Bank::topology();
}
