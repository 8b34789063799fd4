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

/// Types that serialize as a sequence of values, and read any sequence in its order.
const LISTS: &[&str] = &["LinkedList", "Vec", "VecDeque"];

/// Types that serialize as a sequence of values, and lose duplicates of one that they read.
const SETS: &[&str] = &["BTreeSet", "HashSet"];

/// Types of the standard library that programs write without a path. Their arguments are on the wire.
const USUAL: &[&str] = &[
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Cow",
    "HashMap",
    "HashSet",
    "LinkedList",
    "Option",
    "Rc",
    "Result",
    "String",
    "Vec",
    "VecDeque",
    "bool",
    "char",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

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

#[cfg(any(test, feature = "testkit"))]
impl ParsedType<'_> {
    /// Adds the types inside of this one whose wire format is not known.
    pub(crate) fn opaque(&self, found: &mut Vec<String>) {
        match self {
            ParsedType::Part(_) => {}
            ParsedType::Tuple(types) => types.iter().for_each(|ty| ty.opaque(found)),
            ParsedType::Array(of, size) => {
                of.opaque(found);
                if size.parse::<u64>().is_err() {
                    found.push(format!("length {size}"));
                }
            }
            ParsedType::Named(name, arguments) => {
                let is_known = match (*name, arguments.len()) {
                    ("Option" | "Vec" | "HashSet" | "BinaryHeap", 1) | ("HashMap" | "Result", 2) => true,
                    (name, 0) => {
                        USUAL.contains(&name) && (name == "String" || name.starts_with(char::is_lowercase))
                    }
                    _ => false,
                };
                // The serde implementations of the standard library do not change; what they hold may.
                if !is_known && !name.starts_with("::") {
                    found.push((*name).to_owned());
                }
                arguments.iter().for_each(|ty| ty.opaque(found));
            }
            ParsedType::Other(text) => found.push((*text).to_owned()),
        }
    }
}

/// Returns a path as it is parsed: without the modules of the standard library, if it is that of a usual type. Another path into the
/// standard library begins with `::` instead of the name of its crate, and no other path does.
fn parsed_path(path: &str) -> &str {
    let inside = path.trim_start_matches("::");
    let of_std = ["std", "core", "alloc"].iter().find_map(|root| inside.strip_prefix(root));
    match of_std.filter(|modules| modules.starts_with("::")) {
        Some(modules) => modules.rsplit("::").next().filter(|last| USUAL.contains(last)).unwrap_or(modules),
        None => inside,
    }
}

/// Returns a type as [`std::any::type_name`] writes it, with the usual types of the standard library without their modules.
pub(crate) fn without_std_paths(text: &str) -> String {
    let (mut simple, mut rest) = (String::new(), text);
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !is_path_char(letter)).unwrap_or(rest.len());
        let (path, behind) = rest.split_at(end);
        let path = parsed_path(path);
        simple.push_str(if path.starts_with("::") { "std" } else { "" });
        simple.push_str(path);
        let next = behind.find(is_path_char).unwrap_or(behind.len());
        simple.push_str(&behind[..next]);
        rest = &behind[next..];
    }
    simple
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
    let name = parsed_path(path);
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
        (name, [_]) if LISTS.contains(&name) => Some(ParsedType::Named("Vec", arguments)),
        // The second argument makes hashes, and is not on the wire.
        (name, [_] | [_, _]) if SETS.contains(&name) => {
            arguments.truncate(1);
            Some(ParsedType::Named("HashSet", arguments))
        }
        ("BTreeMap", [_, _]) | ("HashMap", [_, _, _]) => {
            arguments.truncate(2);
            Some(ParsedType::Named("HashMap", arguments))
        }
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

/// Replaces each occurrence of a part in `text` that is a whole type, not a piece of a longer path. What is inserted is not searched
/// again. Of parts that contain each other the longer is replaced.
pub(crate) fn replace(text: &str, parts: &[(&str, String)]) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    let mut before = None;
    while let Some(letter) = rest.chars().next() {
        let is_start = !before.is_some_and(|letter| is_path_char(letter) || letter == '@' || letter == '\'');
        let is_whole = |part: &str| {
            rest.strip_prefix(part).is_some_and(|behind| {
                !behind.starts_with(|letter: char| is_path_char(letter) || letter == '<')
                    || part.ends_with(['>', ')', ']', '}'])
            })
        };
        let found = parts.iter().filter(|(part, _)| is_start && !part.is_empty() && is_whole(part));
        if let Some((part, by)) = found.max_by_key(|(part, _)| part.len()) {
            replaced.push_str(by);
            before = part.chars().next_back();
            rest = &rest[part.len()..];
        } else {
            replaced.push(letter);
            before = Some(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::{ParsedType, replace, without_std_paths};

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
        assert_eq!(replace(text, &[("Money", "@m".to_owned())]), by);
    }

    /// A description is not searched for other parts, and the outer of two types is replaced.
    #[test]
    fn what_is_inserted_is_not_replaced() {
        let parts = [("A", "B".to_owned()), ("B", "A".to_owned()), ("Page<A>", "@page".to_owned())];
        assert_eq!(replace("(A, B, Page<A>, Page<B>)", &parts), "(B, A, @page, Page<A>)");
    }

    #[test]
    fn types_of_which_nothing_is_known_are_opaque() {
        for (written, opaque) in [
            ("Option<Vec<(u8, HashMap<String, bool>)>>", &[][..]),
            ("Result<Money, old::Money>", &["Money", "old::Money"]),
            ("std::time::Duration", &[]),
            ("std::cell::Cell<Money>", &["Money"]),
            ("[Money; N]", &["Money", "length N"]),
            ("Result<u8>", &["Result"]),
            ("Box<dyn Fn()>", &["Box<dyn Fn()>"]),
        ] {
            let mut found = Vec::new();
            ParsedType::parse(written).opaque(&mut found);
            assert_eq!(found, opaque, "{written}");
        }
    }

    #[test]
    fn the_name_of_a_type_has_no_modules_of_std() {
        let name = std::any::type_name::<(Option<String>, std::time::Duration, Vec<u8>)>();
        assert_eq!(without_std_paths(name), "(Option<String>, std::time::Duration, Vec<u8>)");
    }
}
