//! The order in which rustfmt (edition 2024) sorts imports: digits by value, underscores first.
//!
//! Must not know what is imported.

use std::cmp::Ordering;

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Chunk<'a> {
    Underscore,
    Number(u128, usize),
    Text(&'a str),
}

/// Compares two names as rustfmt's version sort does.
pub(super) fn version_order(a: &str, b: &str) -> Ordering {
    let (mut rest_a, mut rest_b) = (unraw(a), unraw(b));
    let mut zeros = Ordering::Equal;
    loop {
        match (next_chunk(&mut rest_a), next_chunk(&mut rest_b)) {
            (None, None) => return zeros,
            (Some((Chunk::Number(a, zeros_a), _)), Some((Chunk::Number(b, zeros_b), _))) => {
                if a != b {
                    return a.cmp(&b);
                }
                zeros = zeros.then(zeros_b.cmp(&zeros_a));
            }
            (Some((Chunk::Underscore, _)), Some((Chunk::Underscore, _))) => {}
            (None | Some((Chunk::Underscore, _)), Some(_)) => return Ordering::Less,
            (Some(_), None | Some((Chunk::Underscore, _))) => return Ordering::Greater,
            (Some((_, a)), Some((_, b))) if a != b => return a.cmp(b),
            (Some(_), Some(_)) => {}
        }
    }
}

/// Compares two paths, segment by segment; a list in braces stands after all names.
pub(super) fn path_order(a: &[String], b: &[String]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = a.starts_with('{').cmp(&b.starts_with('{')).then_with(|| version_order(a, b));
        if order.is_ne() {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

fn unraw(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Takes the next chunk off `rest`, with its text.
fn next_chunk<'a>(rest: &mut &'a str) -> Option<(Chunk<'a>, &'a str)> {
    let first = rest.chars().next()?;
    let end = match first {
        '_' => 1,
        '0'..='9' => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
        _ => rest.find(|c: char| c == '_' || c.is_ascii_digit()).unwrap_or(rest.len()),
    };
    let (text, after) = rest.split_at_checked(end)?;
    *rest = after;
    let chunk = match (first, text.parse()) {
        ('_', _) => Chunk::Underscore,
        (_, Ok(value)) => Chunk::Number(value, text.len() - text.trim_start_matches('0').len()),
        (_, Err(_)) => Chunk::Text(text),
    };
    Some((chunk, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_as_rustfmt_sorts_them() {
        let mut names = ["a", "B", "A10", "A9", "A_1", "AA", "A", "Ab", "A_B"];
        names.sort_by(|a, b| version_order(a, b));
        assert_eq!(names, ["A", "A_1", "A_B", "A9", "A10", "AA", "Ab", "B", "a"]);
    }
}
