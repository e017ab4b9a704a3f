//! Collection names from model names: a port of Mongoose's own rules, so that a generated file and
//! a hand-written one speak of the same collection.
//!
//! The rules are odd on purpose (`hero` gives `heros`, `Media` stays `media`, everything becomes
//! lower case): what counts is that they are the ones Mongoose applies. Must not know what the
//! names are for.

/// Words that have no plural.
const UNCOUNTABLE: [&str; 27] = [
    "advice",
    "energy",
    "excretion",
    "digestion",
    "cooperation",
    "health",
    "justice",
    "labour",
    "machinery",
    "equipment",
    "information",
    "pollution",
    "sewage",
    "paper",
    "money",
    "species",
    "series",
    "rain",
    "rice",
    "fish",
    "sheep",
    "moose",
    "deer",
    "news",
    "expertise",
    "status",
    "media",
];

/// What a rule looks at and does; the word is in lower case.
enum Rule {
    /// A word that is exactly this becomes that.
    Whole(&'static str, &'static str),
    /// A word with one of these endings loses its last so many bytes and gains a text.
    Ending(&'static [&'static str], usize, &'static str),
    /// `knife`, `shelf`, `dwarf`: `f` becomes `ves`, but not after another `f`.
    Fe,
    /// `city`, `soliloquy`: `y` becomes `ies`, but not after a vowel.
    Y,
    /// `matrix`, `vertix` and `indix` anywhere in the word.
    Ix,
    /// A word that does not end in a letter of `a` to `z` stays.
    NotALetter,
}

/// In Mongoose's order: the first that fits decides. Three of its rules can never be reached and
/// are left out (`ex`, `ife`, and `ix` at the end).
const RULES: &[Rule] = &[
    Rule::Ending(&["human"], 0, "s"),
    Rule::Ending(&["man"], 2, "en"),
    Rule::Ending(&["person"], 4, "ople"),
    Rule::Ending(&["child"], 0, "ren"),
    Rule::Whole("ox", "oxen"),
    Rule::Ending(&["axis", "testis"], 2, "es"),
    Rule::Ending(&["octopus", "cactus", "focus", "fungus", "nucleus"], 2, "i"),
    Rule::Ending(&["alias", "status", "virus", "buffalo", "tomato", "potato"], 0, "es"),
    Rule::Ending(&["bus"], 0, "es"),
    Rule::Ending(&["tum", "ium"], 2, "a"),
    Rule::Ending(&["sis"], 2, "es"),
    Rule::Fe,
    Rule::Ending(&["hive"], 0, "s"),
    Rule::Y,
    Rule::Ending(&["x", "ch", "ss", "sh"], 0, "es"),
    Rule::Ix,
    Rule::Ending(&["mouse", "louse", "|ouse"], 4, "ice"),
    Rule::Ending(&["quiz"], 0, "zes"),
    Rule::Whole("goose", "geese"),
    Rule::Ending(&["s"], 0, ""),
    Rule::NotALetter,
    Rule::Ending(&[""], 0, "s"),
];

/// Endings of plurals that do not look like one, without the letter that may be a capital.
const IRREGULAR: &[(&str, &str)] =
    &[("eople", "erson"), ("omen", "oman"), ("hildren", "hild"), ("ice", "ouse")];

/// Endings of plurals and what the singular has instead, the more telling ones first.
const REGULAR: &[(&str, &str)] = &[
    ("ies", "y"),
    ("ves", "f"),
    ("ves", "fe"),
    ("zzes", "z"),
    ("ses", "s"),
    ("es", ""),
    ("s", ""),
];

/// The collection that Mongoose stores documents of a model of that name in: `User` → `users`.
pub fn collection_name(model_name: &str) -> String {
    if matches!(model_name, "system.profile" | "system.indexes") {
        return model_name.to_owned();
    }
    plural(model_name)
}

/// The plural of a word as Mongoose builds it, in lower case.
pub fn plural(word: &str) -> String {
    let word = word.to_lowercase();
    if UNCOUNTABLE.contains(&word.as_str()) {
        return word;
    }
    RULES.iter().find_map(|rule| rule.apply(&word)).unwrap_or(word)
}

