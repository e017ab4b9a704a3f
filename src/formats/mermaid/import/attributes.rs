//! What stands in the block of an entity, taken apart: `type name PK, FK "comment"`, as often as one
//! likes in one line.
//!
//! Must not know what it means.

/// A field as it is written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'t> {
    pub(super) ty: &'t str,
    pub(super) name: &'t str,
    /// `PK`, `FK`, `UK`, and what should be one of them.
    pub(super) keys: Vec<&'t str>,
    pub(super) comment: &'t str,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Word(&'t str),
    Text(&'t str),
    Comma,
}

/// The fields of a line, and a word at its end that is none.
pub(super) fn attributes(line: &str) -> (Vec<Attribute<'_>>, Option<&str>) {
    let pieces = pieces(line);
    let mut pieces = pieces.as_slice();
    let mut found: Vec<Attribute<'_>> = Vec::new();
    loop {
        match pieces {
            [] => return (found, None),
            // What is left over belongs to the field before it.
            [Piece::Word(word)] | [Piece::Word(word), Piece::Text(_)] => {
                let Some(last) = found.last_mut() else { return (found, Some(word)) };
                last.keys.push(word);
                if let [_, Piece::Text(comment)] = pieces {
                    last.comment = comment;
                }
                return (found, None);
            }
            [Piece::Word(ty), Piece::Word(name), rest @ ..] => {
                let mut one = Attribute { ty, name, keys: Vec::new(), comment: "" };
                pieces = marks(rest, &mut one);
                found.push(one);
            }
            [_, rest @ ..] => pieces = rest,
        }
    }
}

/// Takes the marks and the comment of a field.
fn marks<'p, 't>(mut rest: &'p [Piece<'t>], one: &mut Attribute<'t>) -> &'p [Piece<'t>] {
    let mut is_listed = true;
    loop {
        match rest {
            [Piece::Comma, after @ ..] => (rest, is_listed) = (after, true),
            [Piece::Word(word), after @ ..] if is_listed && is_mark(word) => {
                one.keys.push(word);
                (rest, is_listed) = (after, true);
            }
            [Piece::Text(comment), after @ ..] => {
                one.comment = comment;
                return after;
            }
            _ => return rest,
        }
    }
}

fn is_mark(word: &str) -> bool {
    ["PK", "FK", "UK"].iter().any(|mark| word.eq_ignore_ascii_case(mark))
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (piece, after) = match first {
            ',' => (Piece::Comma, rest.get(1..)),
            '"' | '`' => {
                let inner = rest.get(1..).unwrap_or_default();
                let end = inner.find(first).unwrap_or(inner.len());
                let text = inner.get(..end).unwrap_or_default();
                let piece = if first == '"' { Piece::Text(text) } else { Piece::Word(text) };
                (piece, inner.get(end + 1..))
            }
            _ => {
                let end = word_end(rest);
                (Piece::Word(rest.get(..end).unwrap_or(rest)), rest.get(end..))
            }
        };
        pieces.push(piece);
        rest = after.unwrap_or_default().trim_start();
    }
    pieces
}

/// Where a word ends: at a blank or quote, or at a comma behind a mark.
fn word_end(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(text.len());
    let word = text.get(..end).unwrap_or(text);
    match word.split_once(',') {
        Some((mark, _)) if is_mark(mark) => mark.len(),
        _ => end.max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_any_number_of_fields() {
        let (found, left) = attributes("int id PK,FK \"the key\" decimal(10,2) `the price` x y UK");
        let said: Vec<_> = found.iter().map(|one| (one.ty, one.name, one.keys.len())).collect();
        assert_eq!(said, [("int", "id", 2), ("decimal(10,2)", "the price", 0), ("x", "y", 1)]);
        assert_eq!((found[0].comment, left), ("the key", None));
    }

    #[test]
    fn what_is_left_over_is_a_mark_of_the_last_field_or_none() {
        assert_eq!(attributes("int id AUTO").0[0].keys, ["AUTO"]);
        assert_eq!(attributes("int").1, Some("int"));
        assert_eq!(attributes(""), (Vec::new(), None));
    }
}
