//! Conflicts as a person reads them: what it is about, and what each side says, with names for ids.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::document::project::Project;
use crate::formats::native::merge::elements::{Elements, JOINS, Place};
use crate::formats::native::merge::values::LOOKS;
use crate::formats::native::merge::{Conflict, Contradiction, Side, elements_of};

/// A conflict in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// What it is about: ``field `users.email`: max length``.
    pub subject: String,
    /// What our side says.
    pub ours: String,
    /// What their side says.
    pub theirs: String,
}

/// The conflicts of two sides in words.
pub fn told(conflicts: &[Conflict], ours: &Project, theirs: &Project) -> Vec<Told> {
    let sides = [ours, theirs].map(elements_of);
    let mut names = IndexMap::new();
    for (id, element) in sides.iter().flat_map(|side| &side.all) {
        let text = |key: &str| element.members.get(key).and_then(Value::as_str);
        // A note is called by the line that it begins with.
        let line = || text("text").and_then(|text| text.lines().next());
        if let Some(name) = text("name").or_else(line) {
            names.entry(id.as_str()).or_insert(name);
        }
    }
    let telling = Telling { sides: &sides, names };
    conflicts.iter().map(|conflict| telling.told(conflict)).collect()
}

struct Telling<'a> {
    sides: &'a [Elements; 2],
    names: IndexMap<&'a str, &'a str>,
}

impl Telling<'_> {
    fn told(&self, conflict: &Conflict) -> Told {
        let Conflict { element, subject, what } = conflict;
        let (about, [ours, theirs]) = match what {
            Contradiction::Member(member) => {
                let values = [&member.ours, &member.theirs];
                (self.member(&member.path), values.map(|value| self.value(value.as_ref())))
            }
            Contradiction::Removal { by } => {
                let removed = "removed".to_owned();
                let kept = "changed, or used by something else".to_owned();
                let sides = match by {
                    Side::Ours => [removed, kept],
                    Side::Theirs => [kept, removed],
                };
                (String::new(), sides)
            }
            Contradiction::Place => {
                let place = |side: &Elements| {
                    side.all.get(element).map(|one| side.title(&one.place.parent))
                };
                let [ours, theirs] = self.sides.each_ref().map(place);
                let words = [ours, theirs].map(Option::unwrap_or_default);
                ("where it belongs".to_owned(), words)
            }
            Contradiction::Order { list } => {
                let place = Place { parent: element.clone(), list: list.clone() };
                let order = |side: &Elements| {
                    let ids = side.lists.get(&place).map(Vec::as_slice).unwrap_or_default();
                    ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
                };
                let list = list.rsplit('.').next().unwrap_or_default();
                (format!("order of {}", spaced(list)), self.sides.each_ref().map(order))
            }
        };
        let subject =
            if about.is_empty() { subject.clone() } else { format!("{subject}: {about}") };
        Told { subject, ours, theirs }
    }

    /// The name of what has that id.
    fn name<'n>(&'n self, id: &'n str) -> &'n str {
        self.names.get(id).copied().unwrap_or(id)
    }

    /// A key in words, where it is not the id of something that has a name.
    fn key(&self, key: &str) -> String {
        self.names.get(key).map_or_else(|| spaced(key), |name| format!("`{name}`"))
    }

    /// Which member it is: `max length`, ``place of `User` ``.
    fn member(&self, path: &str) -> String {
        if path == JOINS {
            return "what it joins".to_owned();
        }
        match path.split('.').collect::<Vec<_>>().as_slice() {
            ["routes", id] => format!("bends of `{}`", self.name(id)),
            [looks, id] if LOOKS.contains(looks) => format!("place of `{}`", self.name(id)),
            keys => keys.iter().map(|key| self.key(key)).collect::<Vec<_>>().join(", "),
        }
    }

    fn value(&self, value: Option<&Value>) -> String {
        match value {
            None | Some(Value::Null) => "not set".to_owned(),
            Some(Value::Bool(true)) => "yes".to_owned(),
            Some(Value::Bool(false)) => "no".to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) if text.is_empty() => "empty".to_owned(),
            Some(Value::String(text)) => self.with_names(text),
            Some(Value::Array(items)) if items.is_empty() => "empty list".to_owned(),
            Some(Value::Array(items)) => {
                items.iter().map(|item| self.value(Some(item))).collect::<Vec<_>>().join(", ")
            }
            Some(Value::Object(members)) => self.object(members),
        }
    }

    fn object(&self, members: &Map<String, Value>) -> String {
        let member = |key: &str| members.get(key);
        if member("from.entity").is_some() {
            let end = |end: &str| {
                let entity = self.value(member(&format!("{end}.entity")));
                match member(&format!("{end}.fields")) {
                    Some(fields) => format!("{entity} ({})", self.value(Some(fields))),
                    None => entity,
                }
            };
            return format!("{} → {}", end("from"), end("to"));
        }
        if let [(key, Value::String(text))] = members.iter().collect::<Vec<_>>().as_slice()
            && matches!(key.as_str(), "value" | "expression")
        {
            return text.clone();
        }
        let mut words = Vec::new();
        if let (Some(x), Some(y)) = (member("x"), member("y")) {
            words.push(format!("at {x}, {y}"));
        }
        let others = members.iter().filter(|(key, _)| !matches!(key.as_str(), "x" | "y"));
        words.extend(
            others.map(|(key, value)| format!("{} {}", self.key(key), self.value(Some(value)))),
        );
        words.join(", ")
    }

    /// A text in which names stand for ids.
    fn with_names(&self, text: &str) -> String {
        let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut told = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !is_of_id(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            told.push_str(self.name(word));
            let next = after.find(is_of_id).unwrap_or(after.len());
            let (between, after) = after.split_at(next);
            told.push_str(between);
            rest = after;
        }
        told
    }
}

/// A key of the file in words: `maxLength` as `max length`.
fn spaced(key: &str) -> String {
    let mut words = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}
