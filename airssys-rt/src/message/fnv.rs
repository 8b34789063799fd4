//! The FNV-1a hash of a text, computed in a constant: of names, origins and schemas.

/// The hash of the empty text.
pub(crate) const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
pub(super) const PRIME: u64 = 0x0100_0000_01b3;

/// Hashes `text` with FNV-1a, starting from `hash`. The algorithm is simple enough to run in a constant.
pub(crate) const fn fnv(hash: u64, text: &str) -> u64 {
    fnv_from(hash, text, 0)
}

/// The same, for the text from the byte `at` on.
const fn fnv_from(mut hash: u64, text: &str, mut at: usize) -> u64 {
    let bytes = text.as_bytes();
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
    fnv_from(OFFSET, name, start)
}

#[cfg(test)]
mod tests {
    use super::name_key;

    /// The macros have the same test: both sides must compute the same number.
    #[test]
    fn the_key_of_a_name_is_the_hash_of_its_last_segment() {
        for name in ["Ping", "bank::Ping", "a::b::Ping"] {
            assert_eq!(name_key(name), 0xe9be_e119_c6a3_7b89, "{name}");
        }
        assert_eq!(name_key(""), 0xcbf2_9ce4_8422_2325);
    }
}
