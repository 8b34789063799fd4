//! What a row does once its turn has come: take money from one account, or give it to one, or both.

use airssys_rt::prelude::*;

use crate::actors::{Account, Bank, Deposit, OutOfRange, Overdrawn, Slip, Withdraw};
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
    /// Waits for its turns, then asks the accounts.
    ///
    /// # Errors
    ///
    /// Fails if an account does not answer; then the bank is broken, not the row.
    pub(crate) async fn carry_out(
        mut self,
        bank: &ActorSystem<Bank>,
        flights: &Flights,
    ) -> Result<Result<(), Refusal>, AskError> {
        for place in self.from.iter_mut().chain(&mut self.to) {
            place.turn.wait().await;
        }
        let _flight = flights.start();
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
                let _ = bank.ask(&from.account, Deposit(self.slip)).await?;
            }
            return Ok(Err(Refusal::OutOfRange));
        }
        Ok(Ok(()))
    }
}
