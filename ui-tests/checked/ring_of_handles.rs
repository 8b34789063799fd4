//! A ring of 120 actor types: the message of each actor holds handles that send to the next actor, and futures of its end.
#![deny(warnings)]

use airssys_rt::{
    actor::{ActorHandle, Stop, Watch},
    prelude::*,
};
use std::error::Error;

macro_rules! ring {
    ($($actor:ident $message:ident)*; $($next:ident $next_message:ident)*) => {
        $(
            #[derive(Default)]
            pub struct $actor {
                last: Option<$message>,
            }

            #[message(boxed)]
            #[derive(Default)]
            pub struct $message {
                pub handle: Option<ActorHandle<$next>>,
                pub publisher: Option<Publisher<$next>>,
                pub recipient: Option<Recipient<$next_message>>,
                pub watch: Option<Watch>,
                pub stop: Option<Stop>,
            }

            #[actor]
            impl $actor {
                #[handler(entry)]
                fn keep(&mut self, message: $message) {
                    self.last = Some(message);
                }
            }
        )*

        #[actor_system(actors($(entry $actor),*), strict)]
        pub struct Ring;
    };
}

ring! {
    A0 M0 A1 M1 A2 M2 A3 M3 A4 M4 A5 M5 A6 M6 A7 M7 A8 M8 A9 M9 A10 M10 A11 M11 A12 M12 A13 M13 A14 M14
    A15 M15 A16 M16 A17 M17 A18 M18 A19 M19 A20 M20 A21 M21 A22 M22 A23 M23 A24 M24 A25 M25 A26 M26 A27 M27
    A28 M28 A29 M29 A30 M30 A31 M31 A32 M32 A33 M33 A34 M34 A35 M35 A36 M36 A37 M37 A38 M38 A39 M39 A40 M40
    A41 M41 A42 M42 A43 M43 A44 M44 A45 M45 A46 M46 A47 M47 A48 M48 A49 M49 A50 M50 A51 M51 A52 M52 A53 M53
    A54 M54 A55 M55 A56 M56 A57 M57 A58 M58 A59 M59 A60 M60 A61 M61 A62 M62 A63 M63 A64 M64 A65 M65 A66 M66
    A67 M67 A68 M68 A69 M69 A70 M70 A71 M71 A72 M72 A73 M73 A74 M74 A75 M75 A76 M76 A77 M77 A78 M78 A79 M79
    A80 M80 A81 M81 A82 M82 A83 M83 A84 M84 A85 M85 A86 M86 A87 M87 A88 M88 A89 M89 A90 M90 A91 M91 A92 M92
    A93 M93 A94 M94 A95 M95 A96 M96 A97 M97 A98 M98 A99 M99 A100 M100 A101 M101 A102 M102 A103 M103 A104 M104
    A105 M105 A106 M106 A107 M107 A108 M108 A109 M109 A110 M110 A111 M111 A112 M112 A113 M113 A114 M114
    A115 M115 A116 M116 A117 M117 A118 M118 A119 M119;
    A1 M1 A2 M2 A3 M3 A4 M4 A5 M5 A6 M6 A7 M7 A8 M8 A9 M9 A10 M10 A11 M11 A12 M12 A13 M13 A14 M14 A15 M15
    A16 M16 A17 M17 A18 M18 A19 M19 A20 M20 A21 M21 A22 M22 A23 M23 A24 M24 A25 M25 A26 M26 A27 M27 A28 M28
    A29 M29 A30 M30 A31 M31 A32 M32 A33 M33 A34 M34 A35 M35 A36 M36 A37 M37 A38 M38 A39 M39 A40 M40 A41 M41
    A42 M42 A43 M43 A44 M44 A45 M45 A46 M46 A47 M47 A48 M48 A49 M49 A50 M50 A51 M51 A52 M52 A53 M53 A54 M54
    A55 M55 A56 M56 A57 M57 A58 M58 A59 M59 A60 M60 A61 M61 A62 M62 A63 M63 A64 M64 A65 M65 A66 M66 A67 M67
    A68 M68 A69 M69 A70 M70 A71 M71 A72 M72 A73 M73 A74 M74 A75 M75 A76 M76 A77 M77 A78 M78 A79 M79 A80 M80
    A81 M81 A82 M82 A83 M83 A84 M84 A85 M85 A86 M86 A87 M87 A88 M88 A89 M89 A90 M90 A91 M91 A92 M92 A93 M93
    A94 M94 A95 M95 A96 M96 A97 M97 A98 M98 A99 M99 A100 M100 A101 M101 A102 M102 A103 M103 A104 M104
    A105 M105 A106 M106 A107 M107 A108 M108 A109 M109 A110 M110 A111 M111 A112 M112 A113 M113 A114 M114
    A115 M115 A116 M116 A117 M117 A118 M118 A119 M119 A0 M0
}

async fn program() -> Result<(), Box<dyn Error>> {
    let ring = ActorSystem::<Ring>::start(SystemConfig::default()).await?;
    let (last, first) = (ring.spawn(A119::default()).await?, ring.spawn(A0::default()).await?);
    let message = M119 {
        handle: Some(ring.handle(&first)),
        recipient: Some(first.clone().into()),
        watch: Some(ring.watch(&first)),
        stop: Some(ring.stop(&first)),
        ..M119::default()
    };
    ring.tell(&last, message).await?;
    ring.ask(&first, M0::default()).await?;
    ring.shutdown().await?;
    Ok(())
}

fn is_send<F: Future + Send>(program: F) -> F {
    program
}

fn main() -> Result<(), Box<dyn Error>> {
    tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(is_send(program()))
}
