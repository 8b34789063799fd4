//! The cases of `ui-tests`, expanded without rustc: the errors of the attributes are those that rustc reports for the case.
//!
//! The folder is not part of the published crate: without it there are no cases.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::{
    fs,
    path::{Path, PathBuf},
};
use syn::{
    Attribute, Item, LitStr, Meta,
    visit::{Visit, visit_item},
};

use crate::message::MessageKind;

type Expand = fn(TokenStream, TokenStream) -> TokenStream;

const ATTRIBUTES: [(&str, Expand); 5] = [
    ("message", |args, item| crate::message::expand(MessageKind::Message, args, item)),
    ("event", |args, item| crate::message::expand(MessageKind::Event, args, item)),
    ("actor", crate::actor::expand),
    ("actor_system", crate::system::expand),
    ("actor_list", crate::list::expand),
];

/// The mistake is that the attribute is not imported, so rustc does not expand it.
const NOT_EXPANDED: &str = "actor/not_imported.rs";

/// All Rust files below a folder.
fn files(folder: &str) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("the folder can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// What the attributes of a file expand to.
#[derive(Default)]
struct Expansions(TokenStream);

impl Visit<'_> for Expansions {
    fn visit_item(&mut self, item: &Item) {
        let mut item = item.clone();
        if let Some((expand, attribute)) = take_attribute(&mut item) {
            let args = match attribute.meta {
                Meta::List(list) => list.tokens,
                _ => TokenStream::new(),
            };
            self.0.extend(expand(args, item.to_token_stream()));
        }
        visit_item(self, &item);
    }
}

/// Takes the first attribute of this crate off an item.
fn take_attribute(item: &mut Item) -> Option<(Expand, Attribute)> {
    let attributes = match item {
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        Item::Union(item) => &mut item.attrs,
        Item::Impl(item) => &mut item.attrs,
        Item::Fn(item) => &mut item.attrs,
        Item::Trait(item) => &mut item.attrs,
        Item::Mod(item) => &mut item.attrs,
        _ => return None,
    };
    let expand = |attribute: &Attribute| {
        let name = &attribute.path().segments.last()?.ident;
        ATTRIBUTES.iter().find(|(attribute, _)| name == attribute).map(|(_, expand)| *expand)
    };
    let at = attributes.iter().position(|attribute| expand(attribute).is_some())?;
    let attribute = attributes.remove(at);
    Some((expand(&attribute)?, attribute))
}

/// The texts of all `compile_error!` in the tokens.
fn errors(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before = [String::new(), String::new()];
    for tree in tokens {
        if let TokenTree::Group(group) = &tree {
            match syn::parse2::<LitStr>(group.stream()) {
                Ok(text) if before == ["compile_error", "!"] => found.push(text.value()),
                _ => errors(group.stream(), found),
            }
        }
        before = [std::mem::take(&mut before[1]), tree.to_string()];
    }
}

/// The errors that the attributes of a file report.
fn errors_of(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).expect("the file can be read");
    let mut found = Vec::new();
    if let Ok(file) = syn::parse_file(&text) {
        let mut expansions = Expansions::default();
        expansions.visit_file(&file);
        errors(expansions.0, &mut found);
    }
    found
}

#[test]
fn each_error_of_an_attribute_is_in_the_output_of_rustc() {
    let mut missing = Vec::new();
    for file in files("../ui-tests/fail").into_iter().filter(|file| !file.ends_with(NOT_EXPANDED)) {
        let output = fs::read_to_string(file.with_extension("stderr")).expect("each case has its output");
        for error in errors_of(&file) {
            let first = error.lines().next().unwrap_or_default();
            if !output.contains(first) {
                missing.push(format!("{}: {error}", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn a_correct_program_has_no_error() {
    for folder in ["../ui-tests/pass", "../ui-tests/checked", "../examples", "../tests"] {
        for file in files(folder) {
            assert_eq!(errors_of(&file), Vec::<String>::new(), "{}", file.display());
        }
    }
}
