//! Expressions that a person typed in the language of a target: code by intent, but one expression.
//!
//! A generated file may carry them only while they cannot end the statement they stand in.
//! Must not know any dialect beyond quotes, brackets and comments.

/// Whether `text` stays inside the parentheses that a generator puts around it: brackets and
/// quotes are balanced, and no top-level `;` or comment ends it early. Dollar quotes and
/// backslashes are refused, since dialects disagree on them.
pub fn is_contained(text: &str) -> bool {
    let mut open = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\'' | '"' | '`' if !skip_quoted(&mut chars, c) => return false,
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(c) => return false,
            ';' | '\\' | '#' => return false,
            '$' if chars.peek().is_some_and(|next| *next == '$') => return false,
            '-' if chars.peek() == Some(&'-') => return false,
            '*' if chars.peek() == Some(&'/') => return false,
            '/' if chars.peek().is_some_and(|next| matches!(next, '*' | '/')) => return false,
            _ if c.is_control() && c != '\n' && c != '\t' => return false,
            _ => {}
        }
    }
    open.is_empty() && !text.trim().is_empty()
}

/// Consumes up to the closing `quote`; false when it never comes or a backslash makes it unclear.
fn skip_quoted(chars: &mut impl Iterator<Item = char>, quote: char) -> bool {
    for c in chars {
        if c == quote {
            return true;
        }
        if c == '\\' || c == '\0' {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_expressions_pass() {
        for text in ["price > 0", "lower(email)", "a = 'it''s; fine'", "x IN (1, 2)", "a -> 'b'"] {
            assert!(is_contained(text), "{text}");
        }
    }

    #[test]
    fn anything_that_could_end_the_statement_is_refused() {
        for text in ["", "1); DROP TABLE x", "1 -- x", "/* x", "'open", "a)", "E'\\''", "$$x$$"] {
            assert!(!is_contained(text), "{text}");
        }
    }
}
