//! The final balances of all accounts, and their digest.

use std::collections::BTreeMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

/// Cents by account, sorted by account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Balances(BTreeMap<Arc<str>, u64>);

impl Balances {
    pub(crate) fn accounts(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn total(&self) -> u128 {
        self.0.values().copied().map(u128::from).sum()
    }

    /// Returns the first 16 hex digits of the SHA-256 over one line `account=cents` per account.
    pub(crate) fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for (account, cents) in &self.0 {
            hash.update(format!("{account}={cents}\n"));
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl FromIterator<(Arc<str>, u64)> for Balances {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, u64)>>(balances: I) -> Self {
        Self(balances.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_sha256sum() {
        // printf 'a=1\nb=2\n' | sha256sum | cut -c 1-16
        let balances: Balances = [("b".into(), 2), ("a".into(), 1)].into_iter().collect();
        assert_eq!(balances.digest(), "4a73850fde34aad4");
    }
}
