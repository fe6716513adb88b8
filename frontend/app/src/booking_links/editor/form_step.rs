//! What the visitor is asked (MEET-67 to MEET-70).

use leptos::{ev::KeyboardEvent, prelude::*};
use leptos_i18n::t_string;
use state::booking_links::{answer_kind_of, free_key, move_field};
use types::booking::{AnswerKind, FormField};
use types::crm::{ListProperties, ObjectKind};
use ui::{Button, ButtonKind, Icon, IconButton, IconName, Menu, MenuItem};

use super::Editor;
use super::consent::ConsentFields;
use crate::booking_links::words::answer_kind_name;
use crate::remote::Remote;
use crate::texts::text;

/// The last step.
#[component]
pub fn FormStep(editor: Editor) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let keys = Memo::new(move |_| {
        draft.form.with(|form| form.iter().map(|field| field.key.clone()).collect::<Vec<_>>())
    });
    let locked = move |label: &'static str| {
        view! { <li><Icon name=IconName::Lock /> <span>{label}</span> <span class="faint">{text!(i18n, booking_links.always_asked)}</span></li> }
    };
    view! {
        <div class="fields">
            <ul class="locked-questions" aria-label=text!(i18n, booking_links.always_asked)>
                {move || [
                    t_string!(i18n, booking_links.first_name),
                    t_string!(i18n, booking_links.last_name),
                    t_string!(i18n, booking_links.email),
                ].map(locked)}
            </ul>
            <ul class="questions" aria-label=text!(i18n, booking_links.questions)>
                <For each=move || keys.get() key=Clone::clone let:key><Question editor key /></For>
            </ul>
            <p class="field"><span class="error" role="alert">{move || whole_error(editor)}</span></p>
            <div class="inline-fields">
                <AddProperty editor />
                <Button icon=IconName::Plus on_press=move |_| add_question(editor)>{text!(i18n, booking_links.add_question)}</Button>
            </div>
            <ConsentFields editor />
        </div>
    }
    .into_any()
}

/// What is wrong with the form as a whole: it has too many questions.
fn whole_error(editor: Editor) -> Option<String> {
    let is_whole = editor.issues.with(|issues| issues.iter().any(|issue| issue.field == "form"));
    editor.error("form").get().filter(|_| is_whole)
}

fn add(editor: Editor, make: impl FnOnce(&[FormField]) -> FormField) {
    editor.draft.form.update(|form| {
        let field = make(form);
        form.push(field);
    });
}

fn add_question(editor: Editor) {
    add(editor, |form| FormField {
        key: free_key(form, "question"),
        property: None,
        label: String::new(),
        kind: AnswerKind::Line,
        options: Vec::new(),
        is_required: true,
    });
    request_animation_frame(|| crate::browser::focus(".questions > li:last-child input"));
}

/// Contact properties that are not asked for yet: the built-in ones and the account's own.
#[component]
fn AddProperty(editor: Editor) -> impl IntoView {
    let (app, draft) = (editor.app, editor.draft);
    let i18n = app.i18n;
    let properties = Remote::new(move || async move {
        let query = ListProperties { object: Some(ObjectKind::Contact) };
        app.api().list_properties(&query).await.map(|properties| properties.items)
    });
    let choices = move || {
        let built_in =
            |key: &str, label: &str| (key.to_owned(), label.to_owned(), AnswerKind::Line, Vec::new());
        let mut all = vec![
            built_in("phone", t_string!(i18n, booking_links.phone)),
            built_in("job_title", t_string!(i18n, booking_links.job_title)),
            built_in("company", t_string!(i18n, booking_links.company)),
        ];
        let own = properties.get().unwrap_or_default().into_iter().filter(|property| !property.archived);
        all.extend(own.map(|property| {
            let options = property.options.into_iter().map(|option| option.label).collect();
            (property.key, property.label, answer_kind_of(property.property_type), options)
        }));
        all.retain(|(key, ..)| draft.form.with(|form| form.iter().all(|f| f.property.as_ref() != Some(key))));
        all
    };
    let items = move || {
        choices()
            .into_iter()
            .map(|(key, label, kind, options)| {
                let shown = label.clone();
                let choose = move |()| {
                    add(editor, |form| FormField {
                        key: free_key(form, &key),
                        property: Some(key.clone()),
                        label: label.clone(),
                        kind,
                        options: options.clone(),
                        is_required: true,
                    });
                };
                view! { <MenuItem on_select=choose>{shown}</MenuItem> }
            })
            .collect_view()
    };
    view! {
        <Menu label=text!(i18n, booking_links.add_property) icon=IconName::Plus kind=ButtonKind::Normal>{items}</Menu>
    }
    .into_any()
}

