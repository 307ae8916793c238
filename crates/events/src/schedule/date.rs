//! Days of the Gregorian calendar.

/// Days of a year before it is a new one, on average over 400 years.
const DAYS_OF_400_YEARS: i64 = 146_097;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: i64,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl Date {
    /// The day that is so many days after 1970-01-01.
    pub fn of(days: i64) -> Self {
        // Years that begin in March have their leap day at the end.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(DAYS_OF_400_YEARS);
        let of_era = shifted.rem_euclid(DAYS_OF_400_YEARS);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Self { year, month: small(month), day: small(day) }
    }

    /// Days after 1970-01-01.
    pub fn days(self) -> i64 {
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = i64::from(self.month);
        let shifted_month = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * shifted_month + 2) / 5 + i64::from(self.day) - 1;
        let days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
        era * DAYS_OF_400_YEARS + days - 719_468
    }

    /// 1 is Sunday, as schedules count.
    pub fn weekday(self) -> u8 {
        small((self.days() + 4).rem_euclid(7) + 1)
    }

    /// Days of its month.
    pub fn days_of_month(self) -> u8 {
        let leaps = self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0);
        match self.month {
            2 if leaps => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

fn small(number: i64) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_there_and_back() {
        for days in (-1_000..80_000).step_by(7) {
            assert_eq!(Date::of(days).days(), days);
        }
        let day = Date::of(20_454);
        assert_eq!(day, Date { year: 2026, month: 1, day: 1 });
        assert_eq!((day.weekday(), day.days_of_month()), (5, 31));
        assert_eq!(Date { year: 2028, month: 2, day: 1 }.days_of_month(), 29);
        assert_eq!(Date { year: 2100, month: 2, day: 1 }.days_of_month(), 28);
    }
}
