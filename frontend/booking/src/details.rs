//! Saying who one is: booking the time that was chosen, and asking for a meeting where there are no times.

use types::FieldError;
use types::booking::{
    Answer, BookMeeting, BookedMeeting, Guest, MeetingState, RequestMeeting, SendBookingCode,
};
use visitor_kit::booking::form::{MOST_GUESTS, addresses, field_of, is_address};
use visitor_kit::booking::{Refusal, page_address};
use visitor_kit::browser::task::spawn;
use visitor_kit::json;

use crate::ask::{ask, send};
use crate::booking::{Booking, Form, Step};

/// What was typed.
#[derive(Clone, Default)]
pub struct Typed {
    /// The first name.
    pub first_name: String,
    /// The last name.
    pub last_name: String,
    /// The address.
    pub email: String,
    /// The answers, the empty ones too.
    pub answers: Vec<Answer>,
    /// Who is invited too, as it was typed.
    pub guests: String,
    /// When it would suit, of a request.
    pub message: String,
    /// Whether the box is ticked.
    pub has_consented: bool,
    /// The code that was sent to the address.
    pub code: String,
}

impl Booking {
    /// Books the time that was chosen.
    pub fn book(self, typed: Typed) {
        let mut errors = self.look_at_person(&typed);
        self.look_at_answers(&typed, &mut errors);
        if !self.may_send(errors) {
            return;
        }
        let wants_code = self.page().is_some_and(|page| page.verifies_email);
        let sent_to = self.form.peek(|form| form.code_sent_to.clone());
        if wants_code && (sent_to.as_ref() != Some(&typed.email) || typed.code.is_empty()) {
            return self.send_code(typed.email);
        }
        let Some(request) = self.request_of(&typed) else { return };
        let answered: Vec<_> = request.answers.iter().map(|answer| answer.key.clone()).collect();
        let request = json::write(&request);
        spawn(async move {
            let address = page_address(&self.slug(), "/bookings");
            match ask::<BookedMeeting>("POST", &address, &request).await {
                Ok(meeting) => self.booked(meeting),
                Err(refusal) => self.refused(&refusal, &answered),
            }
        });
    }

    fn request_of(self, typed: &Typed) -> Option<BookMeeting> {
        let (starts_at, duration_minutes, time_zone) = self.calendar.peek(|calendar| {
            calendar.picked.map(|picked| (picked, calendar.duration, calendar.zone.clone()))
        })?;
        let typed = typed.clone();
        Some(BookMeeting {
            starts_at,
            duration_minutes,
            hold_token: self.hold.peek(|hold| hold.token.clone()),
            time_zone,
            first_name: typed.first_name,
            last_name: typed.last_name,
            email: typed.email,
            answers: typed.answers.into_iter().filter(|answer| !answer.value.is_empty()).collect(),
            guests: addresses(&typed.guests).into_iter().map(|email| Guest { email }).collect(),
            has_consented: typed.has_consented,
            code: (!typed.code.is_empty()).then_some(typed.code),
        })
    }

