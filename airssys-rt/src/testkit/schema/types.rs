//! Whether what is written as one type can be read as another.

use super::change::Reads;
use crate::message::schema::ParsedType as Ty;

/// `before` and `now` of one field. What two messages in them have to do with each other is for `parts` to say.
pub(super) fn compare(before: &Ty<'_>, now: &Ty<'_>, parts: &mut dyn FnMut(&str, &str) -> Reads) -> Reads {
    match (before.optional(), now.optional()) {
        (None, Some(now)) => return compare(before, now, parts).and(Reads { before: true, now: false }),
        (Some(before), None) => return compare(before, now, parts).and(Reads { before: false, now: true }),
        _ => {}
    }
    match (before, now) {
        (Ty::Part(before), Ty::Part(now)) => parts(before, now),
        (Ty::Named(before, of), Ty::Named(now, is)) if before == now && of.len() == is.len() => {
            all(of, is, parts)
        }
        (Ty::Named(before, of), Ty::Named(now, is)) if of.is_empty() && is.is_empty() => numbers(before, now),
        (Ty::Tuple(of), Ty::Tuple(is)) if of.len() == is.len() => all(of, is, parts),
        (Ty::Array(before, of), Ty::Array(now, is)) if of == is => compare(before, now, parts),
        _ if before == now => Reads::BOTH,
        _ => Reads::NEITHER,
    }
}

fn all(before: &[Ty<'_>], now: &[Ty<'_>], parts: &mut dyn FnMut(&str, &str) -> Reads) -> Reads {
    let pairs = before.iter().zip(now);
    pairs.fold(Reads::BOTH, |reads, (before, now)| reads.and(compare(before, now, parts)))
}

fn numbers(before: &str, now: &str) -> Reads {
    match (Number::of(before), Number::of(now)) {
        (Some(before), Some(now)) => Reads { before: now.holds(before), now: before.holds(now) },
        _ => Reads::NEITHER,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Unsigned(u32),
    Signed(u32),
    Float(u32),
}

impl Number {
    fn of(name: &str) -> Option<Self> {
        let bits = match name.get(1..)? {
            // What serde makes of it.
            "size" => 64,
            bits => bits.parse().ok().filter(|bits| [8, 16, 32, 64, 128].contains(bits))?,
        };
        match &name[..1] {
            "u" => Some(Number::Unsigned(bits)),
            "i" => Some(Number::Signed(bits)),
            "f" => Some(Number::Float(bits)),
            _ => None,
        }
    }

    /// Each value of the other.
    const fn holds(self, other: Self) -> bool {
        match (self, other) {
            (Number::Unsigned(bits), Number::Unsigned(of))
            | (Number::Signed(bits), Number::Signed(of))
            | (Number::Float(bits), Number::Float(of)) => bits >= of,
            (Number::Signed(bits), Number::Unsigned(of)) => bits > of,
            _ => false,
        }
    }
}
