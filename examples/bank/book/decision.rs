//! A decision about an order, and its encoding in the journal.

use super::{EntryId, Leg, Order, Outcome};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) order: Order,
    pub(crate) outcome: Outcome,
}

/// Length of the fixed part: line, cents and number of the entry, 8 bytes each; leg, outcome and transfer, 1 byte each. The
/// rest is the account.
const FIXED: usize = 27;

impl Decision {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let Self { order: Order { id, account, cents, transfer }, outcome } = self;
        let (outcome, number) = match outcome {
            Outcome::Booked(number) => (0, *number),
            Outcome::Overdrawn => (1, 0),
            Outcome::OutOfRange => (2, 0),
        };
        let leg = match id.leg {
            Leg::Out => 0,
            Leg::In => 1,
            Leg::Back => 2,
        };
        let mut bytes = Vec::with_capacity(FIXED + account.len());
        for word in [id.line, *cents, number] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.extend([leg, outcome, u8::from(*transfer)]);
        bytes.extend(account.as_bytes());
        bytes
    }

    /// Decodes a decision; `None` if the bytes are not one.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (fixed, account) = bytes.split_first_chunk::<FIXED>()?;
        let (words, flags) = fixed.as_chunks::<8>();
        let [line, cents, number] = [words[0], words[1], words[2]].map(u64::from_le_bytes);
        let leg = match flags[0] {
            0 => Leg::Out,
            1 => Leg::In,
            2 => Leg::Back,
            _ => return None,
        };
        let outcome = match (flags[1], number) {
            (0, number) => Outcome::Booked(number),
            (1, 0) => Outcome::Overdrawn,
            (2, 0) => Outcome::OutOfRange,
            _ => return None,
        };
        let transfer = match flags[2] {
            0 => false,
            1 => true,
            _ => return None,
        };
        let account = str::from_utf8(account).ok()?.into();
        Some(Self { order: Order { id: EntryId { line, leg }, account, cents, transfer }, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_decision_equals_the_encoded_one() {
        for (leg, outcome) in
            [(Leg::Out, Outcome::Overdrawn), (Leg::In, Outcome::OutOfRange), (Leg::Back, Outcome::Booked(7))]
        {
            let id = EntryId { line: u64::MAX, leg };
            let order = Order { id, account: "AC0001".into(), cents: 12, transfer: leg != Leg::In };
            let decision = Decision { order, outcome };
            assert_eq!(Decision::decode(&decision.encode()), Some(decision));
        }
    }

    #[test]
    fn invalid_bytes_are_not_a_decision() {
        let id = EntryId { line: 1, leg: Leg::In };
        let order = Order { id, account: "a".into(), cents: 1, transfer: false };
        let whole = Decision { order, outcome: Outcome::Booked(1) }.encode();
        assert_eq!(Decision::decode(&whole[..FIXED - 1]), None);
        for place in 24..FIXED {
            let mut bytes = whole.clone();
            bytes[place] = 3;
            assert_eq!(Decision::decode(&bytes), None);
        }
    }
}
