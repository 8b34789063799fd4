//! Reads the transaction file, one row at a time; an invalid row yields [`Malformed`].

use std::fmt;

use crate::money;

const HEADER: [&str; 4] = ["kind", "account", "to", "amount"];

/// Maximum length of a field in bytes. A longer name would not fit in a record of the journal.
const LONGEST_FIELD: usize = 1024;

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
///
/// Every line is a row: a quote that is not closed invalidates its row, not the rest of the file. A line ends with LF, CR LF or
/// CR. No two rows have the same line, because the line is the id of the transaction.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    /// The position of the next line, in bytes.
    position: usize,
    /// The number of lines before it.
    line: u64,
}

impl<'a> Rows<'a> {
    /// Starts reading a file that has been loaded.
    ///
    /// # Errors
    ///
    /// [`WrongHeader`] if the first line that is not empty is not `kind,account,to,amount`.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, WrongHeader> {
        let position = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
        let mut rows = Self { bytes, position, line: 0 };
        let (_, header) = rows.filled_line().unwrap_or_default();
        if fields(header).map(unquoted).eq(HEADER.map(str::as_bytes)) {
            return Ok(rows);
        }
        let shown = &header[..header.len().min(LONGEST_FIELD)];
        Err(WrongHeader { found: String::from_utf8_lossy(shown.trim_ascii()).into_owned() })
    }

    /// Returns the number of lines in the file.
    pub(crate) fn lines(&self) -> usize {
        let mut rest = Rows { bytes: self.bytes, position: 0, line: 0 };
        std::iter::from_fn(|| rest.next_line()).count()
    }

    /// Returns the current position in the file, in bytes.
    pub(crate) fn position(&self) -> u64 {
        self.position as u64
    }

    /// Returns the number of the next line, starting at 1, and its content without the end.
    fn next_line(&mut self) -> Option<(u64, &'a [u8])> {
        let rest = self.bytes.get(self.position..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        let (content, rest) = rest.split_at(length);
        let end = if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
        self.position += length + end;
        self.line += 1;
        Some((self.line, content))
    }

    /// Skips lines of spaces, and returns the next line.
    fn filled_line(&mut self) -> Option<(u64, &'a [u8])> {
        std::iter::from_fn(|| self.next_line()).find(|(_, content)| !content.trim_ascii().is_empty())
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        let (line, content) = self.filled_line()?;
        Some(match transaction(content) {
            Ok(transaction) => Ok(Row { line, transaction }),
            Err(reason) => Err(Malformed { line, reason }),
        })
    }
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn fields(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii)
}

fn transaction(line: &[u8]) -> Result<Transaction, String> {
    // Nothing is allocated for a field before its length is known, nor for more columns than there should be.
    if let Some(field) = fields(line).find(|field| field.len() > LONGEST_FIELD) {
        let shown = String::from_utf8_lossy(&field[..LONGEST_FIELD]);
        return Err(format!("{} has {} bytes, more than {LONGEST_FIELD}", clip(&shown), field.len()));
    }
    let columns = fields(line).count();
    if columns != HEADER.len() {
        return Err(format!("it has {columns} columns instead of {}", HEADER.len()));
    }
    let fields: Result<Vec<&str>, _> = fields(line).map(|field| str::from_utf8(unquoted(field))).collect();
    let fields = fields.map_err(|_| "it is not UTF-8".to_owned())?;
    let [kind, account, to, amount] = fields[..] else { unreachable!("the columns were counted") };
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

    /// The line is the id of a transaction, so two rows never share one.
    #[test]
    fn each_line_end_counts_once() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["kind,account,to,amount", "open,a,,1", "", " ", "open,b,,2", "open,c,,3"].join(end);
            for text in [text.clone(), text.clone() + end] {
                let lines: Vec<_> =
                    rows(&text).into_iter().map(|row| row.expect("it is valid").line).collect();
                assert_eq!(lines, [2, 5, 6], "{end:?}");
                assert_eq!(Rows::of(text.as_bytes()).expect("the header is right").lines(), 6);
            }
        }
        let mixed = "kind,account,to,amount\r\r\nopen,a,,1\n\ropen,b,,2\r\n\nopen,c,,3\r";
        let lines: Vec<_> = rows(mixed).into_iter().map(|row| row.expect("it is valid").line).collect();
        assert_eq!(lines, [3, 5, 7]);
    }

    /// A field of any length is a malformed row, and the rows behind it are read.
    #[test]
    fn a_field_that_is_too_long_is_a_malformed_row() {
        let (fits, long) = ("n".repeat(LONGEST_FIELD), "n".repeat(1 << 20));
        let text =
            format!("kind,account,to,amount\nopen,{fits},,1\nopen,{long},,1\nopen,b,,{long}\nopen,c,,1\n");
        let found = rows(&text);
        let reason = format!("`{}…` has 1048576 bytes, more than 1024", "n".repeat(24));
        assert_eq!(found.len(), 4);
        assert!(found[0].is_ok() && found[3].is_ok());
        assert_eq!(found[1], Err(Malformed { line: 3, reason: reason.clone() }));
        assert_eq!(found[2], Err(Malformed { line: 4, reason }));
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
