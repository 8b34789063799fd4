//! The byte format of a journal: a start, then frames, which are records, a snapshot and sync marks.
//!
//! A sync mark is written after each successful sync. It says that all bytes before it were on the disk, so damage before a mark
//! is damage of synced records, and damage behind the last mark is that of writes which were never synced.

use std::hash::{BuildHasher, Hasher, RandomState};

/// The first bytes of a journal, before the version of the format.
const NAME: &[u8; 7] = b"airsjnl";

/// The version of the format. Format 1 had no salt and no marks.
pub(super) const VERSION: u8 = 2;

/// The size of the start: the name, the version, the salt, the checksum of the three.
pub(super) const START: usize = 20;

/// The size of the header of a frame: kind and length, the checksum of the payload, the checksum of the header.
///
/// The header has its own checksum: a damaged length must not be taken for a write that was cut short.
pub(super) const HEADER: usize = 12;

/// The longest payload, in bytes.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;

/// The bits of the first word that hold the length; the others hold the kind.
const LENGTH_BITS: u32 = 28;

/// The second word of a mark, in the place of the checksum of a payload.
const MARK_WORD: u32 = u32::from_le_bytes(*b"sync");

/// The number of a journal. It is part of each checksum of a header, as the position is, so that a journal inside a payload, or
/// bytes from another place of the file, are no frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Salt(u64);

/// What the first bytes of a store are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// Nothing, or the beginning of a start: a journal without any record.
    New,
    Journal(Salt),
    Earlier(u8),
    Later(u8),
    Damaged,
    Foreign,
}

/// The kind of a frame. Zero is none, so zeros are no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Record = 1,
    /// The state that stands for all records before it. Only the first frame.
    Snapshot = 2,
    /// All bytes before this frame were synced.
    Mark = 3,
}

/// A decoded header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) kind: Kind,
    pub(super) length: usize,
    pub(super) checksum: u32,
}

impl Salt {
    /// A number that no other journal has, to all likelihood.
    pub(super) fn random() -> Self {
        Salt(RandomState::new().build_hasher().finish())
    }
}

/// The start of a journal.
pub(super) fn start(salt: Salt) -> Vec<u8> {
    let mut bytes = [&NAME[..], &[VERSION], &salt.0.to_le_bytes()].concat();
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}

impl Start {
    /// Decodes the first [`START`] bytes of a store, or all if there are fewer.
    pub(super) fn decode(bytes: &[u8]) -> Self {
        let Some((name, rest)) = bytes.split_first_chunk() else {
            return if bytes.is_empty() { Start::New } else { Start::Foreign };
        };
        match rest {
            _ if name != NAME => Start::Foreign,
            [] | [0, ..] => Start::Foreign,
            [version, ..] if *version < VERSION => Start::Earlier(*version),
            [version, ..] if *version > VERSION => Start::Later(*version),
            _ if bytes.len() < START => Start::New,
            [_, rest @ ..] => match rest.split_first_chunk() {
                Some((salt, _)) if start(Salt(u64::from_le_bytes(*salt))) == bytes => {
                    Start::Journal(Salt(u64::from_le_bytes(*salt)))
                }
                _ => Start::Damaged,
            },
        }
    }
}

/// Adds a record or a snapshot to `bytes`, for position `offset` of the journal. The payload must not exceed [`LONGEST`].
pub(super) fn encode(kind: Kind, payload: &[u8], salt: Salt, offset: u64, bytes: &mut Vec<u8>) {
    bytes.extend(
        Header { kind, length: payload.len(), checksum: crc32fast::hash(payload) }.encode(salt, offset),
    );
    bytes.extend(payload);
}

/// A sync mark for position `offset` of the journal.
pub(super) fn mark(salt: Salt, offset: u64) -> [u8; HEADER] {
    Header { kind: Kind::Mark, length: 0, checksum: MARK_WORD }.encode(salt, offset)
}

impl Header {
    fn encode(&self, salt: Salt, offset: u64) -> [u8; HEADER] {
        let first = (self.kind as u32) << LENGTH_BITS | self.length as u32;
        let mut bytes = [0; HEADER];
        bytes[..4].copy_from_slice(&first.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.checksum.to_le_bytes());
        let checksum = checksum(&bytes[..8], salt, offset);
        bytes[8..].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }

    /// Decodes a header at position `offset`; `None` if it is none, or exceeds [`LONGEST`].
    pub(super) fn decode(bytes: &[u8], salt: Salt, offset: u64) -> Option<Self> {
        let words: &[u8; HEADER] = bytes.try_into().ok()?;
        let word = |at: usize| u32::from_le_bytes(std::array::from_fn(|byte| words[4 * at + byte]));
        let [first, payload, header] = [word(0), word(1), word(2)];
        let length = (first & ((1 << LENGTH_BITS) - 1)) as usize;
        let kind = match first >> LENGTH_BITS {
            1 => Kind::Record,
            2 => Kind::Snapshot,
            3 if length == 0 && payload == MARK_WORD => Kind::Mark,
            _ => return None,
        };
        let whole = length <= LONGEST && header == checksum(&bytes[..8], salt, offset);
        whole.then_some(Header { kind, length, checksum: payload })
    }

