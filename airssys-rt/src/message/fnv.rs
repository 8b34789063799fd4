//! The FNV-1a hash of a text, computed in a constant: of names, origins and schemas.

/// The hash of the empty text.
pub(crate) const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
pub(super) const PRIME: u64 = 0x0100_0000_01b3;

/// Hashes `text` with FNV-1a, starting from `hash`. The algorithm is simple enough to run in a constant.
pub(crate) const fn fnv(mut hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}

/// The hash of the last segment of a name: what follows the last `:`. The attributes compute the same number.
pub(crate) const fn name_key(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut start = bytes.len();
    while start > 0 && bytes[start - 1] != b':' {
        start -= 1;
    }
    let (mut hash, mut at) = (OFFSET, start);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(PRIME);
        at += 1;
    }
    hash
}
