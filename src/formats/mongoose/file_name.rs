//! What the files are called: a pattern that a team chooses, and paths from one file to another.
//!
//! | in the pattern | becomes |
//! |---|---|
//! | `{entity}` | the name of the entity or enumeration |
//! | `{entity:kebab}` | `order-item`; also `keep`, `camel`, `pascal`, `snake` |
//! | `{entity:plural}`, `{entity:singular}` | `orders`, `order`; goes with a case: `{entity:plural:kebab}` |
//! | `{ext}` | `js` or `ts` |
//! | `model`, `models` in the file's name | the same for models; `schema` for embedded types, `enum` for enumerations |
//! | `/` | a folder |
//!
//! Must not know what stands in the files.

use unicode_normalization::UnicodeNormalization as _;

use crate::base::ident::{Case, UniqueNames, with_case};
use crate::base::plural::{plural_keeping_case, singular};
use crate::formats::file_set::RelativePath;

/// Endings that Node.js and TypeScript know.
const ENDINGS: [&str; 6] = [".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"];

/// What a file declares, which its name says too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum FileKind {
    /// A model.
    Model,
    /// An embedded schema.
    Schema,
    /// An enumeration.
    Enumeration,
}

impl FileKind {
    /// What stands for `model` in a literal part of the pattern.
    fn word(self) -> (&'static str, &'static str) {
        match self {
            Self::Model => ("model", "Model"),
            Self::Schema => ("schema", "Schema"),
            Self::Enumeration => ("enum", "Enum"),
        }
    }
}

/// How file names are made.
#[derive(Clone, Debug)]
pub(super) struct FileNames {
    parts: Vec<Part>,
    extension: &'static str,
    taken: UniqueNames,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Name { case: Case, number: Number },
    Extension,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    AsWritten,
    Singular,
    Plural,
}

impl FileNames {
    /// Names after that pattern; `extension` is what `{ext}` stands for.
    pub(super) fn new(pattern: &str, extension: &'static str) -> Self {
        let mut parts = Vec::new();
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            let (literal, tail) = rest.split_at(open);
            let Some(close) = tail.find('}') else { break };
            let Some(part) = tail.get(1..close).and_then(placeholder) else {
                parts.push(Part::Literal(format!(
                    "{literal}{}",
                    tail.get(..=close).unwrap_or_default()
                )));
                rest = tail.get(close + 1..).unwrap_or_default();
                continue;
            };
            parts.push(Part::Literal(literal.to_owned()));
            parts.push(part);
            rest = tail.get(close + 1..).unwrap_or_default();
        }
        parts.push(Part::Literal(rest.to_owned()));
        Self { parts, extension, taken: UniqueNames::new() }
    }

    /// Whether every file gets a name of its own.
    pub(super) fn name_entities(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Name { .. }))
    }

    /// Takes a path, so that no other file gets it.
    pub(super) fn reserve(&mut self, path: &RelativePath) {
        self.taken.reserve(path.as_str());
    }

    /// The path of the file for a name, and whether it had to be counted up because another file
    /// has it, ignoring case.
    pub(super) fn path(&mut self, name: &str, kind: FileKind) -> (RelativePath, bool) {
        let wanted = self.wanted(name, kind, "");
        let mut path = wanted.clone();
        let mut n = 2;
        while self.taken.is_taken(path.as_str()) {
            path = self.wanted(name, kind, &format!("-{n}"));
            if path == wanted {
                path = counted(&wanted, n);
            }
            n += 1;
        }
        self.taken.reserve(path.as_str());
        let was_taken = path != wanted;
        (path, was_taken)
    }

    /// The path with `suffix` after the name.
    fn wanted(&self, name: &str, kind: FileKind, suffix: &str) -> RelativePath {
        let mut text = String::new();
        for part in &self.parts {
            match part {
                Part::Literal(literal) => text.push_str(&with_kind_word(literal, kind)),
                Part::Name { case, number } => {
                    text.push_str(&clean(&written(name, *case, *number), kind));
                    text.push_str(suffix);
                }
                Part::Extension => text.push_str(self.extension),
            }
        }
        if !ENDINGS.iter().any(|ending| text.ends_with(ending)) {
            text.push('.');
            text.push_str(self.extension);
        }
        let components: Vec<_> =
            text.split('/').filter(|component| !matches!(*component, "" | ".")).collect();
        RelativePath::of(&components)
    }
}

/// What stands between the braces, when it is a placeholder.
fn placeholder(inside: &str) -> Option<Part> {
    let mut words = inside.split(':');
    match words.next()? {
        "ext" => return words.next().is_none().then_some(Part::Extension),
        "entity" => {}
        _ => return None,
    }
    let (mut case, mut number) = (Case::Keep, Number::AsWritten);
    for word in words {
        match word {
            "keep" => case = Case::Keep,
            "kebab" => case = Case::Kebab,
            "camel" => case = Case::Camel,
            "pascal" => case = Case::Pascal,
            "snake" => case = Case::Snake,
            "singular" => number = Number::Singular,
            "plural" => number = Number::Plural,
            _ => return None,
        }
    }
    Some(Part::Name { case, number })
}

