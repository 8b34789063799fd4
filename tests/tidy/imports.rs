//! The imports of each file of the library, resolved to the file that defines the imported name.

use crate::source::Source;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};
use syn::{Item, UseTree, Visibility};

type Path = Vec<String>;

/// A file, by its path in `src`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct File(String);

/// A path from the root of the crate that a file names.
pub(crate) struct Import {
    names: Path,
}

pub(crate) struct Imports {
    files: BTreeMap<File, Vec<Import>>,
    /// The file of each module.
    modules: BTreeMap<Path, File>,
    /// Of each module: the names it re-exports, and where they come from.
    exports: BTreeMap<Path, BTreeMap<String, Path>>,
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl File {
    /// The module that the file is.
    fn module(&self) -> Path {
        let mut path: Path = self.0.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|name| name == "mod" || name == "lib") {
            path.pop();
        }
        path
    }

    pub(crate) fn top_module(&self) -> &str {
        self.0.split(['/', '.']).next().unwrap()
    }

    /// The room, for a file inside of `actor`.
    pub(crate) fn room(&self) -> Option<&str> {
        let inside = self.0.strip_prefix("actor/")?;
        inside.split_once('/').map(|(room, _)| room)
    }
}

impl Import {
    pub(crate) fn path(&self) -> String {
        self.names.join("::")
    }

    pub(crate) fn top_module(&self) -> &str {
        &self.names[0]
    }

    pub(crate) fn room(&self) -> Option<&str> {
        let room = self.names.get(1)?;
        room.starts_with(char::is_lowercase).then_some(room)
    }

    pub(crate) fn name(&self) -> &str {
        self.names.last().unwrap()
    }
}

impl Imports {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let mut imports =
            Imports { files: BTreeMap::new(), modules: BTreeMap::new(), exports: BTreeMap::new() };
        // A module that is compiled for tests only is not declared outside of them.
        let mut tests = BTreeSet::new();
        for source in sources {
            let module = File(source.relative()).module();
            let kept: BTreeSet<_> = source.items().iter().filter_map(declared).collect();
            for item in syn::parse_file(source.text()).unwrap().items.iter().filter_map(declared) {
                if !kept.contains(&item) {
                    tests.insert([module.clone(), vec![item]].concat());
                }
            }
        }
        let all: BTreeSet<_> = sources.iter().map(|source| File(source.relative()).module()).collect();
        for source in sources {
            let file = File(source.relative());
            let module = file.module();
            if tests.iter().any(|test| module.starts_with(test)) || file.0 == "lib.rs" {
                continue;
            }
            let (mut found, mut exports) = (Vec::new(), BTreeMap::new());
            let items = source.items();
            // `rt/shuttle.rs` stands in for `rt/mod.rs` under a cfg: what it declares lies elsewhere.
            let lies_below =
                |child: &String| all.contains(&[&module[..], std::slice::from_ref(child)].concat());
            let children: BTreeSet<_> = items.iter().filter_map(declared).filter(lies_below).collect();
            for item in &items {
                collect(item, &module, &children, &mut found, &mut exports);
            }
            imports.modules.insert(module.clone(), file.clone());
            imports.exports.insert(module, exports);
            imports.files.insert(file, found.into_iter().map(|names| Import { names }).collect());
        }
        imports.keep_modules();
        assert!(imports.files.len() > 100, "only {} files were found", imports.files.len());
        imports
    }

    /// Names that are no path into the crate are dropped: `crate::Fault` in a macro, for example.
    fn keep_modules(&mut self) {
        let modules = &self.modules;
        for imports in self.files.values_mut() {
            imports.retain(|import| modules.contains_key(&import.names[..1]));
        }
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.files.keys()
    }

    pub(crate) fn of_file(&self, file: &File) -> &[Import] {
        &self.files[file]
    }

    /// Which file imports which, without the imports that `except` says.
    pub(crate) fn file_edges(
        &self,
        except: impl Fn(&File, &Import) -> bool,
    ) -> BTreeMap<File, BTreeSet<File>> {
        let mut edges = BTreeMap::new();
        for (file, imports) in &self.files {
            let kept = imports.iter().filter(|import| !except(file, import));
            let to = kept.filter_map(|import| self.defining(&import.names, 0)).filter(|to| to != file);
            // A `mod.rs` re-exports what lies below it, and depends on nothing.
            let to = if file.0.ends_with("mod.rs") { BTreeSet::new() } else { to.collect() };
            edges.insert(file.clone(), to);
        }
        edges
    }

    /// The file that defines what is at a path.
    fn defining(&self, path: &[String], depth: usize) -> Option<File> {
        assert!(depth < 20, "re-exports in a circle: {path:?}");
        let module = (1..=path.len()).rev().find(|end| self.modules.contains_key(&path[..*end]))?;
        let (module, rest) = path.split_at(module);
        let file = self.modules[module].clone();
        let Some(target) = rest.first().and_then(|name| self.exports[module].get(name)) else {
            return Some(file);
        };
        self.defining(&[target, &rest[1..]].concat(), depth + 1)
    }
}

