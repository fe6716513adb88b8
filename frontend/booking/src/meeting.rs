//! A booked meeting: moving it and calling it off.

use types::booking::{BookedMeeting, CancelBookedMeeting, RescheduleBookedMeeting};
use visitor_kit::booking::meeting_address;
use visitor_kit::browser::clock::sleep;
use visitor_kit::browser::page;
use visitor_kit::browser::task::spawn;
use visitor_kit::json;
use wasm_bindgen::JsValue;

use crate::ask::ask;
use crate::booking::{Booking, Form, Step};

/// Milliseconds between saying that the visitor is sent elsewhere and doing so.
const BEFORE_LEAVING: u32 = 8000;

impl Booking {
    /// Puts the meeting's own address into the bar: whoever loads the page again sees the meeting, not an empty form.
    pub fn remember(self, token: &str) {
        let history = page::window().and_then(|window| window.history().ok());
        if let Some(history) = history.filter(|_| !self.config.is_embedded) {
            let address = ["/meet/booked/", token].concat();
            // Fails only for an address of another origin.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    }

    /// Sends the visitor where the link says, unless they stay.
    pub fn leave_soon(self) {
        self.leaves.change(|leaves| *leaves = true);
        spawn(async move {
            sleep(BEFORE_LEAVING).await;
            let url = self
                .meeting
                .peek(|meeting| meeting.as_ref().and_then(|meeting| meeting.redirect_url.clone()));
            if let (true, Some(url), Some(window)) = (self.leaves.peek(|leaves| *leaves), url, page::window())
            {
                // Fails only for an address that is none.
                let _ = window.location().assign(&url);
            }
        });
    }

    /// Does not leave.
    pub fn stay(self) {
        self.leaves.change(|leaves| *leaves = false);
    }

    /// Chooses another time for the meeting.
    pub fn begin_move(self) {
        self.stay();
        self.form.change(|form| *form = Form::default());
        let at = self.meeting.peek(|meeting| {
            meeting
                .as_ref()
                .map(|meeting| (meeting.starts_at, meeting.ends_at.seconds_since(meeting.starts_at) / 60))
        });
        self.calendar.change(|calendar| {
            calendar.picked = None;
            calendar.problem = None;
            if let Some(minutes) = at.and_then(|(_, minutes)| u16::try_from(minutes).ok()) {
                calendar.duration = minutes;
            }
        });
        self.go(Step::Choose);
        self.load();
    }

    /// Agrees to the other time.
    pub fn reschedule(self, reason: String) {
        let chosen =
            self.calendar.peek(|calendar| calendar.picked.map(|picked| (picked, calendar.zone.clone())));
        let Some((starts_at, time_zone)) = chosen else { return };
        let reason = (!reason.is_empty()).then_some(reason);
        let request = json::write(&RescheduleBookedMeeting { starts_at, time_zone, reason });
        self.change("/reschedule", request, "done_moved");
    }

    /// Calls the meeting off.
    pub fn call_off(self, reason: String) {
        let reason = (!reason.is_empty()).then_some(reason);
        self.change("/cancel", json::write(&CancelBookedMeeting { reason }), "done_called_off");
    }

    fn change(self, operation: &'static str, request: String, done: &'static str) {
        let Some(token) = self.moves() else { return };
        self.form.change(|form| *form = Form { is_busy: true, ..Form::default() });
        spawn(async move {
            match ask::<BookedMeeting>("POST", &meeting_address(&token, operation), &request).await {
                Ok(meeting) => {
                    self.forget();
                    self.form.change(|form| *form = Form::default());
                    self.remember(&meeting.token);
                    self.meeting.change(|known| *known = Some(meeting));
                    self.just_done.change(|just_done| *just_done = Some(done));
                    self.go(Step::Meeting);
                }
                Err(refusal) => {
                    // What else is wrong is said where it happened: there is no form to go back to.
                    let is_lost = operation == "/reschedule" && refusal.code == "slot_taken";
                    self.say_refused(&refusal, &[], is_lost);
                }
            }
        });
    }
}
