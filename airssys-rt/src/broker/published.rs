//! `Published`: the result of a successful publish, the number of mailboxes that accepted the envelope.

/// The result of a successful publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Published {
    /// The number of mailboxes that accepted the envelope. A transport that has taken the envelope over counts as one.
    pub receivers: usize,
}

impl Published {
    /// A publish that reached `receivers` mailboxes.
    #[must_use]
    pub fn to(receivers: usize) -> Self {
        Published { receivers }
    }
}
