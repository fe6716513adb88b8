//! A line about something that happened.

use leptos::prelude::*;
use leptos_i18n::t_string;
use types::conversations::{ActivityKind, Message};

use super::entries::element_id;
use crate::browser;
use crate::context::use_app;
use crate::preferences;
use crate::texts::I18n;

/// What happened, by whom and when.
#[component]
pub fn ActivityLine(message: Message) -> impl IntoView {
    let i18n = use_app().i18n;
    let at = message.created_at.0 as f64 / 1000.0;
    let id = element_id(message.id);
    let time = move || {
        let tag = preferences::tag(i18n.get_locale());
        browser::date_text(tag, at, &[("hour", "2-digit"), ("minute", "2-digit")])
    };
    view! { <div class="activity" id=id>{move || words(i18n, &message)} " · " <span class="num">{time}</span></div> }
}

fn words(i18n: I18n, message: &Message) -> String {
    let Some(activity) = &message.activity else { return message.text.clone() };
    let who = message.author_name.clone();
    let whom = activity.name.clone().unwrap_or_default();
    let by_somebody = !who.is_empty() && message.author_user_id.is_some();
    let itself = activity.user_id.is_some() && activity.user_id == message.author_user_id;
    match activity.kind {
        ActivityKind::Assigned if itself => t_string!(i18n, inbox.activity_took, who = who).to_string(),
        ActivityKind::Assigned if by_somebody => {
            t_string!(i18n, inbox.activity_assigned_by, who = who, whom = whom).to_string()
        }
        ActivityKind::Assigned => t_string!(i18n, inbox.activity_assigned, whom = whom).to_string(),
        ActivityKind::Unassigned if by_somebody => {
            t_string!(i18n, inbox.activity_unassigned_by, who = who).to_string()
        }
        ActivityKind::Unassigned => t_string!(i18n, inbox.activity_unassigned).to_owned(),
        ActivityKind::Closed if by_somebody => {
            t_string!(i18n, inbox.activity_closed_by, who = who).to_string()
        }
        ActivityKind::Closed => t_string!(i18n, inbox.activity_closed).to_owned(),
        ActivityKind::Reopened if by_somebody => {
            t_string!(i18n, inbox.activity_reopened_by, who = who).to_string()
        }
        ActivityKind::Reopened => t_string!(i18n, inbox.activity_reopened).to_owned(),
        ActivityKind::EndedByContact => t_string!(i18n, inbox.activity_ended).to_owned(),
        ActivityKind::Identified => t_string!(i18n, inbox.activity_identified, whom = whom).to_string(),
    }
}
