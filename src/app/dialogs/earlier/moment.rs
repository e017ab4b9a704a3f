//! When something was, as a person says it and as a list sorts it. Clocks are read elsewhere.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long ago: `just now`, `12 minutes ago`, `3 days ago`.
pub(super) fn ago(age: Duration) -> String {
    const UNITS: [(u64, &str); 5] =
        [(31_557_600, "year"), (604_800, "week"), (86_400, "day"), (3_600, "hour"), (60, "minute")];
    let seconds = age.as_secs();
    let Some((length, unit)) = UNITS.into_iter().find(|(length, _)| seconds >= *length) else {
        return "just now".to_owned();
    };
    match seconds / length {
        1 => format!("1 {unit} ago"),
        count => format!("{count} {unit}s ago"),
    }
}

/// The moment in the time of Greenwich: `2026-11-23 19:40 UTC`.
pub(super) fn in_utc(moment: SystemTime) -> String {
    let seconds = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (year, month, day) = civil_from_days(seconds / 86_400);
    let (hour, minute) = (seconds / 3_600 % 24, seconds / 60 % 60);
    format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

/// The date that many days after 1970-01-01 (Howard Hinnant, chrono-compatible low-level date
/// algorithms): years that begin in March end with the leap day.
fn civil_from_days(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_399, "2000-02-28 23:59 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_462_812, "2026-11-23 19:40 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(in_utc(UNIX_EPOCH + Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn ages_are_told_in_their_largest_unit() {
        for (seconds, text) in [
            (59, "just now"),
            (60, "1 minute ago"),
            (7_300, "2 hours ago"),
            (86_400 * 6, "6 days ago"),
            (86_400 * 15, "2 weeks ago"),
            (86_400 * 800, "2 years ago"),
        ] {
            assert_eq!(ago(Duration::from_secs(seconds)), text);
        }
    }
}