/// The plural with the capitals that the word came with: `OrderItem` → `OrderItems`.
pub fn plural_keeping_case(word: &str) -> String {
    let plural = plural(word);
    let same = word
        .chars()
        .zip(plural.chars())
        .take_while(|(written, lower)| written.to_lowercase().eq([*lower]));
    let (mut kept, mut len) = (String::new(), 0);
    for (written, lower) in same {
        kept.push(written);
        len += lower.len_utf8();
    }
    kept.push_str(plural.get(len..).unwrap_or_default());
    kept
}

/// The word of which `word` is the plural, as far as the rules can be turned around; a word that is
/// no plural, or has none, stays.
pub fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    let is_irregular = IRREGULAR.iter().any(|(plural, _)| lower.ends_with(plural));
    let is_plural = is_irregular || plural(&lower) == lower;
    if UNCOUNTABLE.contains(&lower.as_str()) || !is_plural || lower.len() != word.len() {
        return word.to_owned();
    }
    IRREGULAR
        .iter()
        .chain(REGULAR)
        .filter(|(ending, _)| lower.ends_with(ending))
        .map(|(ending, add)| replace_end(word, ending.len(), add))
        .find(|candidate| {
            let candidate = candidate.to_lowercase();
            !candidate.is_empty() && candidate != lower && plural(&candidate) == lower
        })
        .unwrap_or_else(|| word.to_owned())
}

impl Rule {
    fn apply(&self, word: &str) -> Option<String> {
        match self {
            Self::Whole(singular, plural) => (word == *singular).then(|| (*plural).to_owned()),
            Self::Ending(endings, cut, add) => {
                let fits = endings.iter().any(|ending| word.ends_with(ending));
                fits.then(|| replace_end(word, *cut, add))
            }
            Self::Fe => {
                let before_fe = word.strip_suffix("fe").and_then(|stem| stem.chars().next_back());
                if before_fe.is_some_and(|c| c != 'f') {
                    return Some(replace_end(word, 2, "ves"));
                }
                let fits = word.ends_with("lf") || word.ends_with("rf");
                fits.then(|| replace_end(word, 1, "ves"))
            }
            Self::Y => {
                let stem = word.strip_suffix('y')?;
                let after_vowel = stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
                let fits = !stem.is_empty() && (!after_vowel || stem.ends_with("qu"));
                fits.then(|| replace_end(word, 1, "ies"))
            }
            Self::Ix => {
                let plural = ["matr", "vert", "ind"].iter().fold(word.to_owned(), |word, stem| {
                    word.replace(&format!("{stem}ix"), &format!("{stem}ices"))
                });
                (plural != word).then_some(plural)
            }
            Self::NotALetter => {
                let fits = word.chars().next_back().is_some_and(|c| !c.is_ascii_lowercase());
                fits.then(|| word.to_owned())
            }
        }
    }
}

fn replace_end(word: &str, cut: usize, add: &str) -> String {
    let stem = word.len().checked_sub(cut).and_then(|end| word.get(..end)).unwrap_or(word);
    format!("{stem}{add}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_mongooses_own() {
        for (word, expected) in [
            ("User", "users"),
            ("Person", "people"),
            ("Media", "media"),
            ("UserSettings", "usersettings"),
            ("Category", "categories"),
            ("Soliloquy", "soliloquies"),
            ("Day", "days"),
            ("Status", "status"),
            ("OrderStatus", "orderstatuses"),
            ("Hero", "heros"),
            ("Schema", "schemas"),
            ("Index", "indexes"),
            ("MatrixRow", "matricesrow"),
            ("Giraffe", "giraffes"),
            ("Shelf", "shelves"),
            ("user2", "user2"),
            ("", "s"),
        ] {
            assert_eq!(plural(word), expected, "{word}");
        }
    }

    #[test]
    fn plurals_keep_capitals_and_turn_around() {
        for (one, many) in [
            ("OrderItem", "OrderItems"),
            ("SalesPerson", "SalesPeople"),
            ("Category", "Categories"),
            ("Address", "Addresses"),
            ("Course", "Courses"),
            ("Knife", "Knives"),
            ("Media", "Media"),
        ] {
            assert_eq!(plural_keeping_case(one), many);
            assert_eq!(singular(many), one);
            assert_eq!(singular(one), one);
        }
    }

    #[test]
    fn the_servers_own_collections_keep_their_names() {
        assert_eq!(collection_name("system.profile"), "system.profile");
    }
}
