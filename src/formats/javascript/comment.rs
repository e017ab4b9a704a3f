//! Comments: any text, without a way to end the comment or to hide in it.

use crate::formats::javascript::literal::{is_unseen, push_escape};

/// The lines of a `/** … */` comment; none for an empty text.
pub(super) fn block(text: &str) -> Vec<String> {
    let mut lines: Vec<_> = lines(text).map(|line| line.replace("*/", "*\\/")).collect();
    match lines.len() {
        0 => lines,
        1 => vec![format!("/** {} */", lines.remove(0))],
        _ => {
            let body = lines.into_iter().map(|line| format!(" * {line}").trim_end().to_owned());
            let open = std::iter::once("/**".to_owned());
            open.chain(body).chain(std::iter::once(" */".to_owned())).collect()
        }
    }
}

/// The lines of a `//` comment; none for an empty text.
pub(super) fn line(text: &str) -> Vec<String> {
    lines(text).map(|line| format!("// {line}").trim_end().to_owned()).collect()
}

/// The lines of a text, whatever ends them, with unseen characters written as escapes.
fn lines(text: &str) -> impl Iterator<Item = String> {
    let trimmed = text.trim();
    let is_empty = trimmed.is_empty();
    trimmed
        .replace("\r\n", "\n")
        .split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}'])
        .filter(move |_| !is_empty)
        .map(|line| {
            let mut clean = String::with_capacity(line.len());
            for c in line.chars() {
                match c {
                    '\t' => clean.push(' '),
                    c if is_unseen(c) => push_escape(&mut clean, c),
                    c => clean.push(c),
                }
            }
            clean.trim_end().to_owned()
        })
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_comment() {
        assert_eq!(line("a\nb\u{2028}alert(1)\0"), ["// a", "// b", "// alert(1)\\x00"]);
        assert_eq!(block("x */ alert(1)"), ["/** x *\\/ alert(1) */"]);
        assert_eq!(block("a\n\nb"), ["/**", " * a", " *", " * b", " */"]);
        assert!(block(" \n").is_empty());
    }
}
