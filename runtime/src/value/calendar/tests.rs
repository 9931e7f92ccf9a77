use chrono::{DateTime as Reference, Datelike as _, NaiveDate};
use proptest::prelude::*;

use super::DateTime;
use super::days::{date, days_since_epoch};

#[test]
fn every_day_converts_in_both_directions() {
    // The calendar repeats every 400 years.
    for (first_year, last_year) in [(0, 400), (1_969, 1_972), (9_999, 9_999)] {
        let mut days = days_since_epoch(first_year, 1, 1);
        let year = |year: u32| i32::try_from(year).expect("a year");
        let first = NaiveDate::from_ymd_opt(year(first_year), 1, 1).expect("a date");
        for expected in first.iter_days().take_while(|day| day.year() <= year(last_year)) {
            let (of_year, month, day) = date(days);
            assert_eq!(NaiveDate::from_ymd_opt(year(of_year), month, day), Some(expected));
            assert_eq!(days_since_epoch(of_year, month, day), days);
            days += 1;
        }
        assert_eq!(date(days), (last_year + 1, 1, 1));
    }
    assert_eq!(date(0), (1970, 1, 1));
}

/// `/` and `:` are the characters beside the digits.
#[test]
fn other_character_in_place_of_a_digit_is_rejected() {
    let valid = "2026-11-28T07:08:09.5+01:30";
    assert!(DateTime::parse(valid).is_ok());
    for (at, _) in valid.match_indices(|c: char| c.is_ascii_digit()) {
        for other in ["/", ":"] {
            let mut text = valid.to_owned();
            text.replace_range(at..=at, other);
            assert!(DateTime::parse(&text).is_err(), "{text}");
        }
    }
}

/// Texts that are or resemble times.
fn any_time() -> impl Strategy<Value = String> {
    let number = |range: std::ops::RangeInclusive<u32>| range.prop_map(|number| format!("{number:02}"));
    let date = ("[0-9]{4}", number(0..=13), number(0..=32));
    let seconds = prop_oneof![Just(String::new()), r":[0-6][0-9](\.[0-9]{0,12})?"];
    let offset = "( {0,2})(|Z|z|[+\u{2212}-](0[0-9]|1[0-9]|2[0-5])(|:?[0-7][0-9]))";
    let time = (number(0..=24), number(0..=60), seconds);
    (date, "[Tt ]", time, offset).prop_map(
        |((year, month, day), separator, (hour, minute, second), offset)| {
            format!("{year}-{month}-{day}{separator}{hour}:{minute}{second}{offset}")
        },
    )
}

/// Converts the forms that are accepted beside RFC 3339. Returns `None` if there is no offset.
fn rfc3339(text: &str) -> Option<String> {
    let (date, time) = (text.get(..11)?, text.get(11..)?);
    let clock_end = time.find(|c: char| !matches!(c, '0'..='9' | ':' | '.')).unwrap_or(time.len());
    let (clock, offset) = time.split_at(clock_end);
    if offset.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        // The parts before and after the spaces would become one number.
        return Some(text.to_owned());
    }
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    let offset = offset.trim_start_matches(' ');
    let offset = match (offset.len(), offset.starts_with(['+', '-'])) {
        (0, _) => return None,
        (3, true) => format!("{offset}:00"),
        (5, true) => format!("{}:{}", offset.get(..3)?, offset.get(3..)?),
        _ => offset.to_owned(),
    };
    Some(format!("{date}{clock}{seconds}{offset}"))
}

fn check_against_chrono(text: &str) -> Result<(), TestCaseError> {
    let ours = DateTime::parse(text).ok();
    let expected = match rfc3339(text) {
        Some(text) => Reference::parse_from_rfc3339(&text).ok(),
        None => rfc3339(&format!("{text}Z")).and_then(|text| Reference::parse_from_rfc3339(&text).ok()),
    };
    let (Some((time, offset)), Some(expected)) = (ours, expected) else {
        prop_assert_eq!(ours.is_some(), expected.is_some(), "{}", text);
        return Ok(());
    };
    prop_assert_eq!(offset.is_some(), rfc3339(text).is_some());
    let offset = offset.unwrap_or(0);
    prop_assert_eq!(i64::from(expected.offset().local_minus_utc()), offset);
    // `chrono` represents a leap second with nanoseconds of 1,000,000,000 and more.
    let leap = u32::from(time.is_leap_second());
    prop_assert_eq!(expected.timestamp(), time.unix_seconds() - offset - i64::from(leap));
    prop_assert_eq!(expected.timestamp_subsec_nanos(), time.nanos + leap * 1_000_000_000);
    if leap == 0 && (-62_167_219_200..=253_402_300_799).contains(&expected.timestamp()) {
        let printed = expected.to_utc().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
        let utc = DateTime::from_unix(expected.timestamp(), time.nanos);
        prop_assert_eq!(format!("{utc}Z"), printed);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn times_are_those_of_chrono(text in any_time()) {
        check_against_chrono(&text)?;
    }

    #[test]
    fn mutated_times_are_those_of_chrono(
        text in any_time(),
        at in 0..40_usize,
        mutated in prop_oneof![Just(None), "[0-9TtZz:. +-]".prop_map(Some)],
    ) {
        let mut text: Vec<char> = text.chars().collect();
        let at = at % text.len();
        text.splice(at..=at, mutated.into_iter().flat_map(|text| text.chars().collect::<Vec<_>>()));
        check_against_chrono(&text.into_iter().collect::<String>())?;
    }
}
