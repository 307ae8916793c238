//! Instants as policies write them.
//!
//! <https://www.w3.org/TR/NOTE-datetime>, or seconds since 1970.

/// Milliseconds since 1970; `None` if the text is no instant.
pub fn parse(text: &str) -> Option<i64> {
    if !text.is_empty()
        && text.strip_prefix('-').unwrap_or(text).bytes().all(|b| b.is_ascii_digit())
    {
        // Four digits are a year, not the second hour of 1970.
        if text.len() != 4 {
            return text.parse::<i64>().ok()?.checked_mul(1000);
        }
    }
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let days = days(date)?;
    let ms = match time {
        Some(time) if date.len() == "2026-01-01".len() => time_ms(time)?,
        Some(_) => return None,
        None => 0,
    };
    days.checked_mul(86_400_000)?.checked_add(ms)
}

/// `2026`, `2026-01`, `2026-01-05`: days since 1970.
fn days(date: &str) -> Option<i64> {
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |month| digits(month, 2))?;
    let day = parts.next().map_or(Some(1), |day| digits(day, 2))?;
    let february = if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 };
    let days_of_month = match month {
        2 => february,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=days_of_month).contains(&day) {
        return None;
    }
    // Years that begin in March, so that the day of a leap year is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(365 * year + leap_days + day_of_year - 719_468)
}

/// `09:30Z`, `09:30:00+01:00`, `09:30:00.25Z`
fn time_ms(time: &str) -> Option<i64> {
    let zone = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone);
    let mut parts = clock.split(':');
    let hour = digits(parts.next()?, 2).filter(|hour| *hour < 24)?;
    let minute = digits(parts.next()?, 2).filter(|minute| *minute < 60)?;
    let (second, fraction_ms) = match parts.next() {
        None => (0, 0),
        Some(second) => match second.split_once('.') {
            None => (digits(second, 2)?, 0),
            Some((second, fraction)) => (digits(second, 2)?, thousandths(fraction)?),
        },
    };
    if parts.next().is_some() || second > 60 {
        return None;
    }
    let ms = ((hour * 60 + minute) * 60 + second) * 1000 + fraction_ms;
    Some(ms - offset_ms(zone)?)
}

fn offset_ms(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, offset) = match zone.split_at_checked(1)? {
        ("+", offset) => (1, offset),
        ("-", offset) => (-1, offset),
        _ => return None,
    };
    let (hours, minutes) = offset.split_once(':')?;
    Some(sign * (digits(hours, 2)? * 60 + digits(minutes, 2)?) * 60_000)
}

fn thousandths(fraction: &str) -> Option<i64> {
    let known = fraction.get(..3.min(fraction.len()))?;
    let value = digits(known, known.len())?;
    let scale = [1000, 100, 10, 1].get(known.len()).copied()?;
    fraction.bytes().all(|b| b.is_ascii_digit()).then_some(value * scale)
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let formed = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if formed { text.parse().ok() } else { None }
}
