//! How Mermaid says cardinalities and lines: by signs and by words.

use crate::model::reference::Cardinality;

/// Lines and whether they are solid, which is identifying.
pub(super) const LINES: [(&str, bool); 6] = [
    ("--", true),
    ("..", false),
    (".-", false),
    ("-.", false),
    ("optionally to", false),
    ("to", true),
];

/// Signs and words, those first that begin with others.
const WORDS: [(&str, Cardinality); 24] = [
    ("|o", Cardinality::ZeroOrOne),
    ("o|", Cardinality::ZeroOrOne),
    ("||", Cardinality::ExactlyOne),
    ("}o", Cardinality::ZeroOrMore),
    ("o{", Cardinality::ZeroOrMore),
    ("}|", Cardinality::OneOrMore),
    ("|{", Cardinality::OneOrMore),
    ("zero or one", Cardinality::ZeroOrOne),
    ("one or zero", Cardinality::ZeroOrOne),
    ("zero or more", Cardinality::ZeroOrMore),
    ("zero or many", Cardinality::ZeroOrMore),
    ("many(0)", Cardinality::ZeroOrMore),
    ("many(1)", Cardinality::OneOrMore),
    ("one or more", Cardinality::OneOrMore),
    ("one or many", Cardinality::OneOrMore),
    ("0..1", Cardinality::ZeroOrOne),
    ("0+", Cardinality::ZeroOrMore),
    ("1+", Cardinality::OneOrMore),
    ("many", Cardinality::ZeroOrMore),
    ("only one", Cardinality::ExactlyOne),
    ("one", Cardinality::ExactlyOne),
    ("1", Cardinality::ExactlyOne),
    ("|", Cardinality::ExactlyOne),
    ("u", Cardinality::ZeroOrOne),
];

/// The cardinality at the beginning of a text, and the rest.
pub(super) fn cardinality(text: &str) -> Option<(Cardinality, &str)> {
    WORDS.iter().find_map(|(word, cardinality)| {
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        let is_sign = word.contains(['|', '{', '}']);
        let is_whole = is_sign || rest.starts_with(char::is_whitespace);
        (head.eq_ignore_ascii_case(word) && is_whole).then_some((*cardinality, rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs_say_the_same() {
        for (text, expected) in [
            ("}o--", Cardinality::ZeroOrMore),
            ("zero or more to", Cardinality::ZeroOrMore),
            ("one or more to", Cardinality::OneOrMore),
            ("one to", Cardinality::ExactlyOne),
            ("1+ to", Cardinality::OneOrMore),
        ] {
            assert_eq!(cardinality(text).map(|found| found.0), Some(expected), "{text}");
        }
        assert_eq!(cardinality("ones to"), None);
    }
}
