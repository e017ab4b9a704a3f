//! Moments: whether a text is one that JavaScript reads the same everywhere.

/// Whether the text is a day, `2026-11-23`, with a time or without: `T09:00`, `T09:00:30.5Z`.
pub(super) fn is_moment(text: &str) -> bool {
    match text.split_once(['T', ' ']) {
        Some((date, time)) => is_date(date) && is_time(time),
        None => is_date(text),
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 31,
    };
    (1..=12).contains(&month) && (1..=last).contains(&day)
}

fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, "Z"),
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let has_seconds = clock.matches(':').count() == 2;
    let (clock, seconds) =
        if has_seconds { clock.rsplit_once(':').unwrap_or((clock, "")) } else { (clock, "00") };
    let is_fraction = !fraction.is_empty()
        && (has_seconds || fraction == "0")
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_zone = zone == "Z" || zone.strip_prefix(['+', '-']).is_some_and(is_hour_and_minute);
    is_hour_and_minute(clock)
        && digits(seconds, 2).is_some_and(|s| s < 60)
        && is_fraction
        && is_zone
}

fn is_hour_and_minute(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    digits(hour, 2).is_some_and(|hour| hour < 24) && digits(minute, 2).is_some_and(|m| m < 60)
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let fits = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_moments_pass() {
        for text in ["2026-11-23", "2024-02-29", "2026-11-23T09:00", "2026-11-23 09:00:30.5+02:00"]
        {
            assert!(is_moment(text), "{text}");
        }
        for text in
            ["", "now", "2026-02-30", "2026-13-01", "2026-1-1", "2026-11-23T9", "2026-11-23T09:00x"]
        {
            assert!(!is_moment(text), "{text}");
        }
    }
}
