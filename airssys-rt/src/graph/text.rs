/// A text made in a constant. What does not fit is left out.
pub(super) struct Text {
    bytes: [u8; Text::ROOM],
    len: usize,
}

impl Text {
    const ROOM: usize = 4096;
    /// For a part that may be long, so that there is room for the others.
    pub(super) const HALF: usize = Text::ROOM / 2;
    pub(super) const EMPTY: Text = Text { bytes: [0; Text::ROOM], len: 0 };

    #[must_use]
    pub(super) const fn put(mut self, text: &str) -> Text {
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

    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// As code.
    #[must_use]
    pub(super) const fn name(self, name: &str) -> Text {
        self.put("`").put(name).put("`")
    }

    #[must_use]
    pub(super) const fn number(self, number: u32) -> Text {
        let text = if number >= 10 { self.number(number / 10) } else { self };
        let digit = [b'0' + (number % 10) as u8];
        match std::str::from_utf8(&digit) {
            Ok(digit) => text.put(digit),
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