/// One question: its text, how it is answered, whether it must be, its place.
#[component]
fn Question(editor: Editor, key: String) -> impl IntoView {
    let (i18n, draft) = (editor.app.i18n, editor.draft);
    let key = StoredValue::new(key);
    let index = Memo::new(move |_| {
        draft
            .form
            .with(|form| key.with_value(|key| form.iter().position(|f| f.key == *key)))
            .unwrap_or_default()
    });
    let field = Memo::new(move |_| draft.form.with(|form| form.get(index.get()).cloned()));
    let change = move |act: &dyn Fn(&mut FormField)| {
        draft.form.update(|form| {
            if let Some(field) = key.with_value(|key| form.iter_mut().find(|field| field.key == *key)) {
                act(field);
            }
        });
    };
    let label = move || field.with(|f| f.as_ref().map(|f| f.label.clone()).unwrap_or_default());
    let kind = move || field.with(|f| f.as_ref().map_or(AnswerKind::Line, |f| f.kind));
    let is_property = move || field.with(|f| f.as_ref().is_some_and(|f| f.property.is_some()));
    let go =
        move |places: isize| draft.form.update(|form| key.with_value(|key| move_field(form, key, places)));
    let on_key = move |event: KeyboardEvent| {
        let places = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => -1,
            "ArrowDown" if event.alt_key() => 1,
            _ => return,
        };
        event.prevent_default();
        go(places);
    };
    let error = move |part: &str| editor.error_of(format!("form.{}.{part}", index.get())).get();
    let set_label = move |event| change(&|field| field.label = event_target_value(&event));
    let remove = move |()| draft.form.update(|form| form.retain(|f| key.with_value(|key| f.key != *key)));
    view! {
        <li class="question" on:keydown=on_key>
            <label class="field">
                <span class="label">{text!(i18n, booking_links.question)}</span>
                <input class="input" prop:value=label on:input=set_label maxlength="200" />
                <span class="error" role="alert">{move || error("label")}</span>
            </label>
            <Show when=move || !is_property() fallback=move || view! { <span class="faint">{text!(i18n, booking_links.is_property)}</span> }>
                <KindSelect kind=Signal::derive(kind) on_change=Callback::new(move |kind| change(&|field| field.kind = kind)) />
            </Show>
            <Show when=move || kind() == AnswerKind::Choice>
                <Options
                    options=Signal::derive(move || field.with(|f| f.as_ref().map(|f| f.options.clone()).unwrap_or_default()))
                    error=Signal::derive(move || error("options"))
                    on_change=Callback::new(move |options: Vec<String>| change(&|field| field.options.clone_from(&options)))
                />
            </Show>
            <QuestionFoot
                is_required=Signal::derive(move || field.with(|f| f.as_ref().is_some_and(|f| f.is_required)))
                on_required=Callback::new(move |is_required| change(&|field| field.is_required = is_required))
                on_move=Callback::new(go)
                on_remove=Callback::new(remove)
            />
        </li>
    }
    .into_any()
}

#[component]
fn KindSelect(kind: Signal<AnswerKind>, on_change: Callback<AnswerKind>) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    let change = move |event| {
        if let Ok(kind) = event_target_value(&event).parse() {
            on_change.run(kind);
        }
    };
    let option = move |one: &'static AnswerKind| {
        let one = *one;
        view! {
            <option value=one.as_str() selected=move || kind.get() == one>{move || answer_kind_name(i18n, one)}</option>
        }
    };
    view! {
        <label class="field">
            <span class="label">{text!(i18n, booking_links.answer_kind)}</span>
            <select class="input" on:change=change>{AnswerKind::ALL.iter().map(option).collect_view()}</select>
        </label>
    }
}

/// The options of a choice, one a line.
#[component]
fn Options(
    options: Signal<Vec<String>>,
    error: Signal<Option<String>>,
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    let set = move |event| {
        let typed = event_target_value(&event);
        let lines = typed.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty());
        on_change.run(lines.collect());
    };
    view! {
        <label class="field">
            <span class="label">{text!(i18n, booking_links.options)}</span>
            <textarea class="input" rows="3" prop:value=move || options.get().join("\n") on:change=set></textarea>
            <span class="error" role="alert">{move || error.get()}</span>
        </label>
    }
}

/// Whether it must be answered, its place, and deleting it.
#[component]
fn QuestionFoot(
    is_required: Signal<bool>,
    on_required: Callback<bool>,
    on_move: Callback<isize>,
    on_remove: Callback<()>,
) -> impl IntoView {
    let i18n = crate::context::use_app().i18n;
    view! {
        <span class="question-foot">
            <label class="copy-day">
                <input
                    type="checkbox"
                    prop:checked=move || is_required.get()
                    on:change=move |event| on_required.run(event_target_checked(&event))
                />
                {text!(i18n, booking_links.required)}
            </label>
            <span class="push"></span>
            <IconButton label=text!(i18n, booking_links.move_up) kbd="Alt ↑" icon=IconName::ChevronUp on_press=move |_| on_move.run(-1) />
            <IconButton label=text!(i18n, booking_links.move_down) kbd="Alt ↓" icon=IconName::ChevronDown on_press=move |_| on_move.run(1) />
            <IconButton label=text!(i18n, booking_links.remove_question) icon=IconName::Trash on_press=move |_| on_remove.run(()) />
        </span>
    }
    .into_any()
}