/// The module that an item declares in a file of its own.
fn declared(item: &Item) -> Option<String> {
    match item {
        Item::Mod(item) if item.content.is_none() => Some(item.ident.to_string()),
        _ => None,
    }
}

/// Collects the paths of an item in `module`, which declares the modules `children`.
fn collect(
    item: &Item,
    module: &[String],
    children: &BTreeSet<String>,
    found: &mut Vec<Path>,
    exports: &mut BTreeMap<String, Path>,
) {
    match item {
        Item::Use(item) => {
            let mut leaves = Vec::new();
            leaves_of(&item.tree, &mut Vec::new(), &mut leaves);
            for (path, name) in leaves {
                let child = children.contains(&path[0]).then(|| [module, &path[..]].concat());
                let Some(path) = child.or_else(|| absolute(&path, module)) else { continue };
                if !matches!(item.vis, Visibility::Inherited) {
                    exports.insert(name, path.clone());
                }
                found.push(path);
            }
        }
        Item::Mod(item) if item.content.is_some() => {
            let inner = [module, &[item.ident.to_string()]].concat();
            for item in &item.content.as_ref().unwrap().1 {
                collect(item, &inner, &BTreeSet::new(), found, &mut BTreeMap::new());
            }
        }
        item => tokens(item.to_token_stream(), module, found),
    }
}

/// The paths of a `use`, with the name of each.
fn leaves_of(tree: &UseTree, path: &mut Path, leaves: &mut Vec<(Path, String)>) {
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            leaves_of(&tree.tree, path, leaves);
            path.pop();
        }
        UseTree::Name(tree) if tree.ident == "self" => {
            leaves.push((path.clone(), path.last().unwrap().clone()))
        }
        UseTree::Name(tree) => {
            leaves.push(([&path[..], &[tree.ident.to_string()]].concat(), tree.ident.to_string()))
        }
        UseTree::Rename(tree) => {
            leaves.push(([&path[..], &[tree.ident.to_string()]].concat(), tree.rename.to_string()));
        }
        UseTree::Glob(_) => leaves.push((path.clone(), String::new())),
        UseTree::Group(tree) => tree.items.iter().for_each(|tree| leaves_of(tree, path, leaves)),
    }
}

/// Paths that begin with `crate`, `super` or `self`, also inside of macros.
fn tokens(stream: TokenStream, module: &[String], found: &mut Vec<Path>) {
    let mut path: Path = Vec::new();
    let mut colons = 0;
    for token in stream {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            TokenTree::Ident(ident) => {
                if colons != 2 || path.is_empty() {
                    found.extend(absolute(&path, module));
                    path.clear();
                }
                path.push(ident.to_string());
                colons = 0;
            }
            token => {
                found.extend(absolute(&path, module));
                path.clear();
                colons = 0;
                if let TokenTree::Group(group) = token {
                    tokens(group.stream(), module, found);
                }
            }
        }
    }
    found.extend(absolute(&path, module));
}

/// A path from the root of the crate, without `crate`. `None`: a path into another crate.
fn absolute(path: &[String], module: &[String]) -> Option<Path> {
    let ups = path.iter().take_while(|name| *name == "super").count();
    let absolute = match path.first()?.as_str() {
        "crate" => path[1..].to_vec(),
        "super" => [&module[..module.len().checked_sub(ups)?], &path[ups..]].concat(),
        "self" => [module, &path[1..]].concat(),
        _ => return None,
    };
    (!absolute.is_empty()).then_some(absolute)
}

/// The sets of files that import each other, directly or through others.
pub(crate) fn cycles(edges: &BTreeMap<File, BTreeSet<File>>) -> BTreeSet<BTreeSet<String>> {
    let reach: BTreeMap<_, _> = edges.keys().map(|file| (file, reachable(file, edges))).collect();
    let together = |file: &File| {
        let back = reach[file].iter().filter(|other| reach[*other].contains(file));
        back.map(|file| file.0.trim_end_matches(".rs").to_owned()).collect::<BTreeSet<_>>()
    };
    edges.keys().map(together).filter(|cycle| cycle.len() > 1).collect()
}

fn reachable(from: &File, edges: &BTreeMap<File, BTreeSet<File>>) -> BTreeSet<File> {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
    while let Some(file) = next.pop() {
        for to in edges.get(&file).into_iter().flatten() {
            if seen.insert(to.clone()) {
                next.push(to.clone());
            }
        }
    }
    seen
}
