//! What a row does once its turn has come: take money from one account, or give it to one, or both.

use std::sync::Arc;

use airssys_rt::prelude::*;

use crate::actors::{Account, Bank, Deposit, GiveBack, OutOfRange, Overdrawn, Slip, Withdraw};
use crate::retry::Retries;
use crate::tally::Refusal;
use crate::turns::{Flights, Turn};

/// An account and the row's turn there.
pub(crate) struct Place {
    pub(crate) account: ActorRef<Account>,
    pub(crate) turn: Turn,
}

/// A transfer has both ends, the other kinds one.
pub(crate) struct Movement {
    pub(crate) from: Option<Place>,
    pub(crate) to: Option<Place>,
    pub(crate) slip: Slip,
}

impl Movement {
    /// Whether nothing that comes earlier in the file is in the way any more.
    fn can_go(&mut self) -> bool {
        self.from.iter_mut().chain(&mut self.to).all(|place| place.turn.has_come())
    }

    /// Waits for its turns, then asks the accounts, again if need be. The turns are kept meanwhile: nothing that comes
    /// later in the file overtakes this row. It is in flight from this call on, or from when its turn has come.
    ///
    /// # Errors
    ///
    /// Fails if an account does not answer however often it is asked; then the bank is broken, not the row.
    pub(crate) fn carry_out(
        mut self,
        bank: ActorSystem<Bank>,
        flights: Arc<Flights>,
        retries: Arc<Retries>,
    ) -> impl Future<Output = Result<Result<(), Refusal>, AskError>> + Send + 'static {
        let flight = self.can_go().then(|| flights.start());
        async move {
            for place in self.from.iter_mut().chain(&mut self.to) {
                place.turn.wait().await;
            }
            let _flight = flight.unwrap_or_else(|| flights.start());
            let mut patience = retries.begin(self.slip.line);
            loop {
                match self.attempt(&bank).await {
                    Ok(outcome) => return Ok(outcome),
                    Err(error) => patience.wait(error).await?,
                }
            }
        }
    }

    /// All of it from the beginning: what was done before is not done again, because it has the same id.
    async fn attempt(&self, bank: &ActorSystem<Bank>) -> Result<Result<(), Refusal>, AskError> {
        if let Some(from) = &self.from
            && let Err(Overdrawn) = bank.ask(&from.account, Withdraw(self.slip)).await?
        {
            return Ok(Err(Refusal::Overdraft));
        }
        if let Some(to) = &self.to
            && let Err(OutOfRange) = bank.ask(&to.account, Deposit(self.slip)).await?
        {
            // What was taken goes back. It fits: no other row has touched that account since.
            if let Some(from) = &self.from {
                let _ = bank.ask(&from.account, GiveBack(self.slip)).await?;
            }
            return Ok(Err(Refusal::OutOfRange));
        }
        Ok(Ok(()))
    }
}
