//! Applies a row when its turn has come: withdraws from one account, deposits into one, or both.

use std::sync::Arc;

use airssys_rt::prelude::*;

use crate::actors::{Account, Bank, Deposit, GiveBack, OutOfRange, Overdrawn, Slip, Withdraw};
use crate::retry::Retries;
use crate::row_queue::{InFlight, Turn};
use crate::tally::Refusal;

/// An account and the turn of the row in the queue of that account.
pub(crate) struct QueuedAccount {
    pub(crate) account: ActorRef<Account>,
    pub(crate) turn: Turn,
}

/// The accounts of a row: a transfer has both, the other kinds have one.
pub(crate) struct Movement {
    pub(crate) from: Option<QueuedAccount>,
    pub(crate) to: Option<QueuedAccount>,
    pub(crate) slip: Slip,
}

impl Movement {
    /// Returns whether all earlier rows of its accounts are done.
    fn is_ready(&mut self) -> bool {
        self.from.iter_mut().chain(&mut self.to).all(|side| side.turn.is_ready())
    }

    /// Waits for its turns, then asks the accounts, and retries if an ask fails. The turns are held meanwhile: no later
    /// row overtakes this row. The row counts as in flight from this call on, or from the time its turn comes.
    ///
    /// # Errors
    ///
    /// Fails if an account does not reply after all retries; then the bank is broken, not the row.
    pub(crate) fn carry_out(
        mut self,
        bank: ActorSystem<Bank>,
        in_flight: Arc<InFlight>,
        retries: Arc<Retries>,
    ) -> impl Future<Output = Result<Result<(), Refusal>, AskError>> + Send + 'static {
        let guard = self.is_ready().then(|| in_flight.start());
        async move {
            for side in self.from.iter_mut().chain(&mut self.to) {
                side.turn.wait().await;
            }
            let _guard = guard.unwrap_or_else(|| in_flight.start());
            let mut retry = retries.begin(self.slip.line);
            loop {
                match self.attempt(&bank).await {
                    Ok(outcome) => return Ok(outcome),
                    Err(error) => retry.wait(error).await?,
                }
            }
        }
    }

    /// Applies the whole row. A step done by an earlier attempt is not repeated, because it has the same id.
    async fn attempt(&self, bank: &ActorSystem<Bank>) -> Result<Result<(), Refusal>, AskError> {
        if let Some(from) = &self.from
            && let Err(Overdrawn) = bank.ask(&from.account, Withdraw(self.slip)).await?
        {
            return Ok(Err(Refusal::Overdraft));
        }
        if let Some(to) = &self.to
            && let Err(OutOfRange) = bank.ask(&to.account, Deposit(self.slip)).await?
        {
            // Returns the withdrawn money. It fits: no other row has changed that account since.
            if let Some(from) = &self.from {
                let _ = bank.ask(&from.account, GiveBack(self.slip)).await?;
            }
            return Ok(Err(Refusal::OutOfRange));
        }
        Ok(Ok(()))
    }
}
