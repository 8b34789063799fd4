//! `Fingerprint`: a 64-bit hash of a schema and all schemas in it.

use crate::message::{fnv, schema::Schema};
use std::fmt;

/// A 64-bit hash that identifies a schema. See [`Schema::fingerprint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Hashes any text.
    pub(crate) const fn of(text: &str) -> Self {
        Fingerprint(fnv::fnv(fnv::OFFSET, text))
    }

    /// Returns the hash as a number.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }
}

/// Writes 16 hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Schema {
    /// Returns a hash of this schema and of all schemas it contains.
    ///
    /// It is the same on each machine, in each build and with each compiler, as long as the declarations in the program
    /// are the same.
    ///
    /// The hash covers: whether the type is a message or an event, its name, its reply type, its fields and variants in
    /// order with their names, types and serde attributes; and, recursively, the same for each message, event and part inside,
    /// except the name and the reply, which are not on the wire there. Of a type that is not described it covers the text. It is the 64-bit FNV-1a hash of a text of all that.
    ///
    /// It is not a constant, because two messages may contain each other.
    #[must_use]
    pub fn fingerprint(&'static self) -> Fingerprint {
        let mut known = vec![(self.wire_name(), self)];
        let mut text = self.head();
        let mut at = 0;
        while at < known.len() {
            let schema = known[at].1;
            let mut number = |part: &'static Schema| {
                let name = part.wire_name();
                let number = known.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
                    known.push((name, part));
                    known.len() - 1
                });
                format!("@{number}")
            };
            text.push_str(&schema.lines(at == 0, &mut number));
            text.push('\n');
            at += 1;
        }
        Fingerprint::of(&text)
    }

    fn head(&self) -> String {
        format!("{} {}\n", self.noun(), self.wire_name())
    }
}
