//! Correcting a line. What is typed is kept in the browser until it is saved or discarded; times never move.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_i18n::t_string;
use types::calls::{EditSegment, Segment, SegmentPath};
use ui::{Button, ButtonKind};

use super::super::open_call::{OpenCall, use_call};
use crate::forms::{FormError, Submission, act};
use crate::texts::text;

/// Below so many percent a line is said to be unsure.
pub const UNSURE: i32 = 50;

/// Begins to correct a line.
pub fn begin(open: OpenCall, segment: Signal<Segment>) {
    let Segment { id, text, .. } = segment.get_untracked();
    open.drafts.keep(id, text);
}

/// Puts back what the transcript said at first.
pub fn restore(open: OpenCall, segment: Signal<Segment>) {
    let path = SegmentPath { call_id: open.id, segment_id: segment.get_untracked().id };
    let request = async move {
        let segment = open.app.api().restore_segment(&path).await?;
        open.take_segment(segment);
        Ok(())
    };
    act(open.app, request, move |()| t_string!(open.app.i18n, call.restored).to_owned());
}

/// The line as a field with "Save" and "Discard".
#[component]
pub fn Editing(segment: Signal<Segment>) -> impl IntoView {
    let open = use_call();
    let i18n = open.app.i18n;
    let id = segment.with_untracked(|segment| segment.id);
    let field = NodeRef::<html::Textarea>::new();
    let submission = Submission::new();
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            // A field that has left the document takes no focus.
            let _ = field.focus();
        }
    });
    let save = move || {
        let Some(text) = untrack(|| open.drafts.get(id)) else { return };
        let path = SegmentPath { call_id: open.id, segment_id: id };
        let request = EditSegment { text };
        let request = async move { open.app.api().edit_segment(&path, &request).await };
        submission.run(request, move |segment| {
            open.take_segment(segment);
            open.drafts.forget(id);
        });
    };
    let discard = move || open.drafts.forget(id);
    let is_changed = move || open.drafts.get(id).is_some_and(|text| segment.with(|s| s.text != text));
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Enter" if !event.shift_key() => save(),
            // Escape loses nothing that was typed.
            "Escape" if !untrack(is_changed) => discard(),
            _ => return,
        }
        event.prevent_default();
    };
    let error = submission.field("text");
    view! {
        <div class="seg-editing">
            <textarea
                node_ref=field
                class="input"
                rows="3"
                aria-label=text!(i18n, call.edit_line)
                aria-invalid=move || error.get().is_some().then_some("true")
                prop:value=move || open.drafts.get(id).unwrap_or_default()
                on:input=move |event| open.drafts.keep(id, event_target_value(&event))
                on:keydown=on_key
            ></textarea>
            <p class="form-error" role="alert">{move || error.get()}</p>
            <FormError submission />
            <div class="seg-editing-actions">
                <span class="muted">{move || is_changed().then(|| t_string!(i18n, call.draft_kept))}</span>
                <Button on_press=move |_| discard()>{text!(i18n, forms.discard)}</Button>
                <Button kind=ButtonKind::Primary busy=submission.busy on_press=move |_| save()>{text!(i18n, words.save)}</Button>
            </div>
        </div>
    }
    .into_any()
}
