//! Amounts: integer cents internally, decimal numbers in text. No floating point.

/// Reads a decimal number such as `12`, `12.3` or `12.34` as cents.
///
/// # Errors
///
/// Returns the reason why the number is invalid. A sign, a third decimal and more than `u64::MAX` cents are invalid.
pub(crate) fn parse(text: &str) -> Result<u64, &'static str> {
    if text.starts_with('-') {
        return Err("is negative");
    }
    let (whole, decimals) = match text.split_once('.') {
        Some((_, "")) => return Err("ends in a point"),
        Some((whole, decimals)) => (whole, decimals),
        None => (text, ""),
    };
    if whole.is_empty() || !(whole.bytes().chain(decimals.bytes())).all(|byte| byte.is_ascii_digit()) {
        return Err("is not a number");
    }
    if decimals.len() > 2 {
        return Err("has more than two decimals");
    }
    // `12.3` means 12 and 30 cents: the missing decimal is a zero on the right.
    let cents =
        decimals.bytes().chain(*b"00").take(2).fold(0, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let units: u64 = whole.parse().map_err(|_| "is too large")?;
    units.checked_mul(100).and_then(|units| units.checked_add(cents)).ok_or("is too large")
}

/// Formats cents as a decimal number with thousands separators: `1,234.56`.
pub(crate) fn show(cents: u128) -> String {
    format!("{}.{:02}", thousands(cents / 100), cents % 100)
}

/// Formats an integer with thousands separators: `100,000`.
pub(crate) fn thousands(number: u128) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_parsed_to_the_cent() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("12", Ok(1200)),
            ("12.3", Ok(1230)),
            ("12.34", Ok(1234)),
            ("007.05", Ok(705)),
            ("184467440737095516.15", Ok(u64::MAX)),
            ("184467440737095516.16", Err("is too large")),
            ("99999999999999999999", Err("is too large")),
            ("", Err("is not a number")),
            ("-5.00", Err("is negative")),
            ("+5.00", Err("is not a number")),
            ("5.", Err("ends in a point")),
            (".50", Err("is not a number")),
            ("1e3", Err("is not a number")),
            ("1.2.3", Err("is not a number")),
            ("NaN", Err("is not a number")),
            ("1.234", Err("has more than two decimals")),
            ("٣", Err("is not a number")),
        ] {
            assert_eq!(parse(text), expected, "{text:?}");
        }
    }

    #[test]
    fn amounts_are_formatted_with_thousands_separators() {
        assert_eq!(show(5), "0.05");
        assert_eq!(show(123_456), "1,234.56");
        assert_eq!(show(u128::from(u64::MAX)), "184,467,440,737,095,516.15");
        assert_eq!(thousands(100_000), "100,000");
    }
}
