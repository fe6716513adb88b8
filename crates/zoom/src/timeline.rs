//! Who spoke when: the file `TIMELINE` of a recording.
//!
//! Zoom's reference names the file and not what is in it; `timeline`, `ts`, `users` and `username` are what the file holds
//! by the accounts of those who read it. One that is otherwise is of no use, and no error.

use serde::Deserialize;

/// Most changes of speaker that are read: one a second for 12 hours.
const MOST_ENTRIES: usize = 12 * 60 * 60;

/// A time in which somebody spoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Its beginning in milliseconds from that of the recording.
    pub start_ms: i64,
    /// Its end in milliseconds.
    pub end_ms: i64,
    /// The name that the others saw.
    pub name: String,
}

#[derive(Deserialize)]
struct Timeline {
    #[serde(default)]
    timeline: Vec<Entry>,
}

/// From its time to that of the next, these speak.
#[derive(Deserialize)]
struct Entry {
    ts: String,
    #[serde(default)]
    users: Vec<Speaker>,
}

#[derive(Deserialize)]
struct Speaker {
    #[serde(default)]
    username: String,
}

/// The times in which exactly one person spoke, in their order. What follows the last change is not in the file, so its
/// end is not known and taken as a minute.
pub fn parse(file: &str) -> Vec<Turn> {
    let entries = serde_json::from_str::<Timeline>(file).map(|file| file.timeline).unwrap_or_default();
    let times: Vec<Option<i64>> = entries.iter().take(MOST_ENTRIES).map(|entry| time(&entry.ts)).collect();
    let mut turns: Vec<Turn> = Vec::new();
    for (place, entry) in entries.iter().take(MOST_ENTRIES).enumerate() {
        let ([speaker], Some(start_ms)) = (entry.users.as_slice(), times[place]) else { continue };
        let end_ms = times.get(place + 1).copied().flatten().unwrap_or(start_ms + 60_000);
        let name = speaker.username.trim();
        if name.is_empty() || end_ms <= start_ms {
            continue;
        }
        match turns.last_mut() {
            Some(last) if last.name == name && last.end_ms == start_ms => last.end_ms = end_ms,
            _ => turns.push(Turn { start_ms, end_ms, name: name.to_owned() }),
        }
    }
    turns
}

/// `hh:mm:ss.mmm` in milliseconds.
fn time(text: &str) -> Option<i64> {
    let mut parts = text.splitn(3, ':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = |text: &str| text.parse::<u16>().ok().map(i64::from);
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let thousandths = whole(format!("{fraction:0<3}").get(..3)?)?;
    Some(((whole(hours)? * 60 + whole(minutes)?) * 60 + whole(seconds)?) * 1000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_last_until_the_next_change() {
        let entry = |ts: &str, names: &[&str]| {
            let users: Vec<_> = names.iter().map(|name| serde_json::json!({ "username": name })).collect();
            serde_json::json!({ "ts": ts, "users": users })
        };
        let file = serde_json::json!({ "timeline": [
            entry("00:00:01.250", &["Ana"]),
            entry("00:00:02", &["Ana"]),
            entry("00:00:03.5", &["Zoë"]),
            entry("00:00:04.000", &["Ana", "Zoë"]),
            entry("01:00:00.000", &["Ana"]),
        ] });
        let turn = |start_ms, end_ms, name: &str| Turn { start_ms, end_ms, name: name.to_owned() };
        let expected = [turn(1250, 3500, "Ana"), turn(3500, 4000, "Zoë"), turn(3_600_000, 3_660_000, "Ana")];
        assert_eq!(parse(&file.to_string()), expected);
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        for bad in
            ["", "[]", "{}", r#"{"timeline":[{"ts":"soon","users":[{"username":"A"}]}]}"#, "{\"timeline\":1}"]
        {
            assert_eq!(parse(bad), [], "{bad}");
        }
        assert_eq!(time("99999999999:00:00"), None);
    }
}
