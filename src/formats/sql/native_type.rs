//! The strict check of a type that a person spelled for one target: it becomes code only while it
//! can be nothing but a type.

/// Words that begin a constraint and so end a type.
const NOT_IN_A_TYPE: &[&str] = &[
    "as",
    "auto_increment",
    "autoincrement",
    "check",
    "comment",
    "constraint",
    "default",
    "generated",
    "identity",
    "key",
    "not",
    "null",
    "on",
    "primary",
    "references",
    "unique",
];

/// Whether `text` is words with at most one list of arguments (numbers, words or texts without
/// backslashes) and array brackets: `numeric(10, 2)`, `public.citext`, `int unsigned`,
/// `timestamp(3) with time zone`, `enum('a', 'b')`, `varchar(9)[]`.
pub fn is_type_spelling(text: &str) -> bool {
    let mut rest = text.trim();
    let mut words = 0;
    let mut had_arguments = false;
    while !rest.is_empty() {
        if rest.starts_with('(') {
            let Some(after) = skip_arguments(rest) else { return false };
            if had_arguments || words == 0 {
                return false;
            }
            had_arguments = true;
            rest = after.trim_start();
        } else if let Some(after) = rest.strip_prefix('[') {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
            let Some(after) = after.strip_prefix(']') else { return false };
            if words == 0 {
                return false;
            }
            rest = after.trim_start();
        } else {
            let Some((word, after)) = split_word(rest) else { return false };
            if NOT_IN_A_TYPE.contains(&word.to_ascii_lowercase().as_str()) {
                return false;
            }
            words += 1;
            rest = match after.strip_prefix('.') {
                Some(after) if split_word(after).is_some() => after,
                Some(_) => return false,
                None => after.trim_start(),
            };
        }
    }
    words > 0 && text.len() <= 2000
}

fn split_word(text: &str) -> Option<(&str, &str)> {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    if !text.starts_with(is_start) {
        return None;
    }
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    Some(text.split_at(end))
}

/// What stands after the parenthesis that closes the one in front.
fn skip_arguments(text: &str) -> Option<&str> {
    let mut rest = text.strip_prefix('(')?.trim_start();
    loop {
        rest = skip_argument(rest)?.trim_start();
        if let Some(after) = rest.strip_prefix(')') {
            return Some(after);
        }
        rest = rest.strip_prefix(',')?.trim_start();
    }
}

fn skip_argument(text: &str) -> Option<&str> {
    if let Some(mut inside) = text.strip_prefix('\'') {
        loop {
            let end = inside.find(['\'', '\\', '\0'])?;
            let after = inside.get(end..)?.strip_prefix('\'')?;
            match after.strip_prefix('\'') {
                Some(doubled) => inside = doubled,
                None => return Some(after),
            }
        }
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    if end > 0 {
        return digits.get(end..);
    }
    let (_, mut after) = split_word(text)?;
    // `CONTENT` of a schema: words, the last perhaps with its namespace.
    while let Some(rest) = after.strip_prefix([' ', '.']) {
        let Some((_, next)) = split_word(rest) else { break };
        after = next;
    }
    Some(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_pass() {
        for text in [
            "citext",
            "public.citext",
            "numeric(10, 2)",
            "int unsigned",
            "double precision",
            "timestamp(3) with time zone",
            "enum('a', 'it''s')",
            "varchar(9)[]",
            "int[3][]",
            "nvarchar(max)",
            "geometry(Point, 4326)",
            "numeric(5,-2)",
            "set('x')",
            "xml(CONTENT Sales.Orders)",
        ] {
            assert!(is_type_spelling(text), "{text}");
        }
    }

    #[test]
    fn anything_more_than_a_type_is_refused() {
        for text in [
            "",
            "int; DROP TABLE x",
            "int NOT NULL",
            "int PRIMARY KEY",
            "int)",
            "(1)",
            "int(1",
            "int -- x",
            "int/**/",
            "enum('a\\'')",
            "enum('a)",
            "\"x\"",
            "int DEFAULT 5",
            "a..b",
            "int, b int",
            "x(1)(2)",
            "int[",
            "x(a..b)",
            "x(a.)",
            "[]",
        ] {
            assert!(!is_type_spelling(text), "{text}");
        }
    }
}
