//! A text that is built in a constant: the message of a compile error about the graph.

/// A text that is built in a constant. A part that does not fit is left out.
pub(super) struct Text {
    bytes: [u8; Text::CAPACITY],
    len: usize,
}

impl Text {
    const CAPACITY: usize = 4096;
    /// The limit for a part that may be long, so that the other parts fit as well.
    pub(super) const HALF: usize = Text::CAPACITY / 2;
    pub(super) const EMPTY: Text = Text { bytes: [0; Text::CAPACITY], len: 0 };

    #[must_use]
    pub(super) const fn push(mut self, text: &str) -> Text {
        let bytes = text.as_bytes();
        if self.len + bytes.len() <= Text::CAPACITY {
            let mut at = 0;
            while at < bytes.len() {
                self.bytes[self.len] = bytes[at];
                self.len += 1;
                at += 1;
            }
        }
        self
    }

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Appends `code` between backticks.
    #[must_use]
    pub(super) const fn push_code(self, code: &str) -> Text {
        self.push("`").push(code).push("`")
    }

    #[must_use]
    pub(super) const fn push_number(self, number: u32) -> Text {
        let text = if number >= 10 { self.push_number(number / 10) } else { self };
        let digit = [b'0' + (number % 10) as u8];
        match std::str::from_utf8(&digit) {
            Ok(digit) => text.push(digit),
            Err(_) => text,
        }
    }

    pub(super) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "the text of this error is not UTF-8",
        }
    }
}
