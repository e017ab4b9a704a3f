//! Two sides in one text, with the markers that Git leaves where it could not decide.
//!
//! Must not know what the text means.

use similar::{Algorithm, ChangeTag, TextDiff};

/// Begins our side of a conflict, in Git and here.
const OURS: &str = "<<<<<<<";
/// Begins what both sides began with, where Git was told to show it.
const BASE: &str = "|||||||";
/// Begins their side.
const THEIRS: &str = "=======";
/// Ends a conflict.
const END: &str = ">>>>>>>";

/// The versions that a text with conflicts holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Our side.
    pub ours: String,
    /// What both began with, where the text says so.
    pub base: Option<String>,
    /// Their side.
    pub theirs: String,
}

/// Both texts as one, with markers around the lines in which they differ.
pub fn join(ours: &str, theirs: &str) -> String {
    let diff = TextDiff::configure().algorithm(Algorithm::Patience).diff_lines(ours, theirs);
    let mut text = String::new();
    let mut open: Option<[String; 2]> = None;
    let close = |text: &mut String, open: &mut Option<[String; 2]>| {
        if let Some([ours, theirs]) = open.take() {
            for part in [OURS, " ours\n", &ours, THEIRS, "\n", &theirs, END, " theirs\n"] {
                text.push_str(part);
            }
        }
    };
    for change in diff.iter_all_changes() {
        let line = change.value().trim_end_matches('\n');
        match change.tag() {
            ChangeTag::Equal => {
                close(&mut text, &mut open);
                text.push_str(line);
                text.push('\n');
            }
            ChangeTag::Delete | ChangeTag::Insert => {
                let [ours, theirs] = open.get_or_insert_default();
                let side = if change.tag() == ChangeTag::Delete { ours } else { theirs };
                side.push_str(line);
                side.push('\n');
            }
        }
    }
    close(&mut text, &mut open);
    text
}

/// Where a line of a text with conflicts belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    Ours,
    Base,
    Theirs,
}

/// The versions in a text with conflict markers; none when it has no whole conflict.
pub fn sides_of(text: &str) -> Option<Sides> {
    let mut sides = Sides { ours: String::new(), base: None, theirs: String::new() };
    let mut base = String::new();
    let (mut part, mut has_base, mut count) = (Part::Both, false, 0);
    for line in text.split_inclusive('\n') {
        let marker = line.trim_end().split(' ').next().unwrap_or_default();
        part = match (part, marker) {
            (Part::Both, OURS) => Part::Ours,
            (Part::Ours, BASE) => {
                has_base = true;
                Part::Base
            }
            (Part::Ours | Part::Base, THEIRS) => Part::Theirs,
            (Part::Theirs, END) => {
                count += 1;
                Part::Both
            }
            (part, _) => {
                if matches!(part, Part::Both | Part::Ours) {
                    sides.ours.push_str(line);
                }
                if matches!(part, Part::Both | Part::Base) {
                    base.push_str(line);
                }
                if matches!(part, Part::Both | Part::Theirs) {
                    sides.theirs.push_str(line);
                }
                continue;
            }
        };
    }
    sides.base = has_base.then_some(base);
    (part == Part::Both && count > 0).then_some(sides)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_joined_comes_apart_again() {
        let (ours, theirs) = ("{\n  a\n  b\n}\n", "{\n  c\n  b\n  d\n}\n");
        let text = join(ours, theirs);
        assert_eq!(text.matches(OURS).count(), 2);
        let expected = Sides { ours: ours.to_owned(), base: None, theirs: theirs.to_owned() };
        assert_eq!(sides_of(&text), Some(expected));
        assert_eq!(join(ours, ours), ours);
        assert_eq!(sides_of(ours), None);
    }

    #[test]
    fn what_git_wrote_with_its_base_is_read() {
        let text = "a\n<<<<<<< HEAD\nb\n||||||| 1234567\nc\n=======\nd\n>>>>>>> topic\ne\n";
        let sides = sides_of(text).unwrap();
        assert_eq!([sides.ours, sides.theirs], ["a\nb\ne\n", "a\nd\ne\n"]);
        assert_eq!(sides.base.as_deref(), Some("a\nc\ne\n"));
        assert_eq!(sides_of("<<<<<<< HEAD\nb\n=======\n"), None);
    }
}
