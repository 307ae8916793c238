//! Simulated time in words. Always UTC: it is the cloud's clock, not the learner's.

use js_sys::Date;
use wasm_bindgen::JsValue;

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `09:02:13`
pub fn clock(ms: f64) -> String {
    part(ms, 11, 19)
}

/// `09:02:13.112`
pub fn clock_ms(ms: f64) -> String {
    part(ms, 11, 23)
}

/// `Mon 5 Jan 2026`
pub fn date(ms: f64) -> String {
    let at = Date::new(&JsValue::from_f64(ms));
    let day = DAYS.get(at.get_utc_day() as usize).unwrap_or(&"");
    let month = MONTHS.get(at.get_utc_month() as usize).unwrap_or(&"");
    format!("{day} {} {month} {}", at.get_utc_date(), at.get_utc_full_year())
}

/// `5 Jan 09:02:13`, or the time alone when it is the day of `now`.
pub fn moment(ms: f64, now: f64) -> String {
    moment_of(ms, &day(now))
}

/// `2026-01-05`
pub fn day(ms: f64) -> String {
    part(ms, 0, 10)
}

/// `5 Jan 09:02:13`, or the time alone when it is on `today`.
pub fn moment_of(ms: f64, today: &str) -> String {
    if day(ms) == today {
        return clock(ms);
    }
    let at = Date::new(&JsValue::from_f64(ms));
    let month = MONTHS.get(at.get_utc_month() as usize).unwrap_or(&"");
    format!("{} {month} {}", at.get_utc_date(), part(ms, 11, 16))
}

/// An ISO 8601 time as milliseconds.
pub fn parse(iso: &str) -> Option<f64> {
    Some(Date::parse(iso)).filter(|ms| !ms.is_nan())
}

fn part(ms: f64, from: usize, to: usize) -> String {
    if !ms.is_finite() {
        return String::new();
    }
    let iso = String::from(Date::new(&JsValue::from_f64(ms)).to_iso_string());
    iso.get(from..to).unwrap_or_default().to_owned()
}
