//! Days of the Gregorian calendar.

pub(super) const fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn is_leap_year(year: u32) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The days of 400 years, after which the calendar repeats.
const DAYS_PER_ERA: i64 = 146_097;
/// The days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Returns the days since 1970-01-01.
///
/// Years are counted from March, so that a leap day is the last day of its year. Then the months
/// have 31, 30, 31, 30 and 31 days in turn, which is a linear function rounded down.
pub(super) fn days_since_epoch(year: u32, month: u32, day: u32) -> i64 {
    let year = i64::from(year) - i64::from(month < 3);
    let days_before_month = i64::from((153 * ((month + 9) % 12) + 2) / 5);
    year * 365 + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + days_before_month
        + i64::from(day - 1)
        - EPOCH
}

/// Returns year, month and day of a number of days since 1970-01-01.
pub(super) fn date(days: i64) -> (u32, u32, u32) {
    let days = days + EPOCH;
    let day_of_era = days.rem_euclid(DAYS_PER_ERA);
    let leap_days = day_of_era / 1460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let year = days.div_euclid(DAYS_PER_ERA) * 400 + year_of_era + i64::from(month >= 10);
    let part = |number: i64| u32::try_from(number).unwrap_or_default();
    (part(year), part((month + 2) % 12 + 1), part(day))
}
