//! The forms: saying who one is, and asking for a meeting.

use js_sys::Reflect;
use types::booking::{Answer, AnswerKind, FormField};
use visitor_kit::browser::element::{El, el};
use visitor_kit::browser::page::document;
use visitor_kit::browser::watched::effect;
use wasm_bindgen::JsValue;
use web_sys::{Element, Event};

use super::controls::{button, link};
use super::{focus_inside, heading, icon, panel};
use crate::booking::{Booking, Step};
use crate::details::Typed;
use crate::format;

/// What was typed into a field.
pub fn value_of(element: &Element) -> String {
    Reflect::get(element, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// A field with its label, its hint and what is wrong with it.
#[derive(Clone)]
pub struct Field {
    /// All of it.
    pub whole: El,
    input: Element,
}

impl Field {
    /// What was typed, without space around it.
    pub fn typed(&self) -> String {
        value_of(&self.input).trim().to_owned()
    }

    fn is_ticked(&self) -> bool {
        Reflect::get(&self.input, &"checked".into()).ok().is_some_and(|ticked: JsValue| ticked.is_truthy())
    }
}

struct Labelled<'a> {
    prefix: &'a str,
    key: &'a str,
    label: &'a str,
    is_required: bool,
    hint: Option<String>,
}

impl Labelled<'_> {
    fn id(&self) -> String {
        [self.prefix, "-", self.key].concat()
    }
}

/// Puts a label above `input`, or beside it where it is a box to tick.
fn field(booking: Booking, about: &Labelled<'_>, input: El, is_box: bool) -> Field {
    let id = about.id();
    let problem_id = [&id, "-problem"].concat();
    let key = about.key.to_owned();
    let problem = move || {
        booking
            .form
            .read(|form| form.errors.iter().find(|(field, _)| *field == key).map(|(_, wrong)| wrong.clone()))
    };
    let is_wrong = problem.clone();
    let input = input
        .attr("id", &id)
        .attr("name", about.key)
        .attr("aria-describedby", &[&problem_id, " ", &id, "-hint"].concat())
        .attr_of("aria-invalid", move || is_wrong().map(|_| "true".to_owned()));
    let input = if about.is_required { input.attr("aria-required", "true") } else { input };
    let element = input.element().clone();
    let label = el("label", "").attr("for", &id).text(about.label);
    let label =
        if about.is_required { label } else { label.child(el("small", "").text(&booking.text("optional"))) };
    let whole = if is_box {
        el("div", "book-field box").child(input).child(label)
    } else {
        el("div", "book-field").child(label).child(input)
    };
    let whole = match &about.hint {
        Some(hint) => whole.child(el("p", "book-hint").attr("id", &[&id, "-hint"].concat()).text(hint)),
        None => whole,
    };
    let wrong = el("p", "book-wrong").attr("id", &problem_id).text_of(move || problem().unwrap_or_default());
    Field { whole: whole.child(wrong), input: element }
}

/// A field whose content outlives a reload of the page.
fn kept_field(booking: Booking, about: &Labelled<'_>, input: El, is_box: bool) -> Field {
    let property = if is_box { "checked" } else { "value" };
    field(booking, about, booking.remember_typed(&about.id(), property, input), is_box)
}

fn line(booking: Booking, about: &Labelled<'_>, kind: &str, autocomplete: &str) -> Field {
    let input = el("input", "book-input").attr("type", kind).attr("autocomplete", autocomplete);
    kept_field(booking, about, input, false)
}

fn lines(booking: Booking, about: &Labelled<'_>) -> Field {
    kept_field(booking, about, el("textarea", "book-input").attr("rows", "3"), false)
}

/// A field for a reason, which need not be given.
pub fn reason(booking: Booking, prefix: &str) -> Field {
    let label = booking.text("reason");
    lines(booking, &Labelled { prefix, key: "reason", label: &label, is_required: false, hint: None })
}

/// First name, last name and address.
#[derive(Clone)]
struct Person {
    first_name: Field,
    last_name: Field,
    email: Field,
}

impl Person {
    fn new(booking: Booking, prefix: &str) -> Self {
        let one = |key, kind, autocomplete| {
            let label = booking.text(key);
            let about = Labelled { prefix, key, label: &label, is_required: true, hint: None };
            line(booking, &about, kind, autocomplete)
        };
        Self {
            first_name: one("first_name", "text", "given-name"),
            last_name: one("last_name", "text", "family-name"),
            email: one("email", "email", "email"),
        }
    }

    fn add_to(&self, form: El) -> El {
        form.child(
            el("div", "book-pair").child(self.first_name.whole.clone()).child(self.last_name.whole.clone()),
        )
        .child(self.email.whole.clone())
    }

    /// Fills what is empty with what was typed into the form of this prefix.
    fn take_over(&self, prefix: &str) {
        for field in [&self.first_name, &self.last_name, &self.email] {
            let key = field.input.get_attribute("name").unwrap_or_default();
            let other =
                document().and_then(|document| document.get_element_by_id(&[prefix, "-", &key].concat()));
            if let Some(other) = other.filter(|_| field.typed().is_empty()) {
                // Fails only for objects that are frozen.
                let _ = Reflect::set(&field.input, &"value".into(), &value_of(&other).into());
            }
        }
    }

