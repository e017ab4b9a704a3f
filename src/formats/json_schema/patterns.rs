//! Patterns of texts that stand for a type which JSON Schema has no format for: written and read back.

use crate::model::data_type::DataType;

/// Twelve bytes in hexadecimal digits.
pub(super) const OBJECT_ID: &str = "^[0-9a-fA-F]{24}$";

/// A date and time without a zone.
pub(super) const WALL_CLOCK: &str =
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?$";

/// Digits of a decimal number.
pub(super) fn decimal(precision: Option<u16>, scale: Option<u16>) -> String {
    match (precision, scale.unwrap_or(0)) {
        (None, _) => "^-?[0-9]+([.][0-9]+)?$".to_owned(),
        (Some(precision), 0) => format!("^-?[0-9]{{1,{}}}$", precision.max(1)),
        (Some(precision), scale) => {
            let whole = precision.saturating_sub(scale).max(1);
            format!("^-?[0-9]{{1,{whole}}}([.][0-9]{{1,{scale}}})?$")
        }
    }
}

/// The type that a pattern of ours stands for.
pub(super) fn type_of(pattern: &str) -> Option<DataType> {
    match pattern {
        OBJECT_ID | "^[a-f\\d]{24}$" | "^[0-9a-f]{24}$" | "^[a-fA-F0-9]{24}$" => {
            return Some(DataType::ObjectId);
        }
        WALL_CLOCK => return Some(DataType::DateTime { zoned: false }),
        _ => {}
    }
    if pattern == decimal(None, None) {
        return Some(DataType::Decimal { precision: None, scale: None });
    }
    let digits = pattern.strip_prefix("^-?[0-9]{1,")?.strip_suffix('$')?;
    let (whole, rest) = digits.split_once('}')?;
    let whole: u16 = whole.parse().ok()?;
    let fraction = match rest {
        "" => 0,
        rest => rest.strip_prefix("([.][0-9]{1,")?.strip_suffix("})?")?.parse().ok()?,
    };
    let scale = (fraction > 0).then_some(fraction);
    Some(DataType::Decimal { precision: Some(whole.checked_add(fraction)?), scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_back() {
        for (precision, scale) in [(None, None), (Some(10), Some(2)), (Some(5), None)] {
            let ty = DataType::Decimal { precision, scale };
            assert_eq!(type_of(&decimal(precision, scale)), Some(ty));
        }
        assert_eq!(type_of("^-?[0-9]{1,x}$"), None);
    }
}
