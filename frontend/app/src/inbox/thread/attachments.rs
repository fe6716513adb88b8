//! The files of a message: images in place, others by name and size.

use leptos::prelude::*;
use types::files::File;
use ui::{Icon, IconName};

use crate::context::{App, use_app};
use crate::texts::size_text;

/// The files that come with a message.
#[component]
pub fn Attachments(files: Vec<File>) -> impl IntoView {
    let app = use_app();
    (!files.is_empty()).then(|| {
        let files = files.into_iter().map(|file| attachment(app, file)).collect_view();
        view! { <div class="attachments">{files}</div> }
    })
}

fn attachment(app: App, file: File) -> impl IntoView {
    let url = app.session.server_url(&file.url);
    let size = move || size_text(app.i18n, file.size);
    let (name, title) = (file.name.clone(), file.name.clone());
    if file.is_image {
        view! {
            <a class="image" href=url.clone() target="_blank" rel="noopener" title=title>
                <img src=url.clone() alt=name loading="lazy" />
            </a>
        }
        .into_any()
    } else {
        view! {
            <a class="file" href=url download=file.name title=title>
                <Icon name=IconName::File />
                <span class="trunc">{name}</span>
                <span class="num faint">{size}</span>
                <Icon name=IconName::Download />
            </a>
        }
        .into_any()
    }
}
