//! Whether a text looks like DBML.

/// Words that begin an element with a block, in DBML and hardly anywhere else.
const ELEMENTS: [&str; 5] = ["table", "tablegroup", "tablepartial", "diagramview", "project"];

/// Whether some line begins an element of DBML.
pub(super) fn is_dbml(text: &str) -> bool {
    text.lines().take(5000).any(|line| {
        let line = line.trim();
        let Some((word, rest)) = line.split_once(|c: char| c.is_whitespace() || c == ':') else {
            return false;
        };
        let word = word.to_lowercase();
        let rest = rest.trim();
        let opens = rest.ends_with('{') || rest.contains('{') && !rest.contains('=');
        match word.as_str() {
            "xdbml" => true,
            "ref" => [" > ", " < ", " - ", "<>"].iter().any(|sign| rest.contains(sign)),
            _ => ELEMENTS.contains(&word.as_str()) && opens && !rest.contains('('),
        }
    })
}
