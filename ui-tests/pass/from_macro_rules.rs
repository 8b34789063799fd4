//! Actors that a `macro_rules` macro declares.
#![deny(warnings)]

use airssys_rt::prelude::*;

macro_rules! counter {
    ($system:ident, $actor:ident, $message:ident, $event:ident, $reply:ty) => {
        #[message(reply = $reply, crate = ::airssys_rt)]
        pub struct $message(pub $reply);

        #[event]
        #[derive(Clone)]
        pub struct $event;

        #[derive(Default)]
        pub struct $actor {
            count: $reply,
        }

        #[actor(publishes($event), tells($actor))]
        impl $actor {
            #[handler]
            async fn count(&mut self, message: $message, ctx: &mut ActorContext<Self>) -> $reply {
                self.count += message.0;
                ctx.publish($event);
                self.count
            }

            #[on_event]
            fn seen(&mut self, _: $event) {}
        }

        #[actor_system(actors($actor), events($event))]
        pub struct $system;
    };
}

counter!(Numbers, Counter, Count, Counted, u64);

fn main() {
    let _ = (Counter::default(), Count(1), Counted);
}
