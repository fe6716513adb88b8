//! What a callback says of a recording.

use platform::{Error, Result};
use reqwest::Url;
use types::Timestamp;
use types::calls::CallDirection;

/// The parameters of a callback: of its form, or else of the query of the address, which whoever set it up may have given
/// `From`, `To` and `Direction` (Twilio's placeholders of a call).
pub(super) struct Parameters {
    pub(super) form: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
}

impl Parameters {
    fn get(&self, name: &str) -> Option<&str> {
        let mut all = self.form.iter().chain(&self.query);
        all.find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    fn required(&self, name: &str) -> Result<&str> {
        self.get(name).ok_or_else(|| Error::invalid(name, "must not be empty"))
    }
}

/// A recording that is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// What the provider calls the recording.
    pub(super) recording_sid: String,
    /// Where it can be fetched.
    pub(super) media_url: String,
    pub(super) duration_ms: Option<i64>,
    pub(super) started_at: Option<Timestamp>,
    pub(super) direction: CallDirection,
    /// The number of the other side.
    pub(super) phone: Option<String>,
}

impl Report {
    /// Reads the parameters of Twilio's `recordingStatusCallback`. Nothing for a recording that is not complete: one that
    /// is still going on is reported again, and one that failed has no sound.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the parameter.
    pub(super) fn read(parameters: &Parameters, account_sid: &str) -> Result<Option<Self>> {
        if parameters.required("AccountSid")? != account_sid {
            return Err(Error::invalid("AccountSid", "must be that of the account"));
        }
        if parameters.required("RecordingStatus")? != "completed" {
            return Ok(None);
        }
        let recording_sid = parameters.required("RecordingSid")?;
        if recording_sid.len() > 64 || !recording_sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Error::invalid("RecordingSid", "must be 1 to 64 letters and digits"));
        }
        let direction = match parameters.get("Direction") {
            Some(outbound) if outbound.starts_with("outbound") => CallDirection::Outbound,
            _ => CallDirection::Inbound,
        };
        let other_side = match direction {
            CallDirection::Inbound => "From",
            CallDirection::Outbound => "To",
        };
        Ok(Some(Self {
            recording_sid: recording_sid.to_owned(),
            media_url: media_url(parameters)?,
            duration_ms: duration_ms(parameters)?,
            started_at: started_at(parameters)?,
            direction,
            phone: parameters.get(other_side).map(str::to_owned),
        }))
    }
}

/// The address of the recording as WAV, with a channel for each side where there are two.
fn media_url(parameters: &Parameters) -> Result<String> {
    let malformed = || Error::invalid("RecordingUrl", "must be an address that starts with https://");
    let mut url = Url::parse(parameters.required("RecordingUrl")?).map_err(|_| malformed())?;
    if !matches!(url.scheme(), "https" | "http") || !url.has_host() {
        return Err(malformed());
    }
    let path = format!("{}.wav", url.path());
    url.set_path(&path);
    if parameters.get("RecordingChannels") == Some("2") {
        url.query_pairs_mut().append_pair("RequestedChannels", "2");
    }
    Ok(url.into())
}

fn duration_ms(parameters: &Parameters) -> Result<Option<i64>> {
    let Some(seconds) = parameters.get("RecordingDuration") else { return Ok(None) };
    let ms = seconds.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1000));
    // -1 stands for a duration that is not known.
    let ms = ms.ok_or_else(|| Error::invalid("RecordingDuration", "must be a whole number of seconds"))?;
    Ok(Some(ms).filter(|ms| *ms >= 0))
}

/// The time of `RecordingStartTime`, as in "Thu, 01 Jan 2026 10:00:00 +0000" (RFC 2822, in UTC).
fn started_at(parameters: &Parameters) -> Result<Option<Timestamp>> {
    let Some(text) = parameters.get("RecordingStartTime") else { return Ok(None) };
    let malformed = || Error::invalid("RecordingStartTime", "must be a time in UTC as in RFC 2822");
    let in_http = text.replace("+0000", "GMT");
    let time = httpdate::parse_http_date(&in_http).map_err(|_| malformed())?;
    let since_epoch = time.duration_since(std::time::UNIX_EPOCH).map_err(|_| malformed())?;
    Ok(Some(Timestamp(i64::try_from(since_epoch.as_micros()).map_err(|_| malformed())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters(changed: &[(&str, &str)]) -> Parameters {
        let mut form: Vec<(String, String)> = [
            ("AccountSid", "AC1"),
            ("CallSid", "CA1"),
            ("RecordingSid", "RE1"),
            ("RecordingUrl", "https://api.example.org/Accounts/AC1/Recordings/RE1"),
            ("RecordingStatus", "completed"),
            ("RecordingDuration", "61"),
            ("RecordingChannels", "2"),
            ("RecordingStartTime", "Thu, 01 Jan 2026 10:00:00 +0000"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
        for (name, value) in changed {
            form.retain(|(known, _)| known != name);
            form.push(((*name).to_owned(), (*value).to_owned()));
        }
        let query = [("From", "+33 1"), ("To", "+33 2")];
        Parameters { form, query: query.map(|(name, value)| (name.to_owned(), value.to_owned())).into() }
    }

    #[test]
    fn a_complete_recording_is_read() {
        let report = Report::read(&parameters(&[]), "AC1").unwrap().unwrap();
        let url = "https://api.example.org/Accounts/AC1/Recordings/RE1.wav?RequestedChannels=2";
        assert_eq!(report.media_url, url);
        assert_eq!((report.duration_ms, report.direction), (Some(61_000), CallDirection::Inbound));
        assert_eq!(report.started_at.unwrap().to_string(), "2026-01-01T10:00:00Z");
        assert_eq!(report.phone.as_deref(), Some("+33 1"));
        let changed =
            [("Direction", "outbound-api"), ("RecordingChannels", "1"), ("RecordingDuration", "-1")];
        let report = Report::read(&parameters(&changed), "AC1").unwrap().unwrap();
        assert_eq!(report.media_url, "https://api.example.org/Accounts/AC1/Recordings/RE1.wav");
        assert_eq!((report.duration_ms, report.direction), (None, CallDirection::Outbound));
        assert_eq!(report.phone.as_deref(), Some("+33 2"));
    }

    #[test]
    fn what_is_not_complete_or_not_right_is_told_apart() {
        for status in ["in-progress", "absent", "failed"] {
            let parameters = parameters(&[("RecordingStatus", status)]);
            assert_eq!(Report::read(&parameters, "AC1").unwrap(), None, "{status}");
        }
        for (name, value) in [
            ("AccountSid", "AC2"),
            ("RecordingSid", "../x"),
            ("RecordingSid", ""),
            ("RecordingUrl", "file:///etc/passwd"),
            ("RecordingUrl", "here"),
            ("RecordingDuration", "long"),
            ("RecordingStartTime", "yesterday"),
        ] {
            let Err(Error::Invalid(errors)) = Report::read(&parameters(&[(name, value)]), "AC1") else {
                panic!("{name} {value}");
            };
            assert_eq!(errors[0].field, name);
        }
    }
}
