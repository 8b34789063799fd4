//! Parses the text of a type in a schema, as far as differences show on the wire.

/// A type as serde serializes it: a `Box` is its content, a `str` is a `String`, and a `HashSet` is a `Vec`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParsedType<'a> {
    /// A path with its arguments: `u64`, `Option<Money>`, `money::Cents`.
    Named(&'a str, Vec<ParsedType<'a>>),
    /// A message or an event by name: `@bank::Money`.
    Part(&'a str),
    Tuple(Vec<ParsedType<'a>>),
    Array(Box<ParsedType<'a>>, &'a str),
    /// Any other type, as it is written.
    Other(&'a str),
}

/// Types that serialize as the one value they hold.
const TRANSPARENT: &[&str] = &["Arc", "Box", "Cow", "Rc"];

/// Types that serialize as a sequence of values.
const SEQUENCES: &[&str] = &["BTreeSet", "BinaryHeap", "HashSet", "LinkedList", "Vec", "VecDeque"];

impl<'a> ParsedType<'a> {
    /// Parses `text`. Text that is no known form becomes [`ParsedType::Other`].
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut rest = text;
        match parse(&mut rest) {
            Some(ty) if rest.trim().is_empty() => ty,
            _ => ParsedType::Other(text),
        }
    }

    /// Returns the argument of an `Option`.
    pub(crate) fn optional(&self) -> Option<&ParsedType<'a>> {
        match self {
            ParsedType::Named("Option", arguments) => arguments.first(),
            _ => None,
        }
    }
}

fn parse<'a>(rest: &mut &'a str) -> Option<ParsedType<'a>> {
    *rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('(') {
        *rest = inside;
        let mut types = list(rest, ')')?;
        let with_comma = inside[..inside.len() - rest.len()].ends_with(",)");
        return Some(if types.len() == 1 && !with_comma {
            types.remove(0)
        } else {
            ParsedType::Tuple(types)
        });
    }
    if let Some(inside) = rest.strip_prefix('[') {
        *rest = inside;
        return array(rest);
    }
    if let Some(name) = rest.strip_prefix('@') {
        *rest = name;
        return part(rest);
    }
    if let Some(behind) = rest.strip_prefix('&') {
        *rest = behind.trim_start();
        lifetime(rest);
        return parse(rest);
    }
    named(rest)
}

fn array<'a>(rest: &mut &'a str) -> Option<ParsedType<'a>> {
    let of = parse(rest)?;
    let end = rest.find(']')?;
    let (size, behind) = (&rest[..end], &rest[end + 1..]);
    *rest = behind;
    Some(match size.strip_prefix(';') {
        Some(size) => ParsedType::Array(Box::new(of), size.trim()),
        None => ParsedType::Named("Vec", vec![of]),
    })
}

fn part<'a>(rest: &mut &'a str) -> Option<ParsedType<'a>> {
    let quoted = rest.strip_prefix('"').and_then(|inside| inside.find('"'));
    let end = match quoted {
        Some(end) => end + 2,
        None => rest.find([',', '>', ')', ']', ';', ' ']).unwrap_or(rest.len()),
    };
    let (name, behind) = rest.split_at(end);
    *rest = behind;
    (!name.is_empty()).then_some(ParsedType::Part(name))
}

fn named<'a>(rest: &mut &'a str) -> Option<ParsedType<'a>> {
    let end = rest.find(|letter: char| !is_path_char(letter)).unwrap_or(rest.len());
    let (path, behind) = rest.split_at(end);
    // A path into the standard library means the same as the bare name.
    let of_std =
        ["std::", "core::", "alloc::"].iter().any(|root| path.trim_start_matches("::").starts_with(root));
    let name = if of_std { path.rsplit("::").next()? } else { path };
    *rest = behind;
    let mut arguments = Vec::new();
    if let Some(inside) = rest.strip_prefix('<') {
        *rest = inside;
        arguments = list(rest, '>')?;
        if rest.starts_with("::") {
            return None;
        }
    }
    match (name, arguments.as_slice()) {
        ("" | "dyn" | "impl" | "fn" | "for", _) => None,
        ("str", []) => Some(ParsedType::Named("String", arguments)),
        (name, [_]) if TRANSPARENT.contains(&name) => arguments.pop(),
        (name, [_]) if SEQUENCES.contains(&name) => Some(ParsedType::Named("Vec", arguments)),
        ("BTreeMap", [_, _]) => Some(ParsedType::Named("HashMap", arguments)),
        _ => Some(ParsedType::Named(name, arguments)),
    }
}

