use airssys_rt::prelude::*;

pub struct Put<T>(pub T);

pub struct Shelf(pub Vec<u8>);

#[actor]
impl Shelf {
    #[handler]
    fn put(&mut self, Put(item): Put<u8>) { //~
        self.0.push(item);
    }
}

fn main() {}
