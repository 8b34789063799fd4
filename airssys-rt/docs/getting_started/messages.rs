// What the guide has before the book publishes an event. Included by the blocks of getting_started.md.

use airssys_rt::prelude::*;

#[message]
struct Sign {
    name: String,
}

#[message(reply = usize)]
struct Count;

#[event]
#[derive(Clone, Debug, PartialEq)]
struct Arrived {
    name: String,
}

#[derive(Default)]
struct Book {
    names: Vec<String>,
}
