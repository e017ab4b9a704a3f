//! Whether a default fits the column it stands on: engines refuse a table over a constant that
//! does not.

use crate::base::expression::is_contained;
use crate::formats::relational::schema::{ColumnType, EnumerationType};
use crate::model::data_type::IntegerSize;
use crate::model::field::{DefaultValue, Literal, Number};

/// Whether a column of that type can have that default.
pub fn fits(default: &DefaultValue, ty: &ColumnType, enumerations: &[EnumerationType]) -> bool {
    match default {
        DefaultValue::Value(literal) => literal_fits(literal, ty, enumerations),
        DefaultValue::Now => {
            matches!(ty, ColumnType::Date | ColumnType::Time | ColumnType::DateTime { .. })
        }
        DefaultValue::Generated => match ty {
            ColumnType::Uuid | ColumnType::ObjectId | ColumnType::Text => true,
            ColumnType::String { length } => length.is_none_or(|length| length >= 36),
            _ => false,
        },
        DefaultValue::Expression(text) => is_contained(text),
    }
}

fn literal_fits(literal: &Literal, ty: &ColumnType, enumerations: &[EnumerationType]) -> bool {
    match literal {
        Literal::Null => true,
        Literal::Boolean(_) => matches!(ty, ColumnType::Boolean | ColumnType::Json),
        Literal::Number(number) => number_fits(number, ty),
        Literal::Text(text) => text_fits(text, ty, enumerations),
        Literal::EmptyArray => matches!(ty, ColumnType::Array(_) | ColumnType::Json),
        Literal::EmptyObject => *ty == ColumnType::Json,
    }
}

fn number_fits(number: &Number, ty: &ColumnType) -> bool {
    match ty {
        ColumnType::Integer(size) => {
            let range = match size {
                IntegerSize::Tiny => i64::from(i8::MIN)..=i64::from(i8::MAX),
                IntegerSize::Small => i64::from(i16::MIN)..=i64::from(i16::MAX),
                IntegerSize::Regular => i64::from(i32::MIN)..=i64::from(i32::MAX),
                IntegerSize::Big => i64::MIN..=i64::MAX,
            };
            number.as_str().parse().is_ok_and(|value| range.contains(&value))
        }
        ColumnType::Decimal { precision, scale } => decimal_fits(number, *precision, *scale),
        ColumnType::Float => number.to_f64().abs() <= f64::from(f32::MAX),
        ColumnType::Double => number.to_f64().is_finite(),
        ColumnType::Json => true,
        _ => false,
    }
}

/// Whether the digits before the point fit; those after it are rounded by every engine.
fn decimal_fits(number: &Number, precision: Option<u16>, scale: Option<u16>) -> bool {
    let Some(precision) = precision else { return number.to_f64().is_finite() };
    let whole = i32::from(precision) - i32::from(scale.unwrap_or(0));
    number.to_f64().abs() < 10_f64.powi(whole)
}

fn text_fits(text: &str, ty: &ColumnType, enumerations: &[EnumerationType]) -> bool {
    if text.contains('\0') {
        return false;
    }
    match ty {
        ColumnType::String { length } => {
            text.chars().count() <= length.map_or(255, |length| length as usize)
        }
        ColumnType::Text => true,
        ColumnType::Enumeration(position) => {
            enumerations.get(*position).is_some_and(|e| e.values.iter().any(|value| value == text))
        }
        ColumnType::Json => serde_json::from_str::<serde_json::Value>(text).is_ok(),
        ColumnType::Uuid => matches_shape(text, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"),
        ColumnType::ObjectId => matches_shape(text, "xxxxxxxxxxxxxxxxxxxxxxxx"),
        ColumnType::Date => is_date(text),
        ColumnType::Time => is_time(text),
        ColumnType::DateTime { .. } => is_moment(text),
        ColumnType::Inet => is_address(text),
        ColumnType::Integer(_)
        | ColumnType::Decimal { .. }
        | ColumnType::Float
        | ColumnType::Double
        | ColumnType::Boolean
        | ColumnType::Interval
        | ColumnType::Binary { .. }
        | ColumnType::GeoPoint
        | ColumnType::Vector { .. }
        | ColumnType::Array(_) => false,
    }
}

/// Whether text has the form of `shape`, where `9` is a digit and `x` a hexadecimal one.
fn matches_shape(text: &str, shape: &str) -> bool {
    text.len() == shape.len()
        && text.bytes().zip(shape.bytes()).all(|(byte, form)| match form {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_hexdigit(),
            other => byte == other,
        })
}

fn is_date(text: &str) -> bool {
    let part = |range| text.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    matches_shape(text, "9999-99-99") && year > 0 && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let clock = text.split_once('.').map_or(text, |(clock, fraction)| {
        let is_fraction =
            (1..=6).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
        if is_fraction { clock } else { "" }
    });
    let below = |range, most: u32| {
        clock
            .get(range)
            .and_then(|part: &str| part.parse().ok())
            .is_some_and(|part: u32| part < most)
    };
    let is_clock = matches_shape(clock, "99:99:99") && below(6..8, 60)
        || matches_shape(clock, "99:99") && !text.contains('.');
    is_clock && below(0..2, 24) && below(3..5, 60)
}

fn is_moment(text: &str) -> bool {
    match text.split_once([' ', 'T']) {
        Some((date, time)) => is_date(date) && is_time(time.strip_suffix('Z').unwrap_or(time)),
        None => is_date(text),
    }
}

fn is_address(text: &str) -> bool {
    let (address, mask) = match text.split_once('/') {
        Some((address, mask)) => (address, Some(mask)),
        None => (text, None),
    };
    let Ok(address) = address.parse::<std::net::IpAddr>() else { return false };
    let bits = if address.is_ipv4() { 32 } else { 128 };
    mask.is_none_or(|mask| mask.parse::<u8>().is_ok_and(|mask| mask <= bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_real_ones() {
        assert!(is_date("2024-02-29") && !is_date("2023-02-29") && !is_date("2024-13-01"));
        assert!(is_time("23:59:59.5") && is_time("07:30") && !is_time("24:00:00"));
        assert!(is_moment("2024-01-01T00:00:00Z") && !is_moment("soon"));
        assert!(is_address("10.0.0.0/8") && is_address("::1") && !is_address("10.0.0.0/33"));
    }

    #[test]
    fn numbers_stay_in_range() {
        let number = |text| Number::parse(text).unwrap();
        assert!(number_fits(&number("127"), &ColumnType::Integer(IntegerSize::Tiny)));
        assert!(!number_fits(&number("128"), &ColumnType::Integer(IntegerSize::Tiny)));
        assert!(!number_fits(&number("1.5"), &ColumnType::Integer(IntegerSize::Big)));
        assert!(decimal_fits(&number("99.999"), Some(4), Some(2)));
        assert!(!decimal_fits(&number("100"), Some(4), Some(2)));
    }
}
