//! The name that somebody probably meant.
//!
//! Must not know what the names are of.

/// The known name that is nearest to a mistyped one, when it is near enough to be meant: less than
/// a third of the letters differ. Case does not count; of equals the first is meant.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().take(64).collect();
    let most = wanted.len().div_ceil(3).min(3);
    let measured = known.into_iter().map(|name| (distance(&wanted, name, most), name));
    let near = measured.filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// The hint for a mistyped name.
pub fn did_you_mean<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wanted, known).map(|name| format!("did you mean `{name}`?"))
}

/// How many letters must be typed, deleted or replaced to make one name of the other; more than
/// `most` when it is more.
fn distance(wanted: &[char], name: &str, most: usize) -> usize {
    let name: Vec<char> = name.to_lowercase().chars().take(64).collect();
    if wanted.len().abs_diff(name.len()) > most {
        return most + 1;
    }
    let mut row: Vec<usize> = (0..=name.len()).collect();
    for (line, a) in wanted.iter().enumerate() {
        let mut left = line + 1;
        let mut diagonal = line;
        let mut next = vec![left];
        for (above, b) in row.iter().skip(1).zip(&name) {
            left = (diagonal + usize::from(a != b)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(most + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        let known = ["users", "orders", "order_items"];
        assert_eq!(nearest("usres", known), Some("users"));
        assert_eq!(nearest("Order", known), Some("orders"));
        assert_eq!(nearest("order_item", known), Some("order_items"));
        assert_eq!(nearest("payments", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(did_you_mean("user", known).unwrap(), "did you mean `users`?");
    }
}
