//! The rules of serde's `rename_all`.

/// Names of children of a type or a variant: as they are written, and as they are read.
#[derive(Clone, Default)]
pub(crate) struct RenameRules {
    pub(crate) written: Option<String>,
    pub(crate) read: Option<String>,
}

impl RenameRules {
    /// These rules, or where they are missing the others.
    pub(crate) fn or(&self, other: &Self) -> Self {
        Self {
            written: self.written.clone().or_else(|| other.written.clone()),
            read: self.read.clone().or_else(|| other.read.clone()),
        }
    }
}

/// What is renamed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renamed {
    Field,
    Variant,
}

impl Renamed {
    /// Applies a rule to the name in the program. serde reports an unknown rule.
    pub(crate) fn apply(self, rule: Option<&str>, name: &str) -> String {
        let snake = || match self {
            Self::Field => name.to_owned(),
            Self::Variant => snake(name),
        };
        let pascal = || match self {
            Self::Field => pascal(name),
            Self::Variant => name.to_owned(),
        };
        match (rule, self) {
            (Some("lowercase"), Self::Variant) => name.to_ascii_lowercase(),
            (Some("UPPERCASE"), _) => name.to_ascii_uppercase(),
            (Some("PascalCase"), _) => pascal(),
            (Some("camelCase"), _) => first_lower(&pascal()),
            (Some("snake_case"), _) => snake(),
            (Some("SCREAMING_SNAKE_CASE"), _) => snake().to_ascii_uppercase(),
            (Some("kebab-case"), _) => snake().replace('_', "-"),
            (Some("SCREAMING-KEBAB-CASE"), _) => snake().to_ascii_uppercase().replace('_', "-"),
            _ => name.to_owned(),
        }
    }
}

fn first_lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
}

fn pascal(field: &str) -> String {
    field.split('_').flat_map(first_upper).collect()
}

fn first_upper(word: &str) -> impl Iterator<Item = char> {
    word.chars().enumerate().map(|(at, letter)| if at == 0 { letter.to_ascii_uppercase() } else { letter })
}

fn snake(variant: &str) -> String {
    let mut snake = String::new();
    for (at, letter) in variant.char_indices() {
        if at > 0 && letter.is_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::Renamed;

    /// The names that serde gives.
    #[test]
    fn each_rule_renames_as_serde_does() {
        for (rule, field, variant) in [
            ("lowercase", "very_tasty", "verytasty"),
            ("UPPERCASE", "VERY_TASTY", "VERYTASTY"),
            ("PascalCase", "VeryTasty", "VeryTasty"),
            ("camelCase", "veryTasty", "veryTasty"),
            ("snake_case", "very_tasty", "very_tasty"),
            ("SCREAMING_SNAKE_CASE", "VERY_TASTY", "VERY_TASTY"),
            ("kebab-case", "very-tasty", "very-tasty"),
            ("SCREAMING-KEBAB-CASE", "VERY-TASTY", "VERY-TASTY"),
        ] {
            assert_eq!(Renamed::Field.apply(Some(rule), "very_tasty"), field, "{rule}");
            assert_eq!(Renamed::Variant.apply(Some(rule), "VeryTasty"), variant, "{rule}");
        }
        assert_eq!(Renamed::Field.apply(Some("camelCase"), "a_1b"), "a1b");
        assert_eq!(Renamed::Variant.apply(None, "VeryTasty"), "VeryTasty");
    }
}
