use airssys_rt::prelude::*;

macro_rules! system {
    ($name:ident: $($actor:ty),*) => {
        #[actor_system(actors($(entry $actor),*))]
        pub struct $name;
    };
}

#[message]
pub struct Go;

pub struct Left;

#[actor(asks(Right))]
impl Left {
    #[handler(entry)]
    fn go(&mut self, _: Go) {}
}

pub struct Right;

#[actor(asks(Left))]
impl Right {
    #[handler]
    fn go(&mut self, _: Go) {}
}

system!(Bank: Left, Right); //~

fn main() {}