/// Parses comma-separated types up to `end`. Lifetimes are skipped, because they are not on a wire.
fn list<'a>(rest: &mut &'a str, end: char) -> Option<Vec<ParsedType<'a>>> {
    let mut found = Vec::new();
    loop {
        *rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix(end) {
            *rest = behind;
            return Some(found);
        }
        if !lifetime(rest) {
            found.push(parse(rest)?);
        }
        *rest = rest.trim_start();
        match rest.strip_prefix(',') {
            Some(behind) => *rest = behind,
            None if rest.starts_with(end) => {}
            None => return None,
        }
    }
}

fn lifetime(rest: &mut &str) -> bool {
    let Some(name) = rest.strip_prefix('\'') else { return false };
    let end = name.find(|letter: char| !is_path_char(letter)).unwrap_or(name.len());
    *rest = name[end..].trim_start();
    true
}

fn is_path_char(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == ':'
}

/// Replaces each occurrence of `part` in `text` that is a whole type, not a piece of a longer path.
pub(crate) fn replace(text: &str, part: &str, by: &str) -> String {
    let mut replaced = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices(part) {
        let before = text[..at].chars().next_back();
        let behind = text[at + part.len()..].chars().next();
        let is_whole = !before.is_some_and(|letter| is_path_char(letter) || letter == '@' || letter == '\'')
            && !behind.is_some_and(|letter| is_path_char(letter) || letter == '<');
        if is_whole && at >= from {
            replaced.push_str(&text[from..at]);
            replaced.push_str(by);
            from = at + part.len();
        }
    }
    replaced.push_str(&text[from..]);
    replaced
}

#[cfg(test)]
mod tests {
    use super::{ParsedType, replace};

    fn named<'a>(name: &'a str, arguments: &[ParsedType<'a>]) -> ParsedType<'a> {
        ParsedType::Named(name, arguments.to_vec())
    }

    #[test]
    fn a_type_is_parsed() {
        let number = named("u64", &[]);
        let text = named("String", &[]);
        for (written, read) in [
            ("u64", number.clone()),
            ("std::vec::Vec<u64>", named("Vec", std::slice::from_ref(&number))),
            ("Box<[u64]>", named("Vec", std::slice::from_ref(&number))),
            ("[u64; 4]", ParsedType::Array(Box::new(number.clone()), "4")),
            ("Cow<'static, str>", text.clone()),
            ("&'static str", text.clone()),
            ("()", ParsedType::Tuple(vec![])),
            ("(u64)", number.clone()),
            ("(u64,)", ParsedType::Tuple(vec![number.clone()])),
            ("(u64, String,)", ParsedType::Tuple(vec![number.clone(), text.clone()])),
            ("HashMap<String, Vec<u64>>", named("HashMap", &[text, named("Vec", &[number])])),
            ("Option<@bank::Money>", named("Option", &[ParsedType::Part("bank::Money")])),
            ("@\"a b\"", ParsedType::Part("\"a b\"")),
            ("money::Cents", named("money::Cents", &[])),
            ("fn(u8) -> u8", ParsedType::Other("fn(u8) -> u8")),
            ("<T as Iterator>::Item", ParsedType::Other("<T as Iterator>::Item")),
            ("Vec<u8", ParsedType::Other("Vec<u8")),
            ("", ParsedType::Other("")),
        ] {
            assert_eq!(ParsedType::parse(written), read, "{written}");
        }
    }

    #[test]
    fn a_part_is_replaced_where_it_is_a_whole_type() {
        let text = "Map<Money, (Money, OldMoney, old::Money, Money<u8>, Money::Of)>";
        let by = "Map<@m, (@m, OldMoney, old::Money, Money<u8>, Money::Of)>";
        assert_eq!(replace(text, "Money", "@m"), by);
    }
}
