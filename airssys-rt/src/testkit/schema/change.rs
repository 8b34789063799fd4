use std::fmt;

/// One difference between the messages of before and those of now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub(super) message: String,
    pub(super) field: Option<String>,
    pub(super) what: String,
    pub(super) reads: Reads,
}

/// Who can still read whom. The best case is that both can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reads {
    /// This program reads what one of before writes.
    pub(super) before: bool,
    /// A program of before reads what this one writes.
    pub(super) now: bool,
}

impl Reads {
    pub(super) const BOTH: Reads = Reads { before: true, now: true };
    pub(super) const NEITHER: Reads = Reads { before: false, now: false };

    pub(super) const fn and(self, other: Reads) -> Reads {
        Reads { before: self.before && other.before, now: self.now && other.now }
    }
}

impl Change {
    /// The name of the message or event on the wire.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The field or the variant, if it is about one; a field of a variant is `Variant.field`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// Whether this program still reads all that one of before writes.
    #[must_use]
    pub fn reads_before(&self) -> bool {
        self.reads.before
    }

    /// Whether a program of before reads all that this one writes.
    #[must_use]
    pub fn is_read_by_before(&self) -> bool {
        self.reads.now
    }

    /// Whether each reads the other.
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
        match self.reads {
            Reads { before: true, now: true } => Ok(()),
            Reads { before: true, now: false } => {
                f.write_str("; those of before cannot read what this program writes")
            }
            Reads { before: false, now: true } => {
                f.write_str("; this program cannot read what those of before write")
            }
            Reads { before: false, now: false } => f.write_str("; neither can read what the other writes"),
        }
    }
}
