//! `Change`: a difference between two versions of a message, and which version can read the other.

use std::fmt;

/// A difference between the messages of an older version and those of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub(super) message: String,
    pub(super) field: Option<String>,
    pub(super) what: String,
    pub(super) reads: Reads,
}

/// Which side of a change can read what the other side writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reads {
    /// This program reads what an older version writes.
    pub(super) before: bool,
    /// An older version reads what this program writes.
    pub(super) now: bool,
    /// Both are known. Otherwise both are `false`.
    pub(super) is_judged: bool,
}

impl Reads {
    pub(super) const BOTH: Reads = Reads::of(true, true);
    pub(super) const NEITHER: Reads = Reads::of(false, false);
    pub(super) const UNJUDGED: Reads = Reads { before: false, now: false, is_judged: false };

    pub(super) const fn of(before: bool, now: bool) -> Self {
        Reads { before, now, is_judged: true }
    }

    const fn is_neither(self) -> bool {
        self.is_judged && !self.before && !self.now
    }

    /// A difference that is certain needs no judgement of the others.
    pub(super) const fn and(self, other: Reads) -> Reads {
        let (before, now) = (self.before && other.before, self.now && other.now);
        let is_judged = self.is_judged && other.is_judged || self.is_neither() || other.is_neither();
        Reads { before, now, is_judged }
    }
}

impl Change {
    /// Returns the wire name of the message or event.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns the field or variant that has changed, if the change is about one; a field of a variant is `Variant.field`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Returns whether this program still reads all that an older version writes.
    #[must_use]
    pub fn reads_before(&self) -> bool {
        self.reads.before
    }

    /// Returns whether an older version reads all that this program writes.
    #[must_use]
    pub fn is_read_by_before(&self) -> bool {
        self.reads.now
    }

    /// Returns whether the change can be judged. One that cannot counts as incompatible: something in it is not described, or depends
    /// on more than the lock file has.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.reads.is_judged
    }

    /// Returns whether each version reads what the other writes.
    #[must_use]
    pub fn is_compatible(&self) -> bool {
        self.reads == Reads::BOTH
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.message)?;
        if let Some(field) = &self.field {
            write!(f, ", `{field}`")?;
        }
        write!(f, ": {}", self.what)?;
        match (self.reads.is_judged, self.reads.before, self.reads.now) {
            (false, ..) => f.write_str("; this cannot be judged, and counts as incompatible"),
            (_, true, true) => Ok(()),
            (_, true, false) => f.write_str("; older versions cannot read what this program writes"),
            (_, false, true) => f.write_str("; this program cannot read what older versions write"),
            (_, false, false) => f.write_str("; neither can read what the other writes"),
        }
    }
}
