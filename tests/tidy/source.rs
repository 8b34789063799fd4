//! The source files of the repository: their paths, their text, and the text without comments and tests.

use proc_macro2::{Delimiter, TokenTree};
use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::{Attribute, Item, Meta};

/// One Rust file.
pub(crate) struct Source {
    path: PathBuf,
    text: String,
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The files of the library.
pub(crate) fn library() -> Vec<Source> {
    sources(&root().join("airssys-rt/src"))
}

/// The files of the macro crate.
pub(crate) fn macros() -> Vec<Source> {
    sources(&root().join("airssys-rt-macros/src"))
}

/// All Rust files below `folder`, except compile-fail cases and snapshots.
pub(crate) fn sources(folder: &Path) -> Vec<Source> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let skipped = ["target", "fail", "snapshots"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !skipped {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source { path, text });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

impl Source {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The path from the root of the repository.
    pub(crate) fn relative_to_root(&self) -> String {
        self.path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned()
    }

    /// The path from the `src` of its crate.
    pub(crate) fn relative(&self) -> String {
        let path = self.relative_to_root();
        path.split_once("/src/").map_or(path.clone(), |(_, inside)| inside.to_owned())
    }

    pub(crate) fn is_mod_file(&self) -> bool {
        self.path.ends_with("mod.rs")
    }

    /// Whether a folder of the same name lies beside it.
    pub(crate) fn has_folder(&self) -> bool {
        self.path.with_extension("").is_dir()
    }

    /// The items, without those for tests.
    pub(crate) fn items(&self) -> Vec<Item> {
        let file = syn::parse_file(&self.text).unwrap();
        file.items.into_iter().filter(|item| !is_test(attributes(item))).collect()
    }

    /// Whether it holds anything besides modules and `use`.
    pub(crate) fn has_code(&self) -> bool {
        self.items().iter().any(|item| {
            !matches!(item, Item::Mod(item) if item.content.is_none()) && !matches!(item, Item::Use(_))
        })
    }

    /// For a search of words: the tokens of the items without tests, with one space between two tokens that need one.
    pub(crate) fn text_without_comments_and_tests(&self) -> String {
        let lines = self.text.lines().map(|line| line.split("//").next().unwrap_or_default());
        let text = lines.collect::<Vec<_>>().join("\n");
        let mut kept = text.clone();
        // Each test item is cut by its position.
        for item in syn::parse_file(&self.text).unwrap().items {
            if is_test(attributes(&item)) {
                let (start, end) = lines_of(&item);
                let cut = |(number, line): (usize, &str)| {
                    if (start..=end).contains(&(number + 1)) { String::new() } else { line.to_owned() }
                };
                kept = kept.lines().enumerate().map(cut).collect::<Vec<_>>().join("\n");
            }
        }
        kept
    }
}

fn lines_of(item: &Item) -> (usize, usize) {
    use syn::spanned::Spanned;
    let span = item.span();
    (span.start().line, span.end().line)
}

/// Whether the item is compiled for tests only: `#[cfg(test)]` and every `cfg` that requires it.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => requires_test(list.tokens.clone().into_iter()),
        _ => false,
    })
}

/// `test`, or `all(.., test, ..)`.
fn requires_test(tokens: impl Iterator<Item = TokenTree>) -> bool {
    let tokens: Vec<_> = tokens.collect();
    match tokens.as_slice() {
        [TokenTree::Ident(ident)] => ident == "test",
        [TokenTree::Ident(ident), TokenTree::Group(group)] if ident == "all" => {
            assert_eq!(group.delimiter(), Delimiter::Parenthesis);
            let parts: Vec<_> = group.stream().into_iter().collect();
            parts
                .split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
                .any(|part| requires_test(part.iter().cloned()))
        }
        _ => false,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
