//! The store of letters: the newest letters, and the newest payloads within their limit in bytes.

use crate::{
    broker::dead_letters::{DeadLetter, throttle::Throttle},
    id::MessageId,
    sync::Arc,
};
use std::collections::VecDeque;

/// A stored dead letter.
#[derive(Debug, Clone)]
pub struct StoredLetter<M> {
    /// The record of the dead letter.
    pub letter: DeadLetter,
    /// The `Debug` text of the message, at most [`TEXT_LIMIT`](crate::broker::dead_letters::TEXT_LIMIT) bytes. `None` if its type is
    /// not `Debug`, or if the message did not exist any more: a handler has failed with it, or only its answer was late.
    pub text: Option<Arc<str>>,
    /// The message, if its type has the key `keep_payload`, it still existed, and the limit of
    /// [bytes](crate::system::SystemConfig::with_dead_letter_bytes) left space for it.
    pub message: Option<M>,
}

/// A payload that a letter keeps, and the bytes that it counts.
pub(super) struct Payload<M> {
    pub(super) message: Box<M>,
    pub(super) bytes: usize,
}

/// A letter in the store. Its payload is boxed: otherwise each letter would be as large as the largest message.
pub(super) struct Letter<M> {
    pub(super) letter: DeadLetter,
    pub(super) text: Option<Arc<str>>,
    pub(super) payload: Option<Payload<M>>,
}

pub(super) struct LetterStore<M> {
    letters: VecDeque<Letter<M>>,
    /// The letters before this position have no payload.
    first_payload: usize,
    /// The bytes of all payloads.
    bytes: usize,
    pub(super) evicted: u64,
    pub(super) released: u64,
    pub(super) throttle: Throttle,
}

/// The limits of a store.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub(super) letters: usize,
    pub(super) bytes: usize,
}

/// What a store lets go. Dropping it runs user code, so it is dropped without the lock.
pub(super) struct LetGo<M> {
    pub(super) letter: Option<Letter<M>>,
    pub(super) payloads: Vec<Payload<M>>,
}

impl<M> Default for LetterStore<M> {
    fn default() -> Self {
        LetterStore {
            letters: VecDeque::new(),
            first_payload: 0,
            bytes: 0,
            evicted: 0,
            released: 0,
            throttle: Throttle::default(),
        }
    }
}

impl<M> LetterStore<M> {
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn records(&self) -> Vec<DeadLetter> {
        self.letters.iter().map(|stored| stored.letter.clone()).collect()
    }

    pub(super) fn text_of(&self, id: MessageId) -> Option<Arc<str>> {
        self.letters.iter().rev().find(|stored| stored.letter.id == id)?.text.clone()
    }

    /// Takes out all letters.
    pub(super) fn take(&mut self) -> VecDeque<Letter<M>> {
        (self.first_payload, self.bytes) = (0, 0);
        std::mem::take(&mut self.letters)
    }

    /// Stores a dead letter. Returns what has no space any more: the oldest letter, and the oldest payloads.
    pub(super) fn push(&mut self, mut stored: Letter<M>, limits: Limits) -> LetGo<M> {
        let mut let_go = LetGo { letter: None, payloads: Vec::new() };
        if limits.letters == 0 {
            self.evicted += 1;
            let_go.letter = Some(stored);
            return let_go;
        }
        if self.letters.len() >= limits.letters {
            let_go.letter = self.letters.pop_front();
            self.first_payload = self.first_payload.saturating_sub(1);
            self.evicted += 1;
            if let Some(payload) = let_go.letter.as_ref().and_then(|letter| letter.payload.as_ref()) {
                self.bytes -= payload.bytes;
            }
        }
        if let Some(payload) = stored.payload.take_if(|payload| payload.bytes > limits.bytes) {
            self.released += 1;
            let_go.payloads.push(payload);
        }
        if let Some(payload) = &stored.payload {
            self.release(limits.bytes - payload.bytes, &mut let_go.payloads);
            self.bytes += payload.bytes;
        }
        self.letters.push_back(stored);
        let_go
    }

    /// Takes out the oldest payloads until the others have at most `most` bytes.
    fn release(&mut self, most: usize, payloads: &mut Vec<Payload<M>>) {
        while self.bytes > most {
            let Some(stored) = self.letters.get_mut(self.first_payload) else { return };
            self.first_payload += 1;
            if let Some(payload) = stored.payload.take() {
                self.bytes -= payload.bytes;
                self.released += 1;
                payloads.push(payload);
            }
        }
    }
}

impl<M> From<Letter<M>> for StoredLetter<M> {
    fn from(stored: Letter<M>) -> Self {
        let Letter { letter, text, payload } = stored;
        StoredLetter { letter, text, message: payload.map(|payload| *payload.message) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{broker::dead_letters::Reason, rt};

    fn letter(n: u64, bytes: Option<usize>) -> Letter<u64> {
        let letter = DeadLetter {
            reason: Reason::Stopped,
            id: MessageId::nth(n),
            receiver_type: "A",
            message_type: "M",
            sender: None,
            target: None,
            time: rt::wall_clock().into(),
        };
        Letter { letter, text: None, payload: bytes.map(|bytes| Payload { message: Box::new(n), bytes }) }
    }

    fn payloads(store: &LetterStore<u64>) -> Vec<Option<u64>> {
        store.letters.iter().map(|stored| stored.payload.as_ref().map(|payload| *payload.message)).collect()
    }

    #[test]
    fn the_oldest_payloads_are_let_go_and_their_letters_stay() {
        let (mut store, limits) = (LetterStore::default(), Limits { letters: 4, bytes: 100 });
        for (n, bytes) in [(0, Some(40)), (1, None), (2, Some(40))] {
            assert!(store.push(letter(n, bytes), limits).payloads.is_empty());
        }
        let let_go = store.push(letter(3, Some(60)), limits);
        assert_eq!(let_go.payloads.iter().map(|payload| *payload.message).collect::<Vec<_>>(), [0]);
        assert_eq!((payloads(&store), store.bytes), (vec![None, None, Some(2), Some(3)], 100));
        // The oldest letter is evicted, and the next payloads are let go.
        let let_go = store.push(letter(4, Some(100)), limits);
        assert_eq!((let_go.letter.is_some(), let_go.payloads.len()), (true, 2));
        assert_eq!((payloads(&store), store.bytes), (vec![None, None, None, Some(4)], 100));
        // Larger than the limit.
        let let_go = store.push(letter(5, Some(101)), limits);
        assert_eq!(let_go.payloads.len(), 1);
        assert_eq!((payloads(&store), store.bytes), (vec![None, None, Some(4), None], 100));
        assert_eq!((store.evicted, store.released), (2, 4));
    }

    #[test]
    fn an_evicted_letter_counts_its_bytes_no_more() {
        let (mut store, limits) = (LetterStore::default(), Limits { letters: 2, bytes: 100 });
        for n in 0..10 {
            assert!(store.push(letter(n, Some(50)), limits).payloads.is_empty());
        }
        assert_eq!((payloads(&store), store.bytes), (vec![Some(8), Some(9)], 100));
        assert_eq!((store.take().len(), store.bytes), (2, 0));
        assert!(store.push(letter(10, Some(100)), limits).payloads.is_empty());
    }
}
