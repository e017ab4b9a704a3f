//! Names and descriptions as GraphQL takes them.
//!
//! Must not know entities.

use crate::formats::code::language;
use crate::formats::javascript::literal::is_unseen;

language!("GraphQL");

/// A name that was chosen before; what may not stand in one is an underscore.
pub(super) fn word(name: &str) -> Code {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    sealed(name.chars().map(|c| if fits(c) { c } else { '_' }).collect::<String>())
}

/// A name made of what may stand in one; two underscores at the front belong to GraphQL itself.
pub(super) fn name(text: &str, otherwise: &str) -> String {
    let clean: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if !clean.chars().any(|c| c.is_ascii_alphanumeric()) {
        return otherwise.to_owned();
    }
    let rest = clean.trim_start_matches('_');
    let underscore = if rest.len() < clean.len() { "_" } else { "" };
    let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
    if is_digit { format!("_{rest}") } else { format!("{underscore}{rest}") }
}

/// The name of a value of an enumeration.
pub(super) fn value(text: &str) -> String {
    let name = name(text, "value");
    if matches!(name.as_str(), "true" | "false" | "null") { format!("{name}_") } else { name }
}

/// Writes a note as a description.
pub(super) fn description(note: &str, code: &mut CodeWriter) {
    let visible: String =
        note.chars().map(|c| if c != '\n' && is_unseen(c) { ' ' } else { c }).collect();
    let lines: Vec<_> = visible.trim().lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [] => {}
        [only] => {
            let text = only.replace('\\', "\\\\").replace('"', "\\\"");
            code.line(sealed(format!("\"{text}\"")));
        }
        lines => {
            code.line("\"\"\"");
            for line in lines {
                code.line(sealed(line.replace("\"\"\"", "\\\"\"\"")));
            }
            code.line("\"\"\"");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_language_takes() {
        for (text, expected) in
            [("_id", "_id"), ("__v", "_v"), ("3d", "_3d"), ("a b", "a_b"), ("", "x"), ("日本", "x")]
        {
            assert_eq!(name(text, "x"), expected, "{text}");
        }
        assert_eq!(value("null"), "null_");
    }
}
