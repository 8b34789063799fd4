use crate::savina::program::{Setting, Workload};

#[derive(Debug, Clone, Copy)]
pub(crate) struct Transfers {
    pub(crate) transfers: u64,
    seed: u64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Transfer {
    pub(crate) from: usize,
    /// Always a higher number than `from`, so that accounts cannot wait for each other in a cycle.
    pub(crate) to: usize,
    pub(crate) cents: i64,
}

pub(crate) const ACCOUNTS: usize = 1000;
/// The initial balance of an account.
pub(crate) const CENTS: i64 = 1_000_000;

impl Transfers {
    /// Returns the transfers that the teller sends.
    pub(crate) fn all(&self) -> impl Iterator<Item = Transfer> + Send + use<> {
        let mut random = fastrand::Rng::with_seed(self.seed);
        (0..self.transfers).map(move |_| {
            let from = random.usize(0..ACCOUNTS - 1);
            Transfer { from, to: random.usize(from + 1..ACCOUNTS), cents: random.i64(1..10_000) }
        })
    }
}

impl Workload for Transfers {
    /// Number of transfers that the accounts have reported, and the final balances.
    type Outcome = (u64, Vec<i64>);

    fn of(setting: Setting) -> Self {
        Transfers { transfers: setting.scale.pick(80_000, 500), seed: setting.seed }
    }

    fn check(&self, (done, balances): &(u64, Vec<i64>)) {
        let mut expected = vec![CENTS; ACCOUNTS];
        for Transfer { from, to, cents } in self.all() {
            expected[from] -= cents;
            expected[to] += cents;
        }
        assert_eq!(*done, self.transfers, "each transfer is reported once");
        assert_eq!(
            balances.iter().sum::<i64>(),
            ACCOUNTS as i64 * CENTS,
            "the sum of the balances is unchanged"
        );
        assert_eq!(*balances, expected, "each account has the expected balance");
    }
}
