//! Reads the transaction file, one row at a time; an invalid row yields [`Malformed`].

use std::fmt;

use csv::{ByteRecord, Reader, ReaderBuilder, Trim};

use crate::money;

const HEADER: [&str; 4] = ["kind", "account", "to", "amount"];

/// A valid row. The bank decides whether it can be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) transaction: Transaction,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Transaction {
    Open { account: String, cents: u64 },
    Deposit { account: String, cents: u64 },
    Withdraw { account: String, cents: u64 },
    Transfer { from: String, to: String, cents: u64 },
}

/// An invalid row, with the reason.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub(crate) line: u64,
    pub(crate) reason: String,
}

/// The first line is not the expected header.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WrongHeader {
    found: String,
}

/// The rows of a file, in order.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    reader: Reader<&'a [u8]>,
    record: ByteRecord,
}

impl<'a> Rows<'a> {
    /// Starts reading a file that has been loaded.
    ///
    /// # Errors
    ///
    /// [`WrongHeader`] if the first line is not `kind,account,to,amount`.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, WrongHeader> {
        // Quoting is off, so every line is a row: an unmatched quote invalidates its row, not the rest of the
        // file.
        let mut reader =
            ReaderBuilder::new().flexible(true).quoting(false).trim(Trim::All).from_reader(bytes);
        let found = reader.byte_headers().cloned().unwrap_or_default();
        if found.iter().map(unquoted).eq(HEADER.iter().map(|name| name.as_bytes())) {
            return Ok(Self { bytes, reader, record: ByteRecord::new() });
        }
        let found: Vec<_> = found.iter().map(String::from_utf8_lossy).collect();
        Err(WrongHeader { found: found.join(",") })
    }

    /// Returns the number of lines in the file.
    pub(crate) fn lines(&self) -> usize {
        self.bytes.iter().filter(|byte| **byte == b'\n').count()
    }

    /// Returns the current position in the file, in bytes.
    pub(crate) fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    /// Returns the line of the last record. The reader returns the position where it started to read; blank lines may follow.
    fn line(&self) -> u64 {
        let Some(position) = self.record.position() else { return self.reader.position().line() };
        let start = usize::try_from(position.byte()).unwrap_or(usize::MAX).min(self.bytes.len());
        let blank = self.bytes[start..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        position.line() + blank.filter(|byte| **byte == b'\n').map(|_| 1).sum::<u64>()
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(Malformed { line: self.line(), reason: error.to_string() })),
            }
            // Skips a line of spaces; the reader itself skips empty lines.
            if self.record.len() > 1 || self.record.iter().any(|field| !field.is_empty()) {
                let line = self.line();
                return Some(match transaction(&self.record) {
                    Ok(transaction) => Ok(Row { line, transaction }),
                    Err(reason) => Err(Malformed { line, reason }),
                });
            }
        }
    }
}

fn transaction(record: &ByteRecord) -> Result<Transaction, String> {
    let fields: Result<Vec<&str>, _> = record.iter().map(|field| str::from_utf8(unquoted(field))).collect();
    let fields = fields.map_err(|_| "it is not UTF-8".to_owned())?;
    let [kind, account, to, amount] = fields[..] else {
        return Err(format!("it has {} columns instead of {}", fields.len(), HEADER.len()));
    };
    if let Some(field) = fields.iter().find(|field| field.contains('"')) {
        return Err(format!("there is a quote inside {}", clip(field)));
    }
    if !["open", "deposit", "withdraw", "transfer"].contains(&kind) {
        return Err(format!("the kind {} is unknown", clip(kind)));
    }
    if account.is_empty() {
        return Err("it names no account".to_owned());
    }
    if amount.is_empty() {
        return Err("it names no amount".to_owned());
    }
    let cents = money::parse(amount).map_err(|reason| format!("the amount {} {reason}", clip(amount)))?;
    match (kind, to) {
        ("transfer", "") => return Err("it names no account to transfer to".to_owned()),
        ("transfer", _) | (_, "") => {}
        _ => return Err(format!("only a transfer has a second account, found {}", clip(to))),
    }
    let account = account.to_owned();
    Ok(match kind {
        "open" => Transaction::Open { account, cents },
        "deposit" => Transaction::Deposit { account, cents },
        "withdraw" => Transaction::Withdraw { account, cents },
        _ => Transaction::Transfer { from: account, to: to.to_owned(), cents },
    })
}

/// Removes the quotes from a field that is quoted as a whole.
fn unquoted(field: &[u8]) -> &[u8] {
    match field {
        [b'"', inner @ .., b'"'] => inner.trim_ascii(),
        _ => field,
    }
}

/// Quotes a field for an error message: truncates a long field and escapes control characters.
fn clip(field: &str) -> String {
    const SHOWN: usize = 24;
    let shown = field.chars().take(SHOWN);
    let shown: String = shown.map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    let rest = if field.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("`{shown}{rest}`")
}

impl fmt::Display for WrongHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let expected = HEADER.join(",");
        match self.found.as_str() {
            "" => write!(f, "it is empty; the first line must be `{expected}`"),
            found => write!(f, "the first line must be `{expected}`, found {}", clip(found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Result<Row, Malformed>> {
        Rows::of(text.as_bytes()).expect("the header is right").collect()
    }

    #[test]
    fn line_numbers_count_blank_lines_and_both_line_ends() {
        let text = "\u{feff}kind,account,to,amount\n\n\nopen,a,,1\r\n\r\ndeposit,\"a,,2\n\
                    deposit,a,,3\n \n\nwithdraw,a,,4";
        let lines: Vec<_> = rows(text)
            .into_iter()
            .map(|row| match row {
                Ok(row) => (row.line, true),
                Err(row) => (row.line, false),
            })
            .collect();
        assert_eq!(lines, [(4, true), (6, false), (7, true), (10, true)]);
    }

    #[test]
    fn a_malformed_row_has_a_reason() {
        for (row, reason) in [
            ("deposit,a,5", "it has 3 columns instead of 4"),
            ("deposit,a,,5,", "it has 5 columns instead of 4"),
            ("lend,a,,5", "the kind `lend` is unknown"),
            ("deposit,,,5", "it names no account"),
            ("deposit,a,,-5", "the amount `-5` is negative"),
            ("deposit,a,,", "it names no amount"),
            ("deposit,a,b,5", "only a transfer has a second account, found `b`"),
            ("transfer,a,,5", "it names no account to transfer to"),
            ("deposit,\"a,,5", "there is a quote inside `\"a`"),
        ] {
            let expected = Malformed { line: 2, reason: reason.to_owned() };
            assert_eq!(rows(&format!("kind,account,to,amount\n{row}\n")), [Err(expected)], "{row}");
        }
    }

    #[test]
    fn fields_may_have_quotes_and_spaces() {
        let transaction = Transaction::Transfer { from: "a".into(), to: "b".into(), cents: 123 };
        let text = "\"kind\", account ,to,amount\n transfer,\"a\", b ,\"1.23\"\n";
        assert_eq!(rows(text), [Ok(Row { line: 2, transaction })]);
    }

    #[test]
    fn a_wrong_first_line_is_an_error() {
        let error = |text: &[u8]| Rows::of(text).expect_err("the header is wrong").to_string();
        assert!(error(b"").starts_with("it is empty"));
        assert!(error(b"a,b\n1,2\n").contains("found `a,b`"));
        assert!(error(b"\x7fELF\x00\xff").contains("the first line must be"));
    }
}
