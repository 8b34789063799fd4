//! Raw identifiers: names that are keywords.
#![deny(warnings)]

use airssys_rt::prelude::*;

#[message(reply = u8)]
#[allow(non_camel_case_types)]
pub struct r#type {
    pub r#in: u8,
}

#[event]
#[derive(Clone)]
#[allow(non_camel_case_types)]
pub struct r#fn;

#[allow(non_camel_case_types)]
pub struct r#struct;

#[actor(publishes(r#fn))]
impl r#struct {
    #[handler]
    fn r#match(&mut self, r#type { r#in }: r#type, ctx: &mut ActorContext<Self>) -> u8 {
        ctx.publish(r#fn);
        r#in
    }

    #[on_event]
    fn r#loop(&mut self, _: r#fn) {}
}

#[actor_system(actors(r#struct), events(r#fn))]
pub struct Bank;

fn main() {
    assert_eq!(<r#struct as Actor>::NAME, "struct");
    assert_eq!(<r#struct as Actor>::VARIANTS, ["type", "fn"]);
    assert!(<r#type as Message>::NAME.ends_with("::type"));
}
