//! The library of clips: all that one may see, by folder, with what became of each link.

mod clip_dialogs;
mod folder_dialogs;
mod line;
pub mod links;

use leptos::prelude::*;
use leptos_i18n::t_string;
use leptos_router::components::A;
use types::clips::{Clip, ClipFolder, ListClips};
use types::{ClipFolderId, Permission};
use ui::{ButtonKind, EmptyState, IconButton, IconName, Menu, MenuItem, Select, SelectOption};

use super::index::{CallsHead, CallsTab};
use crate::context::{App, use_app};
use crate::forms::DialogFor;
use crate::paged::{Paged, PagedView};
use crate::remote::{Remote, RemoteView};
use crate::texts::text;
use clip_dialogs::{DeleteClip, EditClip};
use folder_dialogs::{DeleteFolder, FolderDialog};

/// Of whom clips are shown.
const MADE_BY_ME: &str = "made_by_me";
const SENT_TO_ME: &str = "sent_to_me";

/// The screen, as its parts share it.
#[derive(Clone, Copy)]
pub struct Library {
    /// The folders.
    pub folders: Remote<Vec<ClipFolder>>,
    /// The clips that are shown.
    pub clips: Paged<Clip>,
    /// Changing a clip.
    pub editing: DialogFor<Clip>,
    /// Deleting a clip.
    pub deleting: DialogFor<Clip>,
    /// Making a folder, or renaming one.
    pub editing_folder: DialogFor<Option<ClipFolder>>,
    /// Deleting a folder.
    pub deleting_folder: DialogFor<ClipFolder>,
}

impl Library {
    /// Fetches everything again.
    pub fn reload(self) {
        self.folders.reload();
        self.clips.reload();
    }
}

/// The library, or one folder of it.
#[component]
pub fn ClipsScreen(
    /// The folder that the address names.
    #[prop(into)]
    folder: Signal<Option<ClipFolderId>>,
) -> impl IntoView {
    let app = use_app();
    let whose = RwSignal::new(String::new());
    let revision = Memo::new(move |_| app.read(|state| (state.clips_revision, state.refreshes)));
    let folders = Remote::new(move || {
        revision.get();
        async move { app.api().list_clip_folders().await.map(|folders| folders.items) }
    });
    let clips = Paged::new(move |page| {
        revision.get();
        let my_id = app.peek(state::State::my_id);
        let only_mine = |wanted: &str| my_id.filter(|_| whose.with(|whose| whose == wanted));
        let query = ListClips {
            cursor: page.cursor,
            limit: page.limit,
            call_id: None,
            folder_id: folder.get(),
            created_by: only_mine(MADE_BY_ME),
            recipient_id: only_mine(SENT_TO_ME),
        };
        async move { app.api().list_clips(&query).await }
    });
    let library = Library {
        folders,
        clips,
        editing: DialogFor::new(),
        deleting: DialogFor::new(),
        editing_folder: DialogFor::new(),
        deleting_folder: DialogFor::new(),
    };
    view! {
        <main class="screen records">
            <header class="records-head"><CallsHead current=CallsTab::Clips /></header>
            <Tools library folder whose />
            <div class="clips"><Clips library /></div>
        </main>
        <EditClip library />
        <DeleteClip library />
        <FolderDialog library />
        <DeleteFolder library folder />
    }
    .into_any()
}

/// The folders and whose clips are shown.
#[component]
fn Tools(library: Library, folder: Signal<Option<ClipFolderId>>, whose: RwSignal<String>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let folders = move || library.folders.get().unwrap_or_default();
    let link = move |id: Option<ClipFolderId>, name: String, count: Option<i64>| {
        let path = id.map_or("/clips".to_owned(), |id| format!("/clips/{id}"));
        let mark = move || (folder.get() == id).then_some("page");
        view! {
            <A href=path exact=true attr:aria-current=mark>
                <span class="trunc">{name}</span>
                {count.map(|count| view! { <span class="faint num">{shown_count(count)}</span> })}
            </A>
        }
    };
    let links = move || {
        let of_folder = |folder: ClipFolder| link(Some(folder.id), folder.name, Some(folder.clips));
        folders().into_iter().map(of_folder).collect_view()
    };
    let shown = Memo::new(move |_| folders().into_iter().find(|one| Some(one.id) == folder.get()));
    view! {
        <div class="records-tools clip-tools">
            <nav class="records-tabs" aria-label=text!(i18n, clips.folders)>
                {move || link(None, t_string!(i18n, clips.all_clips).to_owned(), None)}
                <RemoteView remote=library.folders>{links}</RemoteView>
            </nav>
            <FolderActions library shown />
            <span class="push"></span>
            <span class="sort">
                <Select value=whose options=whose_options(app) attr:aria-label=text!(i18n, clips.whose) />
            </span>
        </div>
    }
}

/// Making folders, and changing the one that is shown.
#[component]
fn FolderActions(library: Library, shown: Memo<Option<ClipFolder>>) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let may_edit = app.may(Permission::UseCallIntelligence);
    let own = move || {
        shown.get().map(|folder| {
            let (renamed, deleted) = (folder.clone(), folder.clone());
            let name = StoredValue::new(folder.name);
            view! {
                <Menu
                    label=move || t_string!(i18n, forms.actions_on, name = name.get_value()).to_string()
                    icon=IconName::More
                    icon_only=true
                    kind=ButtonKind::Quiet
                >
                    {
                        let (renamed, deleted) = (renamed.clone(), deleted.clone());
                        view! {
                            <MenuItem
                                icon=IconName::Edit
                                on_select=move |()| library.editing_folder.show(Some(renamed.clone()))
                            >
                                {text!(i18n, clips.rename_folder)}
                            </MenuItem>
                            <MenuItem
                                icon=IconName::Trash
                                danger=true
                                on_select=move |()| library.deleting_folder.show(deleted.clone())
                            >
                                {text!(i18n, clips.delete_folder)}
                            </MenuItem>
                        }
                    }
                </Menu>
            }
        })
    };
    view! {
        <Show when=move || may_edit.get()>
            <IconButton
                label=text!(i18n, clips.create_folder)
                icon=IconName::Plus
                on_press=move |_| library.editing_folder.show(None)
            />
            {own}
        </Show>
    }
}

/// The server counts no further than 1000.
fn shown_count(count: i64) -> String {
    if count >= 1000 { "999+".to_owned() } else { count.to_string() }
}

fn whose_options(app: App) -> Signal<Vec<SelectOption>> {
    let i18n = app.i18n;
    Signal::derive(move || {
        let option =
            |value: &str, label: &str| SelectOption { value: value.to_owned(), label: label.to_owned() };
        vec![
            option("", t_string!(i18n, clips.everybodys)),
            option(MADE_BY_ME, t_string!(i18n, clips.made_by_me)),
            option(SENT_TO_ME, t_string!(i18n, clips.sent_to_me)),
        ]
    })
}

#[component]
fn Clips(library: Library) -> impl IntoView {
    let app = use_app();
    let i18n = app.i18n;
    let empty = move || {
        view! {
            <EmptyState icon=IconName::Quote title=text!(i18n, clips.empty) body=text!(i18n, clips.empty_hint) />
        }
    };
    let lines = move || {
        let clips = library.clips.items().into_iter();
        clips.map(|clip| view! { <line::ClipLine library clip /> }).collect_view()
    };
    view! {
        <PagedView paged=library.clips empty><ul class="clip-list">{lines}</ul></PagedView>
    }
}
