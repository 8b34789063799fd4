//! The same shop without the cycle: the price is part of the messages, so billing does not have to ask for it.

use std::{error::Error, time::Duration};

use airssys_rt::prelude::*;

pub(crate) struct Receipt {
    pub(crate) cents: u64,
    pub(crate) left: u64,
}

#[message(reply = Result<Receipt, AskError>)]
struct Place {
    pieces: u64,
}

#[message(reply = Result<Receipt, AskError>)]
struct Reserve {
    pieces: u64,
    price: u64,
}

#[message(reply = u64)]
struct Charge {
    pieces: u64,
    price: u64,
}

struct Orders {
    stock: ActorRef<Stock>,
    price: u64,
}

#[actor(asks(Stock))]
impl Orders {
    #[handler(entry)]
    async fn place(
        &mut self,
        Place { pieces }: Place,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Receipt, AskError> {
        ctx.ask(&self.stock, Reserve { pieces, price: self.price }).await?
    }
}

struct Stock {
    billing: ActorRef<Billing>,
    left: u64,
}

#[actor(asks(Billing))]
impl Stock {
    #[handler]
    async fn reserve(
        &mut self,
        Reserve { pieces, price }: Reserve,
        ctx: &mut ActorContext<Self>,
    ) -> Result<Receipt, AskError> {
        let cents = ctx.ask(&self.billing, Charge { pieces, price }).await?;
        self.left -= pieces;
        Ok(Receipt { cents, left: self.left })
    }
}

#[derive(Default)]
struct Billing {
    charged: u64,
}

#[actor]
impl Billing {
    #[handler]
    fn charge(&mut self, Charge { pieces, price }: Charge) -> u64 {
        self.charged += pieces * price;
        pieces * price
    }
}

#[actor_system(strict, actors(entry Orders, entry Stock, entry Billing))]
struct Shop;

/// Orders three pieces.
pub(crate) async fn order(timeout: Duration) -> Result<Receipt, Box<dyn Error>> {
    let shop = ActorSystem::<Shop>::start(SystemConfig::default().with_ask_timeout(timeout)).await?;
    let billing = shop.spawn(Billing::default()).await?;
    let stock = shop.spawn(Stock { billing, left: 10 }).await?;
    let orders = shop.spawn(Orders { stock, price: 1999 }).await?;

    let placed = shop.ask(&orders, Place { pieces: 3 }).await?;
    shop.shutdown().await?;
    Ok(placed?)
}
