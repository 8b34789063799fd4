//! Two messages of one system that go by one name, found when the system is compiled. For generated code.

use crate::message::Named;

/// Two that are not the same, and the list in which the second stands.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Twins {
    first: Named,
    second: Named,
    list: usize,
}

/// How many names there are, and as much again: the size of the table for [`twins`].
#[doc(hidden)]
#[must_use]
pub const fn room(lists: &[&[Named]]) -> usize {
    let (mut count, mut list) = (0, 0);
    while list < lists.len() {
        count += lists[list].len();
        list += 1;
    }
    2 * count + 1
}

/// Looks each name up once, in a table of [`room`] slots: rustc refuses constants that take long.
#[doc(hidden)]
#[must_use]
pub const fn twins<const ROOM: usize>(lists: &[&[Named]]) -> Option<Twins> {
    let mut table: [Option<Named>; ROOM] = [None; ROOM];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let second = lists[list][at];
            let mut slot = (second.hash % ROOM as u64) as usize;
            while let Some(first) = table[slot] {
                if first.hash == second.hash && first.id != second.id && is_same(first.name, second.name) {
                    return Some(Twins { first, second, list });
                }
                if first.id == second.id {
                    break;
                }
                slot = (slot + 1) % ROOM;
            }
            table[slot] = Some(second);
            at += 1;
        }
        list += 1;
    }
    None
}

/// Reports the twins at the list in which the second stands.
///
/// # Panics
///
/// Then; in a constant, that is a compile error.
#[doc(hidden)]
#[track_caller]
pub const fn check(twins: Option<Twins>, list: usize) {
    if let Some(twins) = twins
        && twins.list == list
    {
        let text = twins.text();
        panic!("{}", text.as_str());
    }
}

impl Twins {
    const fn text(&self) -> Text {
        let Twins { first, second, .. } = self;
        Text::EMPTY
            .one(first, second)
            .put(" and ")
            .one(second, first)
            .put(" have the same wire name")
            .put(if is_same(first.name, first.origin.path) { "" } else { " `" })
            .put(if is_same(first.name, first.origin.path) { "" } else { first.name })
            .put(if is_same(first.name, first.origin.path) { "" } else { "`" })
            .put("; give one another: `#[message(name = \"..\")]`")
    }
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A text made in a constant. What does not fit is left out.
struct Text {
    bytes: [u8; Text::ROOM],
    len: usize,
}

impl Text {
    const ROOM: usize = 1024;
    const EMPTY: Text = Text { bytes: [0; Text::ROOM], len: 0 };

    const fn put(mut self, text: &str) -> Text {
        let bytes = text.as_bytes();
        if self.len + bytes.len() <= Text::ROOM {
            let mut at = 0;
            while at < bytes.len() {
                self.bytes[self.len] = bytes[at];
                self.len += 1;
                at += 1;
            }
        }
        self
    }

    /// The path of a message, with its line if the other has the same path.
    const fn one(self, of: &Named, other: &Named) -> Text {
        let text = self.put("`").put(of.origin.path).put("`");
        if is_same(of.origin.path, other.origin.path) {
            text.put(" (line ").number(of.origin.line).put(")")
        } else {
            text
        }
    }

    const fn number(self, number: u32) -> Text {
        let text = if number >= 10 { self.number(number / 10) } else { self };
        let digit = [b'0' + (number % 10) as u8];
        match std::str::from_utf8(&digit) {
            Ok(digit) => text.put(digit),
            Err(_) => text,
        }
    }

    const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "two messages have the same wire name",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, room, twins};
    use crate::message::Origin;

    /// As many as no system has, each with a name of its own and twice in the list.
    static MANY: [Named; 10_000] = {
        let origin = Origin { path: "a", line: 0, column: 0 };
        let mut many = [Named { name: "a", origin, hash: 0, id: 0 }; 10_000];
        let mut at = 0;
        while at < many.len() {
            many[at].hash = (at as u64 / 2).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            many[at].id = at as u64 / 2;
            at += 1;
        }
        many
    };

    #[test]
    fn many_names_are_looked_up_in_a_constant() {
        const { assert!(twins::<{ room(&[&MANY]) }>(&[&MANY]).is_none()) }
    }

    #[test]
    fn two_messages_of_one_name_are_told_from_one_message_listed_twice() {
        let named = |path, line, id| Named {
            name: "bank.Ping",
            origin: Origin { path, line, column: 1 },
            hash: 7,
            id,
        };
        let (first, second, third) =
            (named("a::Ping", 12, 1), named("b::Ping", 305, 2), named("a::Ping", 9, 3));
        assert!(twins::<5>(&[&[first], &[first]]).is_none());
        let found = twins::<5>(&[&[first], &[second]]).map(|twins| twins.text().as_str().to_owned());
        let said = "`a::Ping` and `b::Ping` have the same wire name `bank.Ping`; \
                    give one another: `#[message(name = \"..\")]`";
        assert_eq!(found.as_deref(), Some(said));
        let found = twins::<5>(&[&[first, third]]).map(|twins| twins.text().as_str().to_owned());
        let said = "`a::Ping` (line 12) and `a::Ping` (line 9) have the same wire name `bank.Ping`; \
                    give one another: `#[message(name = \"..\")]`";
        assert_eq!(found.as_deref(), Some(said));
    }
}
