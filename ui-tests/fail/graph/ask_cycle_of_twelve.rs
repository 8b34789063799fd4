use airssys_rt::prelude::*;

#[message]
pub struct Go;

pub struct Station1;

#[actor(asks(Station2))]
impl Station1 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station2;

#[actor(asks(Station3))]
impl Station2 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station3;

#[actor(asks(Station4))]
impl Station3 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station4;

#[actor(asks(Station5))]
impl Station4 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station5;

#[actor(asks(Station6))]
impl Station5 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station6;

#[actor(asks(Station7))]
impl Station6 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station7;

#[actor(asks(Station8))]
impl Station7 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station8;

#[actor(asks(Station9))]
impl Station8 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station9;

#[actor(asks(Station10))]
impl Station9 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station10;

#[actor(asks(Station11))]
impl Station10 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station11;

#[actor(asks(Station12))]
impl Station11 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

pub struct Station12;

#[actor(asks(Station1))]
impl Station12 {
    #[handler]
    fn go(&mut self, _: Go) {}
}

#[actor_system(actors(
    Outside,
    Station1, //~
    Station2,
    Station3,
    Station4,
    Station5,
    Station6,
    Station7,
    Station8,
    Station9,
    Station10,
    Station11,
    Station12
))]
pub struct Line;

pub struct Outside;

#[actor(asks(Station7))]
impl Outside {
    #[handler]
    fn go(&mut self, _: Go) {}
}

fn main() {}
