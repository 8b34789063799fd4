//! The names that other frameworks have for methods of a system: each is one compile error that says what to write.

use crate::{
    actor::{OtherWords, refused},
    system::{ActorSystem, System},
};

impl<S: System, B> ActorSystem<S, B> {
    refused!(cast OtherWords::Sent(to: T, message: M));
    refused!(call OtherWords::Sent(to: T, message: M));
    refused!(send OtherWords::Sent(to: T, message: M));
    refused!(do_send OtherWords::Sent(to: T, message: M));
    refused!(send_message OtherWords::Sent(to: T, message: M));
}
