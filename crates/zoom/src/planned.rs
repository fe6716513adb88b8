//! Meetings that are planned (<https://developers.zoom.us/docs/api/meetings/>). The app needs the scopes
//! `meeting:write:meeting`, `meeting:update:meeting`, `meeting:delete:meeting` and `meeting:read:list_meetings`.

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use types::Timestamp;

use crate::api::{MOST_PAGES, PAGE, in_path};
use crate::{Error, Zoom};

/// The kind of a meeting that is planned and happens once.
const SCHEDULED: u8 = 2;
/// Characters that Zoom takes of a topic.
const MOST_TOPIC: usize = 200;
/// Characters that Zoom takes of an agenda.
const MOST_AGENDA: usize = 2000;

/// A meeting as it is to be planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeetingPlan {
    /// What it is about; what is longer than 200 characters is cut.
    pub topic: String,
    /// When it begins.
    pub starts_at: Timestamp,
    /// How long it takes, in seconds; Zoom knows whole minutes, at least one.
    pub duration_seconds: i64,
    /// The zone that Zoom shows it in, as an IANA name.
    pub time_zone: String,
    /// What is planned for it; what is longer than 2000 characters is cut.
    pub agenda: String,
}

/// A meeting that was planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedMeeting {
    /// Names it at Zoom.
    pub id: String,
    /// Where people join it.
    pub join_url: String,
}

#[derive(Deserialize)]
struct Created {
    id: i64,
    join_url: String,
}

/// A page of the list of meetings.
#[derive(Deserialize)]
struct Listed {
    #[serde(default)]
    meetings: Vec<ListedMeeting>,
    #[serde(default)]
    next_page_token: String,
}

#[derive(Deserialize)]
struct ListedMeeting {
    id: i64,
    /// Its first 250 characters.
    #[serde(default)]
    agenda: String,
    #[serde(default)]
    join_url: String,
}

impl MeetingPlan {
    fn to_json(&self) -> Value {
        let cut = |text: &str, most| text.chars().take(most).collect::<String>();
        json!({
            "type": SCHEDULED,
            "topic": cut(&self.topic, MOST_TOPIC),
            // Zoom takes whole seconds alone.
            "start_time": Timestamp(self.starts_at.0 - self.starts_at.0.rem_euclid(Timestamp::SECOND)),
            "duration": (self.duration_seconds.max(1) + 59) / 60,
            "timezone": self.time_zone,
            "agenda": cut(&self.agenda, MOST_AGENDA),
        })
    }
}

impl Zoom {
    /// Plans a meeting of a user, by id or address or `me`. Zoom makes another each time it is asked, and at most 100 a day for
    /// one user.
    ///
    /// # Errors
    /// [`Error::NotFound`] when Zoom has no such user, [`Error::Refused`] when the app may not plan meetings.
    pub async fn create_meeting(
        &self,
        token: &str,
        user: &str,
        plan: &MeetingPlan,
    ) -> Result<PlannedMeeting, Error> {
        let path = format!("users/{}/meetings", in_path(user));
        let body = self.send(Method::POST, token, &path, Some(&plan.to_json())).await?;
        let created: Created = serde_json::from_slice(&body)
            .map_err(|cause| Error::Unreachable(format!("its answer cannot be read: {cause}")))?;
        Ok(PlannedMeeting { id: created.id.to_string(), join_url: created.join_url })
    }

    /// The planned meeting of a user, by id or address or `me`, whose agenda begins with this line: at most 250 characters,
    /// which is what Zoom tells of an agenda here. A meeting that was planned a moment ago may not be in Zoom's list yet.
    ///
    /// # Errors
    /// [`Error::NotFound`] when Zoom has no such user, [`Error::Refused`] when the app may not list meetings.
    pub async fn find_meeting(
        &self,
        token: &str,
        user: &str,
        first_line: &str,
    ) -> Result<Option<PlannedMeeting>, Error> {
        let path = format!("users/{}/meetings", in_path(user));
        let mut next = String::new();
        for _ in 0..MOST_PAGES {
            let query = [("type", "scheduled"), ("page_size", PAGE), ("next_page_token", &next)];
            let page: Listed = self.get(token, &path, &query).await?;
            let is_it = |meeting: &ListedMeeting| {
                meeting.agenda.lines().next().is_some_and(|line| line.trim() == first_line.trim())
            };
            if let Some(found) = page.meetings.into_iter().find(is_it) {
                return Ok(Some(PlannedMeeting { id: found.id.to_string(), join_url: found.join_url }));
            }
            next = page.next_page_token;
            if next.is_empty() {
                break;
            }
        }
        Ok(None)
    }

    /// Changes a meeting that was planned; where people join it stays.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none any more.
    pub async fn update_meeting(&self, token: &str, id: &str, plan: &MeetingPlan) -> Result<(), Error> {
        let path = format!("meetings/{}", in_path(id));
        self.send(Method::PATCH, token, &path, Some(&plan.to_json())).await.map(drop)
    }

    /// Cancels a meeting that was planned; Zoom writes to nobody. One that is gone already is fine.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Unreachable`], [`Error::Refused`].
    pub async fn delete_meeting(&self, token: &str, id: &str) -> Result<(), Error> {
        let path =
            format!("meetings/{}?schedule_for_reminder=false&cancel_meeting_reminder=false", in_path(id));
        match self.send(Method::DELETE, token, &path, None).await {
            Ok(_) | Err(Error::NotFound(_)) => Ok(()),
            Err(cause) => Err(cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_zoom_does_not_take_is_made_to_fit() {
        let plan = MeetingPlan {
            topic: "é".repeat(300),
            starts_at: "2027-03-02T09:00:00.250Z".parse().unwrap(),
            duration_seconds: 61,
            time_zone: "Europe/Paris".to_owned(),
            agenda: "a".repeat(3000),
        };
        let sent = plan.to_json();
        assert_eq!(sent["topic"].as_str().unwrap().chars().count(), 200);
        assert_eq!(sent["agenda"].as_str().unwrap().len(), 2000);
        assert_eq!((&sent["start_time"], &sent["duration"]), (&json!("2027-03-02T09:00:00Z"), &json!(2)));
    }
}
