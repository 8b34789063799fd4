//! Follows the money by what the accounts announce, and asks nobody.

use std::collections::HashMap;

use airssys_rt::prelude::*;

use super::account::{Deposited, Slip, Withdrawn};
use super::fraud_watch::Flagged;

#[message(reply = Audit)]
pub(crate) struct GetAudit;

/// What the auditor saw.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    pub(crate) paid_in: u128,
    pub(crate) paid_out: u128,
    /// Both halves seen, and they were equal.
    pub(crate) transfers: u64,
    /// Transfers of which only one half was seen, or unequal halves.
    pub(crate) unsettled: usize,
    pub(crate) flagged: usize,
}

#[derive(Default)]
pub(crate) struct Auditor {
    paid_in: u128,
    paid_out: u128,
    transfers: u64,
    // The two halves come from two accounts, and the later one may be heard of first.
    halves: HashMap<u64, i128>,
    flagged: usize,
}

impl Auditor {
    fn half(&mut self, line: u64, cents: i128) {
        let Some(other) = self.halves.remove(&line) else {
            self.halves.insert(line, cents);
            return;
        };
        match other + cents {
            0 => self.transfers += 1,
            rest => _ = self.halves.insert(line, rest),
        }
    }
}

// An audit that misses an event is worthless: whoever publishes into a full mailbox waits.
#[actor(mailbox(capacity = 4096, overflow = Block))]
impl Auditor {
    #[on_event]
    fn deposited(&mut self, Deposited { slip: Slip { cents, line, transfer }, .. }: Deposited) {
        if transfer {
            self.half(line, i128::from(cents));
        } else {
            self.paid_in += u128::from(cents);
        }
    }

    #[on_event]
    fn withdrawn(&mut self, Withdrawn { slip: Slip { cents, line, transfer }, .. }: Withdrawn) {
        if transfer {
            self.half(line, -i128::from(cents));
        } else {
            self.paid_out += u128::from(cents);
        }
    }

    #[on_event]
    fn flagged(&mut self, _: Flagged) {
        self.flagged += 1;
    }

    #[handler]
    fn report(&self, _: GetAudit) -> Audit {
        Audit {
            paid_in: self.paid_in,
            paid_out: self.paid_out,
            transfers: self.transfers,
            unsettled: self.halves.len(),
            flagged: self.flagged,
        }
    }
}
