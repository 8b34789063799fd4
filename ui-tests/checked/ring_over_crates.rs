//! A ring through two crates: 60 actor types of this program, and after each one a generic actor of another crate. The message of
//! each actor holds a reference to the next actor.
#![deny(warnings)]

use airssys_rt::prelude::*;
use airssys_rt_ui_tests::{Hop, Left, Right, Station};
use std::error::Error;

macro_rules! ring {
    ($($actor:ident $message:ident $station:ident)*; $($next:ident)*) => {
        $(
            #[derive(Default)]
            pub struct $actor {
                last: Option<$message>,
            }

            /// Also holds references to actors of the other crate that are not in the ring.
            #[message(reply = ActorRef<Station<$next>>)]
            pub struct $message {
                pub next: ActorRef<Station<$next>>,
                pub ends: Option<(ActorRef<Left>, ActorRef<Right>)>,
            }

            #[actor]
            impl $actor {
                #[handler(entry)]
                fn keep(&mut self, message: $message) -> ActorRef<Station<$next>> {
                    self.last.insert(message).next.clone()
                }
            }
        )*

        #[actor_system(actors($(entry $actor, entry Station<$next> as $station),*))]
        pub struct Ring;
    };
}

ring! {
    A0 M0 S0 A1 M1 S1 A2 M2 S2 A3 M3 S3 A4 M4 S4 A5 M5 S5 A6 M6 S6 A7 M7 S7 A8 M8 S8 A9 M9 S9 A10 M10 S10
    A11 M11 S11 A12 M12 S12 A13 M13 S13 A14 M14 S14 A15 M15 S15 A16 M16 S16 A17 M17 S17 A18 M18 S18
    A19 M19 S19 A20 M20 S20 A21 M21 S21 A22 M22 S22 A23 M23 S23 A24 M24 S24 A25 M25 S25 A26 M26 S26
    A27 M27 S27 A28 M28 S28 A29 M29 S29 A30 M30 S30 A31 M31 S31 A32 M32 S32 A33 M33 S33 A34 M34 S34
    A35 M35 S35 A36 M36 S36 A37 M37 S37 A38 M38 S38 A39 M39 S39 A40 M40 S40 A41 M41 S41 A42 M42 S42
    A43 M43 S43 A44 M44 S44 A45 M45 S45 A46 M46 S46 A47 M47 S47 A48 M48 S48 A49 M49 S49 A50 M50 S50
    A51 M51 S51 A52 M52 S52 A53 M53 S53 A54 M54 S54 A55 M55 S55 A56 M56 S56 A57 M57 S57 A58 M58 S58
    A59 M59 S59;
    A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16 A17 A18 A19 A20 A21 A22 A23 A24 A25 A26 A27 A28 A29
    A30 A31 A32 A33 A34 A35 A36 A37 A38 A39 A40 A41 A42 A43 A44 A45 A46 A47 A48 A49 A50 A51 A52 A53 A54 A55
    A56 A57 A58 A59 A0
}

async fn program() -> Result<(), Box<dyn Error>> {
    let ring = ActorSystem::<Ring>::start(SystemConfig::default()).await?;
    let (first, last) = (ring.spawn(A0::default()).await?, ring.spawn(A59::default()).await?);
    let before_first = ring.spawn(Station::<A0>::default()).await?;
    assert_eq!(ring.ask(&last, M59 { next: before_first.clone(), ends: None }).await?, before_first);
    assert_eq!(ring.ask(&before_first, Hop(first.clone())).await?, first);
    ring.shutdown().await?;
    Ok(())
}

fn is_send<F: Future + Send>(program: F) -> F {
    program
}

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(is_send(program()))
}