fn written(name: &str, case: Case, number: Number) -> String {
    match number {
        Number::AsWritten => with_case(name, case),
        Number::Singular => with_case(&singular(name), case),
        Number::Plural => with_case(&plural_keeping_case(name), case),
    }
}

/// A name that file systems, `import` and `require` all take as it is: letters, digits, `-`, `_`.
fn clean(name: &str, kind: FileKind) -> String {
    let safe: String =
        name.nfc().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let words: Vec<_> = safe.split('-').filter(|word| !word.is_empty()).collect();
    let clean = words.join("-");
    if clean.contains(char::is_alphanumeric) { clean } else { kind.word().0.to_owned() }
}

/// The literal with `model` turned into what the file declares, but not in the names of folders, and
/// without what a path or an import would read as something else.
fn with_kind_word(literal: &str, kind: FileKind) -> String {
    let safe = literal.replace(['#', '%', '\\'], "-");
    let (folders, name) = safe.split_at(safe.rfind('/').map_or(0, |slash| slash + 1));
    let (lower, upper) = kind.word();
    format!("{folders}{}", name.replace("model", lower).replace("Model", upper))
}

/// For a pattern without the name: the count before the first dot of the file's name.
fn counted(path: &RelativePath, n: usize) -> RelativePath {
    let mut components: Vec<_> = path.components().map(str::to_owned).collect();
    if let Some(file) = components.last_mut() {
        *file = match file.split_once('.') {
            Some((base, ending)) => format!("{base}-{n}.{ending}"),
            None => format!("{file}-{n}"),
        };
    }
    let components: Vec<_> = components.iter().map(String::as_str).collect();
    RelativePath::of(&components)
}

/// How one file names another in `import` and `require`: relative, with the ending that the file
/// has when it runs.
pub(super) fn import_path(from: &RelativePath, to: &RelativePath) -> String {
    let from: Vec<_> = from.components().collect();
    let to: Vec<_> = to.components().collect();
    let folders = from.split_last().map_or(0, |(_, folders)| folders.len());
    let shared =
        from.iter().take(folders).zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let up = "../".repeat(folders - shared);
    let down = to.get(shared..).unwrap_or_default().join("/");
    let path = if up.is_empty() { format!("./{down}") } else { format!("{up}{down}") };
    for (source, compiled) in [(".ts", ".js"), (".mts", ".mjs"), (".cts", ".cjs")] {
        if let Some(stem) = path.strip_suffix(source) {
            return format!("{stem}{compiled}");
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_name_files_as_teams_do() {
        for (pattern, name, kind, expected) in [
            ("{entity:kebab}.models.{ext}", "OrderItem", FileKind::Model, "order-item.models.js"),
            ("{entity:kebab}.models.{ext}", "Address", FileKind::Schema, "address.schemas.js"),
            ("{entity:camel}.model.ts", "OrderItem", FileKind::Model, "orderItem.model.ts"),
            ("{entity:pascal}.{ext}", "order item", FileKind::Model, "OrderItem.js"),
            ("{entity:camel}Model.{ext}", "User", FileKind::Enumeration, "userEnum.js"),
            ("{entity:plural:kebab}.{ext}", "OrderItem", FileKind::Model, "order-items.js"),
            ("{entity:snake:singular}", "OrderItems", FileKind::Model, "order_item.js"),
            ("models/{entity}/index.{ext}", "User", FileKind::Model, "models/User/index.js"),
            ("{entity}.{what}.js", "a#b", FileKind::Model, "a-b.{what}.js"),
            ("{entity}.js", "../../x", FileKind::Model, "x.js"),
            ("{entity}.js", "con", FileKind::Model, "_con.js"),
            ("{entity}.js", "!?", FileKind::Schema, "schema.js"),
        ] {
            let (path, was_taken) = FileNames::new(pattern, "js").path(name, kind);
            assert_eq!((path.as_str(), was_taken), (expected, false), "{pattern} of {name}");
        }
    }

    #[test]
    fn no_two_files_share_a_path_ignoring_case() {
        let mut names = FileNames::new("{entity}.models.{ext}", "js");
        assert_eq!(names.path("Order", FileKind::Model).0.as_str(), "Order.models.js");
        let (second, was_taken) = names.path("order", FileKind::Model);
        assert_eq!((second.as_str(), was_taken), ("order-2.models.js", true));
        let mut one = FileNames::new("all.js", "js");
        assert_eq!(one.path("a", FileKind::Model).0.as_str(), "all.js");
        assert_eq!(one.path("b", FileKind::Model).0.as_str(), "all-2.js");
    }

    #[test]
    fn imports_walk_between_folders() {
        let path = |text: &str| RelativePath::of(&text.split('/').collect::<Vec<_>>());
        for (from, to, expected) in [
            ("a.js", "b.js", "./b.js"),
            ("m/a.ts", "m/b.ts", "./b.js"),
            ("m/a/x.mts", "m/b/y.mts", "../b/y.mjs"),
            ("a.js", "e/b.js", "./e/b.js"),
            ("e/b.js", "a.js", "../a.js"),
        ] {
            assert_eq!(import_path(&path(from), &path(to)), expected);
        }
    }
}
