use airssys_rt::prelude::*;

#[message]
pub struct Work;

mod a {
    pub struct Worker;

    #[airssys_rt::actor]
    impl Worker {
        #[handler]
        fn work(&mut self, _: super::Work) {}
    }
}

mod b {
    pub struct Worker;

    #[airssys_rt::actor]
    impl Worker {
        #[handler]
        fn work(&mut self, _: super::Work) {}
    }
}

#[actor_system(actors(
    a::Worker,
    b::Worker //~
))]
pub struct Factory;

fn main() {}
