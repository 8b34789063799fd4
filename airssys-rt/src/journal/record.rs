//! The byte format of a journal: a mark, then the records, each a header and the payload.

use std::ops::Range;

/// The first bytes of a journal. The last of them is the version of the format.
pub(super) const MARK: &[u8] = b"airsjnl\x01";

/// The version of the format.
pub(super) const VERSION: u8 = MARK[MARK.len() - 1];

/// The version of a format that is later than this one, if `mark` is that of a journal.
pub(super) fn later_version(mark: &[u8]) -> Option<u8> {
    let (version, name) = mark.split_last()?;
    (MARK[..MARK.len() - 1] == *name && *version > VERSION).then_some(*version)
}

/// The size of a header: the length of the payload, the checksum of the payload, the checksum of both.
///
/// The header has its own checksum: a damaged length must not be taken for a write that was cut short, because then all
/// records behind it would be removed.
pub(super) const HEADER: usize = 12;

/// The longest payload, in bytes.
pub(super) const LONGEST: usize = 64 * 1024 * 1024;

/// The size of a disk sector. After a loss of power a file may have grown by sectors that were never written.
const SECTOR: u64 = 512;

/// A decoded header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) length: usize,
    checksum: u32,
}

/// Adds a record to `bytes`. The payload must not exceed [`LONGEST`].
pub(super) fn encode(payload: &[u8], bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend((payload.len() as u32).to_le_bytes());
    bytes.extend(crc32fast::hash(payload).to_le_bytes());
    bytes.extend(crc32fast::hash(&bytes[start..]).to_le_bytes());
    bytes.extend(payload);
}

impl Header {
    /// Decodes a header; `None` if it is damaged. `bytes` must hold at least [`HEADER`] bytes.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let word =
            |at: usize| bytes[at..at + 4].iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let header = Header { length: word(0) as usize, checksum: word(4) };
        (word(8) == crc32fast::hash(&bytes[..8])).then_some(header)
    }

    /// Returns whether `payload` has the checksum of this header.
    pub(super) fn matches(&self, payload: &[u8]) -> bool {
        crc32fast::hash(payload) == self.checksum
    }
}

/// Returns whether a damaged record was never completely written.
///
/// That is the case if the file holds only zeros from the start of the record on, or from the start of a sector inside the
/// record on. `zeros` is the start of the zeros at the end of the file, and not before the record.
pub(super) fn was_never_written(zeros: u64, record: Range<u64>, size: u64) -> bool {
    let sector = zeros.checked_next_multiple_of(SECTOR);
    zeros == record.start || sector.is_some_and(|sector| sector < record.end.min(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decoded_record_equals_the_encoded_one() {
        let mut bytes = Vec::new();
        encode(b"payload", &mut bytes);
        let header = Header::decode(&bytes).expect("the header is whole");
        assert_eq!(header.length, 7);
        assert!(header.matches(&bytes[HEADER..]));
        assert!(!header.matches(b"pay1oad"));
    }

    /// Existing files must stay readable.
    #[test]
    fn the_format_does_not_change() {
        let mut bytes = MARK.to_vec();
        encode(b"123456789", &mut bytes);
        let header = [9, 0, 0, 0, 0x26, 0x39, 0xf4, 0xcb];
        assert_eq!(bytes[..16], [MARK, &header[..]].concat());
        assert_eq!(bytes[16..20], crc32fast::hash(&header).to_le_bytes());
        assert_eq!(&bytes[20..], b"123456789");
    }

    #[test]
    fn zeros_are_not_a_header() {
        assert_eq!(Header::decode(&[0; HEADER]), None);
    }

    #[test]
    fn an_unwritten_end_begins_with_a_sector() {
        assert!(was_never_written(1000, 990..1030, 2000));
        assert!(was_never_written(1024, 990..1030, 2000));
        assert!(was_never_written(990, 990..1002, 2000), "no byte of the record was written");
        assert!(!was_never_written(1025, 990..1030, 2000), "the zeros belong to the record");
        assert!(!was_never_written(1000, 990..1020, 2000), "the zeros come after the damaged record");
        assert!(!was_never_written(1000, 990..1030, 1010), "no sector begins within the zeros");
    }
}