    /// Finds the last sync mark in `bytes`, which begin at position `offset`. Returns its position.
    pub(super) fn last_mark(bytes: &[u8], salt: Salt, offset: u64) -> Option<u64> {
        let is_mark = |(at, bytes): (usize, &[u8])| {
            let offset = offset + at as u64;
            (bytes == mark(salt, offset)).then_some(offset)
        };
        // The comparison of one word comes first: the checksum takes longer.
        let frames = bytes.windows(HEADER).enumerate().rev();
        frames.filter(|(_, bytes)| bytes[4..8] == MARK_WORD.to_le_bytes()).find_map(is_mark)
    }
}

fn checksum(words: &[u8], Salt(salt): Salt, offset: u64) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for part in [words, &salt.to_le_bytes(), &offset.to_le_bytes()] {
        hasher.update(part);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT: Salt = Salt(7);

    #[test]
    fn a_decoded_record_equals_the_encoded_one() {
        let mut bytes = Vec::new();
        encode(Kind::Record, b"payload", SALT, 20, &mut bytes);
        let expected = Header { kind: Kind::Record, length: 7, checksum: crc32fast::hash(b"payload") };
        assert_eq!(Header::decode(&bytes[..HEADER], SALT, 20), Some(expected));
        assert_eq!(Header::decode(&bytes[..HEADER], Salt(8), 20), None, "it is of another journal");
        assert_eq!(Header::decode(&bytes[..HEADER], SALT, 21), None, "it is at another place");
    }

    /// Existing files must stay readable.
    #[test]
    fn the_format_does_not_change() {
        let mut bytes = start(SALT);
        assert_eq!(bytes[..16], *b"airsjnl\x02\x07\0\0\0\0\0\0\0");
        assert_eq!(bytes[16..], crc32fast::hash(&bytes[..16]).to_le_bytes());
        encode(Kind::Record, b"123456789", SALT, 20, &mut bytes);
        encode(Kind::Snapshot, b"", SALT, 41, &mut bytes);
        bytes.extend(mark(SALT, 53));
        let places = |offset: u8| [&SALT.0.to_le_bytes()[..], &[offset], &[0; 7]].concat();
        for (at, words) in [
            (20, [9, 0, 0, 0x10, 0x26, 0x39, 0xf4, 0xcb]),
            (41, [0, 0, 0, 0x20, 0, 0, 0, 0]),
            (53, [0, 0, 0, 0x30, b's', b'y', b'n', b'c']),
        ] {
            assert_eq!(bytes[at..at + 8], words);
            let checksum = crc32fast::hash(&[&words[..], &places(at as u8)].concat());
            assert_eq!(bytes[at + 8..at + 12], checksum.to_le_bytes());
        }
        assert_eq!(&bytes[32..41], b"123456789");
    }

    #[test]
    fn zeros_are_not_a_header() {
        for offset in 0..100_000 {
            assert_eq!(Header::decode(&[0; HEADER], SALT, offset), None);
        }
    }

    #[test]
    fn a_length_beyond_the_longest_record_is_no_header() {
        for (length, decoded) in [(LONGEST, true), (LONGEST + 1, false)] {
            let bytes = Header { kind: Kind::Record, length, checksum: 0 }.encode(SALT, 0);
            assert_eq!(Header::decode(&bytes, SALT, 0).is_some(), decoded);
        }
    }

    #[test]
    fn the_first_bytes_say_what_a_store_holds() {
        let whole = start(SALT);
        assert_eq!(Start::decode(&whole), Start::Journal(SALT));
        for cut in 1..START {
            let expected = if cut < 8 { Start::Foreign } else { Start::New };
            assert_eq!(Start::decode(&whole[..cut]), expected, "{cut}");
        }
        let with = |at: usize, byte: u8| {
            let mut bytes = whole.clone();
            bytes[at] = byte;
            Start::decode(&bytes)
        };
        assert_eq!((Start::decode(&[]), with(0, b'A')), (Start::New, Start::Foreign));
        assert_eq!(
            (with(7, 1), with(7, 3), with(7, 0)),
            (Start::Earlier(1), Start::Later(3), Start::Foreign)
        );
        assert_eq!((with(8, 1), with(19, whole[19] ^ 1)), (Start::Damaged, Start::Damaged));
    }

    #[test]
    fn the_last_mark_is_found_at_any_place() {
        let mut bytes = vec![0xaa; 5];
        assert_eq!(Header::last_mark(&bytes, SALT, 100), None);
        bytes.extend(mark(SALT, 105));
        bytes.extend([1; 7]);
        bytes.extend(mark(SALT, 124));
        assert_eq!(Header::last_mark(&bytes, SALT, 100), Some(124));
        assert_eq!(Header::last_mark(&bytes[..35], SALT, 100), Some(105));
        assert_eq!(Header::last_mark(&bytes, SALT, 101), None, "it is at another place");
    }
}
