use airssys_rt::prelude::*;

use airssys_rt as rt;

#[message(crate = rt)] //~
pub struct Close;

pub fn is_message(close: Close) -> impl rt::message::Message {
    close
}

fn main() {}
