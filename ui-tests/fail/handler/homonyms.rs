use airssys_rt::prelude::*;

mod a {
    use airssys_rt::prelude::*;

    #[message]
    pub struct Ping;
}

mod b {
    use airssys_rt::prelude::*;

    #[message]
    pub struct Ping;
}

pub struct Account;

#[actor]
impl Account {
    #[handler]
    fn first(&mut self, _: a::Ping) {}

    #[handler]
    fn second(&mut self, _: b::Ping) {} //~
}

fn main() {}
