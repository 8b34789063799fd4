use airssys_rt::prelude::*;

pub struct Auditor;

fn tree() {
    let _ = Child::new("auditor", |_| Auditor); //~
}

fn main() {}
