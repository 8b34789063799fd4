use airssys_rt::prelude::*;

pub struct Put<T>(pub T);

pub struct Shelf<T>(pub Vec<T>);

#[actor] //~
impl<T: Send + 'static> Shelf<T> {
    #[handler]
    fn put(&mut self, Put(item): Put<T>) {
        self.0.push(item);
    }
}

fn main() {}