    fn typed(&self) -> Typed {
        Typed {
            first_name: self.first_name.typed(),
            last_name: self.last_name.typed(),
            email: self.email.typed(),
            ..Typed::default()
        }
    }
}

/// A question of the link.
fn question(booking: Booking, asked: &FormField) -> Field {
    let about = Labelled {
        prefix: "answer",
        key: &asked.key,
        label: &asked.label,
        is_required: asked.is_required,
        hint: None,
    };
    match asked.kind {
        AnswerKind::Line if asked.property.as_deref() == Some("phone") => line(booking, &about, "tel", "tel"),
        AnswerKind::Line => line(booking, &about, "text", "on"),
        AnswerKind::Number => {
            // A browser's own field for numbers writes them as its user's language does, not as the link's country.
            let input = el("input", "book-input").attr("type", "text").attr("inputmode", "decimal");
            let element = input.element().clone();
            let input = input.attr("autocomplete", "off").on("change", move |_| {
                let tidy = format::tidy_number(&value_of(&element), booking.locale());
                // Fails only for objects that are frozen.
                let _ = Reflect::set(&element, &"value".into(), &tidy.into());
            });
            kept_field(booking, &about, input, false)
        }
        AnswerKind::Date => line(booking, &about, "date", "off"),
        AnswerKind::Lines => lines(booking, &about),
        AnswerKind::Checkbox => kept_field(booking, &about, el("input", "").attr("type", "checkbox"), true),
        AnswerKind::Choice => {
            let none = el("option", "").attr("value", "").text(&booking.text("choose_one"));
            let select =
                asked.options.iter().fold(el("select", "book-input").child(none), |select, option| {
                    select.child(el("option", "").attr("value", option).text(option))
                });
            kept_field(booking, &about, select, false)
        }
    }
}

/// What is done with what is typed, and the box to tick where one must be.
fn consent(booking: Booking, prefix: &str, form: El) -> (El, Option<Field>) {
    let Some(consent) = booking.page().and_then(|page| page.consent.as_ref()) else { return (form, None) };
    let mut form = form;
    let mut told = el("div", "book-consent");
    let ticked = consent.asks.then(|| {
        let about =
            Labelled { prefix, key: "has_consented", label: &consent.text, is_required: true, hint: None };
        field(booking, &about, el("input", "").attr("type", "checkbox"), true)
    });
    match &ticked {
        Some(field) => told = told.child(field.whole.clone()),
        None => told = told.child(el("p", "").text(&consent.text)),
    }
    if let Some(text) = &consent.privacy_policy_text {
        told = told.child(el("p", "book-muted").text(text));
    }
    if let Some(url) = &consent.privacy_policy_url {
        told = told.child(link(&booking.text("privacy_policy"), url, "book-link"));
    }
    form = form.child(told);
    (form, ticked)
}

/// What is wrong with the whole of a form.
pub fn problem(booking: Booking) -> El {
    el("p", "book-notice bad")
        .attr("role", "alert")
        .text_of(move || booking.form.read(|form| form.problem.clone().unwrap_or_default()))
        .shown_when(move || booking.form.read(|form| form.problem.is_some()))
}

/// The button that sends a form; while the server is asked, pressing it again does nothing.
pub fn submit(booking: Booking, label: impl Fn() -> String + 'static) -> El {
    el("button", "book-button primary")
        .attr("type", "submit")
        .text_of(
            move || if booking.form.read(|form| form.is_busy) { booking.text("sending") } else { label() },
        )
        .attr_of("aria-disabled", move || booking.form.read(|form| form.is_busy.then(|| "true".to_owned())))
}

/// Calls `send` when the form is sent, and puts the focus on the first field that is wrong.
pub fn sends(booking: Booking, form: El, step: Step, send: impl Fn() + 'static) -> El {
    let element = form.element().clone();
    effect(Box::new(move || {
        let is_wrong = booking.form.read(|form| !form.errors.is_empty());
        if is_wrong && booking.step.peek(|known| *known == step) {
            focus_inside(&element, "[aria-invalid]");
        }
    }));
    form.attr("novalidate", "").on("submit", move |event: Event| {
        event.prevent_default();
        if booking.form.peek(|form| !form.is_busy) {
            send();
        }
    })
}

