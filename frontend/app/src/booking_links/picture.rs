//! An uploaded picture: showing it, uploading another one or picking one, taking it away.

use leptos::{html, prelude::*, task::spawn_local, text_prop::TextProp};
use types::FileId;
use types::booking::BookingPicture;
use ui::{Button, ButtonKind, IconName};

use crate::context::{App, use_app};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use crate::upload::upload;

/// A picture by its address. Nothing while there is none.
#[component]
pub fn Picture(
    /// The address.
    #[prop(into)]
    url: Signal<Option<String>>,
) -> impl IntoView {
    move || url.get().map(|url| view! { <img class="booking-picture" src=url alt="" /> })
}

/// The pictures that were uploaded before, to pick one.
#[component]
fn Choices(
    /// The one that is chosen.
    file: RwSignal<Option<FileId>>,
    /// Takes the one that is picked.
    on_pick: Callback<(FileId, String)>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let pictures =
        Remote::new(move || async move { app.api().list_booking_pictures().await.map(|all| all.items) });
    let choice = move |picture: BookingPicture| {
        let BookingPicture { id, name, url } = picture;
        let pick = {
            let url = url.clone();
            move |_| on_pick.run((id, url.clone()))
        };
        let is_chosen = move || (file.get() == Some(id)).to_string();
        view! {
            <li>
                <button type="button" aria-pressed=is_chosen on:click=pick>
                    <img class="booking-picture" src=url alt=name />
                </button>
            </li>
        }
    };
    let is_empty = move || pictures.get().is_some_and(|pictures| pictures.is_empty());
    view! {
        <RemoteView remote=pictures>
            <Show
                when=move || !is_empty()
                fallback=move || view! { <span class="muted">{text!(i18n, booking_links.no_pictures)}</span> }
            >
                <ul class="booking-picture-choices" aria-label=text!(i18n, booking_links.uploaded_pictures)>
                    {move || pictures.get().unwrap_or_default().into_iter().map(choice).collect_view()}
                </ul>
            </Show>
        </RemoteView>
    }
    .into_any()
}

/// The button that uploads a picture.
#[component]
fn Upload(
    /// What the picture is.
    label: Signal<String>,
    /// Takes the picture and its address.
    on_upload: Callback<(FileId, String)>,
    /// Why the last file was not taken.
    failed: RwSignal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let (input, busy) = (NodeRef::<html::Input>::new(), RwSignal::new(false));
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |_| {
        let Some(input) = input.get_untracked() else { return };
        let first = input.files().and_then(|files| files.get(0));
        // So that the same file can be chosen again.
        input.set_value("");
        let Some(first) = first else { return };
        take(app, first, on_upload, busy, failed);
    };
    view! {
        <Button icon=IconName::Image busy on_press=choose>{text!(i18n, booking_links.upload_picture)}</Button>
        <input
            node_ref=input
            type="file"
            accept="image/*"
            hidden
            tabindex="-1"
            aria-label=move || label.get()
            on:change=chosen
        />
    }
}

/// Uploads a picture or picks one that was uploaded before, shows it, and takes it away.
#[component]
pub fn PictureField(
    /// What the picture is.
    #[prop(into)]
    label: TextProp,
    /// What it is for.
    #[prop(into)]
    hint: TextProp,
    /// The file, both ways.
    file: RwSignal<Option<FileId>>,
    /// Its address, both ways.
    url: RwSignal<Option<String>>,
    /// What the server says is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let i18n = use_app().i18n;
    let (failed, picking) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let show = Callback::new(move |(id, address): (FileId, String)| {
        file.set(Some(id));
        url.set(Some(address));
        picking.set(false);
    });
    let remove = move |_| {
        file.set(None);
        url.set(None);
    };
    let label = Signal::derive(move || label.get().to_string());
    view! {
        <div class="field" role="group" aria-label=move || label.get()>
            <span class="label">{move || label.get()}</span>
            <div class="booking-picture-field">
                <Picture url />
                <Upload label on_upload=show failed />
                <Button on_press=move |_| picking.update(|picking| *picking = !*picking)>
                    {text!(i18n, booking_links.choose_picture)}
                </Button>
                <Show when=move || file.get().is_some()>
                    <Button kind=ButtonKind::Quiet icon=IconName::Trash on_press=remove>
                        {text!(i18n, booking_links.remove_picture)}
                    </Button>
                </Show>
            </div>
            <Show when=move || picking.get()><Choices file on_pick=show /></Show>
            <span class="hint">{move || hint.get()}</span>
            <span class="error" role="alert">{move || failed.get().or_else(|| error.get())}</span>
        </div>
    }
    .into_any()
}

/// Uploads a file that was chosen, and takes it when it is a picture.
fn take(
    app: App,
    chosen: web_sys::File,
    show: Callback<(FileId, String)>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
) {
    busy.set(true);
    failed.set(None);
    spawn_local(async move {
        let reply = upload(app, &chosen).await;
        // The form may be gone by now.
        let _ = busy.try_set(false);
        match reply {
            Ok(uploaded) if uploaded.is_image => drop(show.try_run((uploaded.id, uploaded.url))),
            Ok(_) => {
                let text = untrack(|| leptos_i18n::t_string!(app.i18n, booking_links.not_a_picture));
                let _ = failed.try_set(Some(text.to_owned()));
            }
            Err(reason) => drop(failed.try_set(Some(reason))),
        }
    });
}
