//! A shop with an ask cycle: orders asks stock, stock asks billing, and billing asks orders, which is still waiting.

use std::{error::Error, time::Duration};

use airssys_rt::prelude::*;

#[message(reply = Result<(), AskError>)]
struct Place {
    pieces: u64,
}

#[message(reply = Result<(), AskError>)]
struct Reserve {
    pieces: u64,
}

#[message(reply = Result<u64, AskError>)]
struct Charge {
    pieces: u64,
}

#[message(reply = u64)]
struct Price;

#[message]
struct Introduce(ActorRef<Orders>);

struct Orders {
    stock: ActorRef<Stock>,
    price: u64,
}

#[actor(asks(Stock))]
impl Orders {
    #[handler(entry)]
    async fn place(&mut self, Place { pieces }: Place, ctx: &mut ActorContext<Self>) -> Result<(), AskError> {
        ctx.ask(&self.stock, Reserve { pieces }).await?
    }

    #[handler]
    fn price(&self, _: Price) -> u64 {
        self.price
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
        Reserve { pieces }: Reserve,
        ctx: &mut ActorContext<Self>,
    ) -> Result<(), AskError> {
        ctx.ask(&self.billing, Charge { pieces }).await??;
        self.left -= pieces;
        Ok(())
    }
}

#[derive(Default)]
struct Billing {
    orders: Option<ActorRef<Orders>>,
}

// This reason is wrong: the orders actor handles no message while its handler waits for the stock.
#[actor(asks(Orders, cycle = "the orders actor is never busy when it is asked"))]
impl Billing {
    #[handler]
    fn introduce(&mut self, Introduce(orders): Introduce) {
        self.orders = Some(orders);
    }

    #[handler]
    async fn charge(
        &mut self,
        Charge { pieces }: Charge,
        ctx: &mut ActorContext<Self>,
    ) -> Result<u64, AskError> {
        let Some(orders) = &self.orders else { return Ok(0) };
        Ok(pieces * ctx.ask(orders, Price).await?)
    }
}

#[actor_system(actors(Orders, Stock, Billing))]
struct Shop;

/// Orders three pieces and returns the error of the ask that timed out.
pub(crate) async fn order(timeout: Duration) -> Result<AskError, Box<dyn Error>> {
    let shop = ActorSystem::<Shop>::start(SystemConfig::default().with_ask_timeout(timeout)).await?;
    let billing = shop.spawn(Billing::default()).await?;
    let stock = shop.spawn(Stock { billing: billing.clone(), left: 10 }).await?;
    let orders = shop.spawn(Orders { stock, price: 1999 }).await?;
    shop.tell(&billing, Introduce(orders.clone())).await?;

    let placed = shop.ask_timeout(&orders, Place { pieces: 3 }, 10 * timeout).await?;
    shop.shutdown().await?;
    placed.err().ok_or_else(|| "the order was placed, although every actor waited for the next one".into())
}
