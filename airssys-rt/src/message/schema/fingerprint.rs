use crate::message::{named, schema::Schema};
use std::fmt;

/// A number that tells two schemas apart. See [`Schema::fingerprint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Of any text.
    pub(crate) const fn of(text: &str) -> Self {
        Fingerprint(named::fnv(named::OFFSET, text))
    }

    /// The number itself.
    #[must_use]
    pub const fn as_u64(self) -> u64 {
        self.0
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Schema {
    /// The same on each machine, in each build and with each compiler, as long as the same is written in the program.
    ///
    /// In it are: whether it is a message or an event, its name, the type of its reply, its fields and variants in
    /// order with their names, types and serde's attributes; and, all the way down, the same of each message and event
    /// inside, without its name and its reply, which are not on the wire there. It is FNV-1a, 64 bits, of a text of all that.
    ///
    /// Not a constant: two messages may hold each other.
    #[must_use]
    pub fn fingerprint(&'static self) -> Fingerprint {
        let mut known = vec![self];
        let mut text = self.head();
        let mut at = 0;
        while at < known.len() {
            let schema = known[at];
            let mut number = |part: &'static Schema| {
                let number = known.iter().position(|known| known.name == part.name).unwrap_or_else(|| {
                    known.push(part);
                    known.len() - 1
                });
                number.to_string()
            };
            text.push_str(&schema.lines(at == 0, &mut number));
            text.push('\n');
            at += 1;
        }
        Fingerprint::of(&text)
    }

    fn head(&self) -> String {
        format!("{} {}\n", self.noun(), self.name)
    }
}