    fn look_at_person(self, typed: &Typed) -> Vec<(String, String)> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, key: &str| errors.push((field.to_owned(), self.text(key)));
        if typed.first_name.is_empty() {
            wrong("first_name", "required");
        }
        if typed.last_name.is_empty() {
            wrong("last_name", "required");
        }
        if typed.email.is_empty() {
            wrong("email", "required");
        } else if !is_address(&typed.email) {
            wrong("email", "no_address");
        }
        let consent = self.page().and_then(|page| page.consent.as_ref());
        if consent.is_some_and(|consent| consent.asks) && !typed.has_consented {
            wrong("has_consented", "must_agree");
        }
        errors
    }

    fn look_at_answers(self, typed: &Typed, errors: &mut Vec<(String, String)>) {
        for field in self.page().iter().flat_map(|page| &page.form).filter(|field| field.is_required) {
            let answer = typed.answers.iter().find(|answer| answer.key == field.key);
            if answer.is_none_or(|answer| answer.value.is_empty() || answer.value == "false") {
                errors.push((field.key.clone(), self.text("required")));
            }
        }
        let guests = addresses(&typed.guests);
        if let Some(bad) = guests.iter().find(|guest| !is_address(guest)) {
            errors.push(("guests".to_owned(), self.fill("no_guest", "address", bad)));
        } else if guests.len() > MOST_GUESTS {
            errors.push(("guests".to_owned(), self.text("guests_hint")));
        }
    }

    /// Shows what is wrong; where nothing is, the form waits for the server.
    fn may_send(self, errors: Vec<(String, String)>) -> bool {
        let is_good = errors.is_empty();
        self.form.change(|form| {
            form.is_busy = is_good;
            form.problem = (!is_good).then(|| self.text("look_again"));
            form.errors = errors;
        });
        is_good
    }

    /// Sends a code to an address, which has to be typed then.
    pub fn send_code(self, email: String) {
        self.form.change(|form| form.is_busy = true);
        let request = json::write(&SendBookingCode { email: email.clone() });
        spawn(async move {
            match send("POST", &page_address(&self.slug(), "/codes"), &request).await {
                Ok(_) => {
                    self.say(self.fill("code_sent", "address", &email));
                    self.form.change(|form| {
                        *form = Form { code_sent_to: Some(email), ..Form::default() };
                    });
                }
                Err(refusal) => self.refused(&refusal, &[]),
            }
        });
    }

    fn booked(self, meeting: BookedMeeting) {
        self.forget();
        self.form.change(|form| *form = Form::default());
        if let Some(host) = &self.host {
            host.booked(&meeting.starts_at.to_string(), &meeting.ends_at.to_string());
        }
        let key = if meeting.state == MeetingState::Pending { "done_pending" } else { "done_booked" };
        self.remember(&meeting.token);
        let leaves = meeting.redirect_url.is_some() && !self.config.is_embedded;
        self.meeting.change(|known| *known = Some(meeting));
        self.just_done.change(|just_done| *just_done = Some(key));
        self.go(Step::Meeting);
        if leaves {
            self.leave_soon();
        }
    }

    /// Says what the server has found.
    pub fn refused(self, refusal: &Refusal, answered: &[String]) {
        let is_lost = matches!(
            refusal.code.as_str(),
            "slot_taken" | "calendar_unreachable" | "link_ended" | "not_found" | "link_expired"
        );
        self.say_refused(refusal, answered, is_lost);
    }

    /// Says what the server has found. Where the time is lost, the visitor is led to where they can go on.
    pub fn say_refused(self, refusal: &Refusal, answered: &[String], is_lost: bool) {
        let field = |wrong: &FieldError| (field_of(&wrong.field, answered), self.rule(wrong));
        let mut errors: Vec<_> = refusal.fields.iter().map(field).collect();
        let mut problem = match (refusal.status, refusal.code.as_str()) {
            (0, _) => self.text("no_answer"),
            (429, _) => self.text("too_many"),
            (500.., _) => self.text("problem"),
            _ if !errors.is_empty() => self.text("look_again"),
            (_, "code_required") => {
                errors.push(("code".to_owned(), self.text("wrong_code")));
                self.text("look_again")
            }
            (_, "conflict") => self.text("out_of_date"),
            (_, "calendar_unreachable" | "link_ended") => self.text("cannot_move"),
            _ => refusal.detail.clone(),
        };
        if is_lost {
            problem.clear();
        }
        self.form.change(|form| {
            form.is_busy = false;
            form.problem = (!problem.is_empty()).then_some(problem);
            form.errors = errors;
        });
        if is_lost {
            self.turned_down(refusal);
        }
    }

    /// What is wrong with a field, in the language of the page as far as it has words for it.
    fn rule(self, wrong: &FieldError) -> String {
        match (wrong.field.as_str(), wrong.code.as_str()) {
            ("code", _) => self.text("wrong_code"),
            ("has_consented", _) => self.text("must_agree"),
            (_, "required") => self.text("required"),
            ("email", "malformed") => self.text("no_address"),
            (_, "too_long") => self.text("too_long"),
            (_, "malformed" | "unknown") => self.text("malformed"),
            _ => wrong.detail.clone(),
        }
    }

    /// Sends a request, where no times can be offered.
    pub fn request(self, typed: Typed) {
        let mut errors = self.look_at_person(&typed);
        if typed.message.is_empty() {
            errors.push(("message".to_owned(), self.text("required")));
        }
        if !self.may_send(errors) {
            return;
        }
        let request = json::write(&RequestMeeting {
            time_zone: self.calendar.peek(|calendar| calendar.zone.clone()),
            first_name: typed.first_name,
            last_name: typed.last_name,
            email: typed.email,
            message: typed.message,
            has_consented: typed.has_consented,
        });
        spawn(async move {
            match send("POST", &page_address(&self.slug(), "/requests"), &request).await {
                Ok(_) => {
                    self.forget();
                    self.form.change(|form| *form = Form::default());
                    self.go(Step::Requested);
                }
                Err(refusal) => self.refused(&refusal, &[]),
            }
        });
    }
}