/// The form that books the chosen time.
pub fn details(booking: Booking) -> El {
    let person = Person::new(booking, "book");
    let page = booking.page();
    let asked = page.map(|page| page.form.as_slice()).unwrap_or_default();
    let questions: Vec<_> = asked.iter().map(|asked| (asked, question(booking, asked))).collect();
    let guests = page.is_some_and(|page| page.allows_guests).then(|| {
        let label = booking.text("guests");
        let hint = Some(booking.text("guests_hint"));
        lines(booking, &Labelled { prefix: "book", key: "guests", label: &label, is_required: false, hint })
    });
    let mut form = person.add_to(el("form", "book-form"));
    for (_, question) in &questions {
        form = form.child(question.whole.clone());
    }
    if let Some(guests) = &guests {
        form = form.child(guests.whole.clone());
    }
    let (form, ticked) = consent(booking, "book", form);
    let (code, code_field) = code(booking);
    let label = move || {
        let is_code_next = page.is_some_and(|page| page.verifies_email)
            && booking.form.read(|form| form.code_sent_to.is_none());
        booking.text(match page.is_some_and(|page| page.requires_confirmation) {
            _ if is_code_next => "send_code",
            true => "ask_for_it",
            false => "book",
        })
    };
    let form = form.child(code).child(problem(booking)).child(submit(booking, label));
    let form = sends(booking, form, Step::Details, move || {
        let answers = questions.iter().map(|(asked, field)| answer(booking, asked, field)).collect();
        booking.book(Typed {
            answers,
            guests: guests.as_ref().map(Field::typed).unwrap_or_default(),
            has_consented: ticked.as_ref().is_some_and(Field::is_ticked),
            code: code_field.typed(),
            ..person.typed()
        });
    });
    panel(booking, Step::Details, "book-details")
        .child(back(booking))
        .child(heading(Step::Details, "book-title").text(&booking.text("details")))
        .child(hold(booking))
        .child(form)
}

fn answer(booking: Booking, asked: &FormField, field: &Field) -> Answer {
    let value = match asked.kind {
        AnswerKind::Checkbox => if field.is_ticked() { "true" } else { "false" }.to_owned(),
        AnswerKind::Number => format::plain_number(&field.typed(), booking.locale()),
        _ => field.typed(),
    };
    Answer { key: asked.key.clone(), value }
}

/// Back to the times. What was typed stays.
fn back(booking: Booking) -> El {
    el("button", "book-button quiet book-back")
        .attr("type", "button")
        .child(icon::icon(icon::BACK))
        .child(el("span", "").text(&booking.text("other_time")))
        .on("click", move |_| {
            booking.go(Step::Choose);
            booking.keep_choosing();
            booking.load();
        })
}

/// For how long the time is kept, or that it is not any more.
fn hold(booking: Booking) -> El {
    let text = move || {
        booking.hold.read(|hold| match hold.minutes {
            _ if hold.is_over => booking.text("hold_over"),
            Some(1) => booking.text("hold_minute"),
            Some(minutes) => booking.fill("hold", "minutes", &minutes.to_string()),
            None => String::new(),
        })
    };
    el("p", "book-notice")
        .attr_of("data-over", move || booking.hold.read(|hold| hold.is_over.then(String::new)))
        .text_of(text)
        .shown_when(move || booking.hold.read(|hold| hold.is_over || hold.minutes.is_some()))
}

/// The code that was sent to the address.
fn code(booking: Booking) -> (El, Field) {
    let label = booking.text("code");
    let about = Labelled { prefix: "book", key: "code", label: &label, is_required: true, hint: None };
    let input = el("input", "book-input").attr("type", "text").attr("autocomplete", "one-time-code");
    let one = field(booking, &about, input, false);
    let sent_to = move || booking.form.read(|form| form.code_sent_to.clone());
    let again = button(&booking.text("code_again"), "book-button quiet", move || {
        if let Some(address) = booking.form.peek(|form| form.code_sent_to.clone()) {
            booking.send_code(address);
        }
    });
    let whole = el("div", "book-code")
        .child(
            el("p", "").text_of(move || booking.fill("code_sent", "address", &sent_to().unwrap_or_default())),
        )
        .child(one.whole.clone())
        .child(again)
        .bind({
            let input = one.input.clone();
            move |place| {
                let is_sent = booking.form.read(|form| form.code_sent_to.is_some());
                let was_hidden = place.has_attribute("hidden");
                visitor_kit::browser::element::set_attribute(place, "hidden", (!is_sent).then_some(""));
                if is_sent && was_hidden {
                    focus_inside(place, "input");
                } else if !is_sent {
                    let _ = Reflect::set(&input, &"value".into(), &"".into());
                }
            }
        });
    (whole, one)
}

/// The form that asks for a meeting where no times can be offered.
pub fn request(booking: Booking) -> El {
    let person = Person::new(booking, "request");
    let same = person.clone();
    effect(Box::new(move || {
        if booking.is_at(Step::Request) {
            same.take_over("book");
        }
    }));
    let label = booking.text("request_when");
    let about = Labelled { prefix: "request", key: "message", label: &label, is_required: true, hint: None };
    let message = lines(booking, &about);
    let form = person.add_to(el("form", "book-form")).child(message.whole.clone());
    let (form, ticked) = consent(booking, "request", form);
    let form = form.child(problem(booking)).child(submit(booking, move || booking.text("request_send")));
    let form = sends(booking, form, Step::Request, move || {
        booking.request(Typed {
            message: message.typed(),
            has_consented: ticked.as_ref().is_some_and(Field::is_ticked),
            ..person.typed()
        });
    });
    panel(booking, Step::Request, "book-details")
        .child(heading(Step::Request, "book-title").text(&booking.text("request_title")))
        .child(el("p", "book-muted").text(&booking.text("request_detail")))
        .child(form)
}
