//! An uploaded picture: showing it, uploading another one, taking it away.

use js_sys::{Array, Uint8Array};
use leptos::{html, prelude::*, task::spawn_local, text_prop::TextProp};
use types::FileId;
use ui::{Button, ButtonKind, IconName};
use web_sys::{Blob, Url};

use crate::context::{App, use_app};
use crate::download::fetch_bytes;
use crate::texts::text;
use crate::upload::upload;

/// A picture by its file. Nothing while it is on its way.
#[component]
pub fn Picture(
    /// The file.
    #[prop(into)]
    file: Signal<Option<FileId>>,
) -> impl IntoView {
    let app = use_app();
    let shown = RwSignal::new(None::<String>);
    let drop_shown = move || {
        if let Some(Some(url)) = shown.try_update(Option::take) {
            // An address that is revoked twice is no error.
            let _ = Url::revoke_object_url(&url);
        }
    };
    Effect::new(move |_| {
        let wanted = file.get();
        drop_shown();
        let Some(id) = wanted else { return };
        spawn_local(async move {
            let Ok(bytes) = fetch_bytes(app, format!("/v1/files/{id}/content")).await else { return };
            let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes.as_slice())));
            let url = blob.and_then(|blob| Url::create_object_url_with_blob(&blob)).ok();
            if file.try_get_untracked() == Some(Some(id)) {
                let _ = shown.try_set(url);
            }
        });
    });
    on_cleanup(drop_shown);
    move || shown.get().map(|url| view! { <img class="booking-picture" src=url alt="" /> })
}

/// Uploads a picture, shows it, and takes it away.
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
    /// What the server says is wrong with it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let input = NodeRef::<html::Input>::new();
    let (busy, failed) = (RwSignal::new(false), RwSignal::new(None::<String>));
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
        take(app, first, file, busy, failed);
    };
    let (label, for_input) = (Signal::derive(move || label.get()), NodeRef::clone(&input));
    view! {
        <div class="field" role="group" aria-label=move || label.get()>
            <span class="label">{move || label.get()}</span>
            <div class="booking-picture-field">
                <Picture file />
                <Button icon=IconName::Image busy on_press=choose>{text!(i18n, booking_links.upload_picture)}</Button>
                <Show when=move || file.get().is_some()>
                    <Button kind=ButtonKind::Quiet icon=IconName::Trash on_press=move |_| file.set(None)>
                        {text!(i18n, booking_links.remove_picture)}
                    </Button>
                </Show>
                <input
                    node_ref=for_input
                    type="file"
                    accept="image/*"
                    hidden
                    tabindex="-1"
                    aria-label=move || label.get()
                    on:change=chosen
                />
            </div>
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
    file: RwSignal<Option<FileId>>,
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
            Ok(uploaded) if uploaded.is_image => drop(file.try_set(Some(uploaded.id))),
            Ok(_) => {
                let text = untrack(|| leptos_i18n::t_string!(app.i18n, booking_links.not_a_picture));
                let _ = failed.try_set(Some(text.to_owned()));
            }
            Err(reason) => drop(failed.try_set(Some(reason))),
        }
    });
}
