//! When something was, as a person says it and as a list sorts it. Clocks are read elsewhere.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;

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

/// The moment in the time of Greenwich: `2026-11-23 19:40 UTC`; nothing before the year -9999 or
/// after the year 9999.
pub(super) fn in_utc(moment: SystemTime) -> String {
    let moment = Timestamp::try_from(moment);
    moment.map(|moment| moment.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

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
