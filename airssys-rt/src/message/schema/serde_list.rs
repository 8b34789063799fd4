//! `SerdeList`: the serde attributes of a schema, which it keeps as text.

/// A list of serde attributes: `tag = "kind", content = "of"`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SerdeList<'a>(pub(crate) &'a str);

impl<'a> SerdeList<'a> {
    /// Returns the attributes.
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (first, behind) = rest.split_at(end_of_first(rest));
            rest = behind.trim_start_matches([',', ' ']);
            Some(first)
        })
    }

    /// Returns whether there is an attribute of this name, with or without a value.
    pub(crate) fn has(self, name: &str) -> bool {
        self.iter().any(|attribute| name_of(attribute) == name)
    }

    /// Returns the text of an attribute with a value: `tag = "kind"`.
    pub(crate) fn value(self, name: &str) -> Option<&'a str> {
        let attribute = self.iter().find(|attribute| name_of(attribute) == name)?;
        let value = attribute.split_once(" = ")?.1;
        Some(value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value))
    }

    /// Returns the attributes that are none of these.
    pub(crate) fn without(self, names: &[&str]) -> Vec<&'a str> {
        self.iter().filter(|attribute| !names.contains(&name_of(attribute))).collect()
    }
}

#[cfg(any(test, feature = "testkit"))]
impl<'a> SerdeList<'a> {
    /// Returns the text inside of an attribute with arguments: `rename(deserialize = "b")`.
    pub(crate) fn inside(self, name: &str) -> Option<SerdeList<'a>> {
        let attribute = self.iter().find(|attribute| name_of(attribute) == name)?;
        attribute[name.len()..].strip_prefix('(')?.strip_suffix(')').map(SerdeList)
    }
}

fn name_of(attribute: &str) -> &str {
    attribute.split([' ', '(']).next().unwrap_or(attribute)
}

/// Returns the place of the first comma that is in no text and no parentheses.
fn end_of_first(list: &str) -> usize {
    let (mut depth, mut is_text, mut is_escaped) = (0_u32, false, false);
    for (at, letter) in list.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            '(' | '[' if !is_text => depth += 1,
            ')' | ']' if !is_text => depth = depth.saturating_sub(1),
            ',' if !is_text && depth == 0 => return at,
            _ => {}
        }
    }
    list.len()
}

#[cfg(test)]
mod tests {
    use super::SerdeList;

    #[test]
    fn a_list_is_split_outside_of_texts_and_parentheses() {
        let list = SerdeList(r#"tag = "a, \"b", rename(serialize = "a", deserialize = "b"), flatten"#);
        let attributes: Vec<_> = list.iter().collect();
        assert_eq!(
            attributes,
            [r#"tag = "a, \"b""#, r#"rename(serialize = "a", deserialize = "b")"#, "flatten"]
        );
        assert!(list.has("tag") && list.has("rename") && list.has("flatten") && !list.has("serialize"));
        assert_eq!(list.inside("rename").unwrap().value("deserialize"), Some("b"));
        assert_eq!(list.without(&["tag", "rename"]), ["flatten"]);
        assert_eq!(SerdeList("").iter().count(), 0);
    }
}
