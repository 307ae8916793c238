//! `0 12 * * ? *`: minutes, hours, day of the month, month, day of the week, year.

use cloudarium_env::Timestamp;

use super::date::Date;

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
/// What `*` stands for.
const YEARS: (u16, u16) = (1970, 2199);
/// Years that can be named: AWS documents that those end at 2199, too, and takes 2500 (recorded:
/// <https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/events/pf-events-rule-cron-fields>).
/// guess: as far as four digits go.
const YEARS_NAMED: (u16, u16) = (1970, 9999);
const MINUTES_OF_DAY: i64 = 1_440;

/// The times at which it is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Cron {
    minutes: Vec<u16>,
    hours: Vec<u16>,
    months: Vec<u16>,
    years: Vec<u16>,
    days: Days,
}

/// Days of a month.
#[derive(Debug, Clone, PartialEq)]
enum Days {
    /// These days.
    OfMonth(Vec<u16>),
    /// So many days before the last one.
    BeforeLast(u16),
    /// The weekday that is nearest to this day.
    NearestWeekday(u16),
    /// The last weekday.
    LastWeekday,
    /// These days of the week.
    OfWeek(Vec<u16>),
    /// This day of the week, the last time in the month.
    LastOfWeek(u16),
    /// This day of the week, the so-manieth time in the month.
    Nth(u16, u16),
}

impl Cron {
    /// Reads the six fields; `None` if they are none.
    pub fn parse(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minutes, hours, month_days, months, week_days, years] = fields.as_slice() else {
            return None;
        };
        // "If you specify a value or a * in one of the fields, you must use a ? in the other."
        let days = match (*month_days, *week_days) {
            ("?", "?") => return None,
            (month_days, "?") => of_month(month_days)?,
            ("?", week_days) => of_week(week_days)?,
            _ => return None,
        };
        Some(Self {
            minutes: list(minutes, (0, 59), &[])?,
            hours: list(hours, (0, 23), &[])?,
            months: list(months, (1, 12), &MONTHS)?,
            years: list(years, if *years == "*" { YEARS } else { YEARS_NAMED }, &[])?,
            days,
        })
    }

    /// The first minute after a moment at which it is due.
    pub fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let minute = now.as_ms().div_euclid(60_000) + 1;
        let mut day = minute.div_euclid(MINUTES_OF_DAY);
        let mut from = minute.rem_euclid(MINUTES_OF_DAY);
        let end = i64::from(*self.years.last()?);
        loop {
            let date = Date::of(day);
            if date.year > end {
                return None;
            }
            if !holds(&self.years, date.year) || !holds(&self.months, i64::from(date.month)) {
                // To the first of the next month.
                day += i64::from(date.days_of_month()) - i64::from(date.day) + 1;
                from = 0;
                continue;
            }
            if self.days.hold(date)
                && let Some(at) = self.next_of_day(from)
            {
                let minute = day * MINUTES_OF_DAY + at;
                return Some(Timestamp::from_ms(minute * 60_000));
            }
            day += 1;
            from = 0;
        }
    }

    fn next_of_day(&self, from: i64) -> Option<i64> {
        let times = self.hours.iter().flat_map(|hour| {
            self.minutes.iter().map(move |minute| i64::from(*hour) * 60 + i64::from(*minute))
        });
        times.into_iter().find(|at| *at >= from)
    }
}

impl Days {
    fn hold(&self, date: Date) -> bool {
        let (day, last) = (u16::from(date.day), u16::from(date.days_of_month()));
        let weekday = u16::from(date.weekday());
        match self {
            Self::OfMonth(days) => days.contains(&day),
            Self::BeforeLast(before) => day + before == last,
            Self::NearestWeekday(wanted) => {
                *wanted <= last && day == nearest_weekday(date, *wanted, last)
            }
            Self::LastWeekday => {
                let is_weekday = |it: u16| (2..=6).contains(&it);
                // A weekday after which only a weekend is left.
                is_weekday(weekday) && (day == last || (weekday == 6 && day + 2 >= last))
            }
            Self::OfWeek(days) => days.contains(&weekday),
            Self::LastOfWeek(wanted) => weekday == *wanted && day + 7 > last,
            Self::Nth(wanted, nth) => weekday == *wanted && day.div_ceil(7) == *nth,
        }
    }
}

/// The weekday that is nearest to a day, within its month.
fn nearest_weekday(date: Date, wanted: u16, last: u16) -> u16 {
    let day = u8::try_from(wanted).unwrap_or(1);
    match (Date { day, ..date }.weekday(), wanted) {
        (7, 1) => 3,
        (7, _) => wanted - 1,
        (1, _) if wanted == last => wanted - 2,
        (1, _) => wanted + 1,
        _ => wanted,
    }
}

fn holds(list: &[u16], number: i64) -> bool {
    u16::try_from(number).is_ok_and(|number| list.binary_search(&number).is_ok())
}

fn of_month(field: &str) -> Option<Days> {
    if field == "LW" {
        return Some(Days::LastWeekday);
    }
    if let Some(before) = field.strip_prefix('L') {
        let before = if before.is_empty() { "0" } else { before.strip_prefix('-')? };
        return number(before, (0, 30), &[]).map(Days::BeforeLast);
    }
    if let Some(day) = field.strip_suffix('W') {
        return number(day, (1, 31), &[]).map(Days::NearestWeekday);
    }
    list(field, (1, 31), &[]).map(Days::OfMonth)
}

fn of_week(field: &str) -> Option<Days> {
    const RANGE: (u16, u16) = (1, 7);
    if let Some((day, nth)) = field.split_once('#') {
        return Some(Days::Nth(number(day, RANGE, &WEEKDAYS)?, number(nth, (1, 5), &[])?));
    }
    match field.strip_suffix('L') {
        // The last day of the week.
        Some("") => Some(Days::OfWeek(vec![7])),
        Some(day) => number(day, RANGE, &WEEKDAYS).map(Days::LastOfWeek),
        None => list(field, RANGE, &WEEKDAYS).map(Days::OfWeek),
    }
}

/// `1,5-7,10/15`: what a field names, in order.
fn list(field: &str, range: (u16, u16), names: &[&str]) -> Option<Vec<u16>> {
    let mut all = Vec::new();
    for part in field.split(',') {
        let (span, step) = match part.split_once('/') {
            Some((span, step)) => (span, Some(number(step, (1, range.1.max(1)), &[])?)),
            None => (part, None),
        };
        let (from, to) = match span.split_once('-') {
            _ if span == "*" => range,
            Some((from, to)) => (number(from, range, names)?, number(to, range, names)?),
            None => {
                let from = number(span, range, names)?;
                (from, if step.is_some() { range.1 } else { from })
            }
        };
        let step = usize::from(step.unwrap_or(1));
        if from <= to {
            all.extend((from..=to).step_by(step));
        } else {
            // `20-2`: over the end, and on from the beginning.
            all.extend((from..=range.1).chain(range.0..=to).step_by(step));
        }
    }
    all.sort_unstable();
    all.dedup();
    Some(all)
}

fn number(text: &str, (least, most): (u16, u16), names: &[&str]) -> Option<u16> {
    if let Some(at) = names.iter().position(|name| name.eq_ignore_ascii_case(text)) {
        return u16::try_from(at + 1).ok();
    }
    let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let number: u16 = is_number.then(|| text.parse().ok())??;
    (least..=most).contains(&number).then_some(number)
}
