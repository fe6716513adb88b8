use rapport_tests::{User, test_on_both};
use types::clips::{ClipFolderPath, ListClips, SaveClipFolder, UpdateClip};
use types::{ClipFolderId, Event};

use super::desk::{clip, of, recorded};

fn named(name: &str) -> SaveClipFolder {
    SaveClipFolder { name: name.to_owned() }
}

fn path(clip_folder_id: ClipFolderId) -> ClipFolderPath {
    ClipFolderPath { clip_folder_id }
}

async fn counts(user: &User) -> Vec<(String, i64)> {
    let folders = user.list_clip_folders().await.unwrap().items;
    folders.into_iter().map(|folder| (folder.name, folder.clips)).collect()
}

test_on_both!(
    /// The library: folders have names of their own, hold clips, and leave them behind when they go.
    clips_are_kept_in_folders,
    async |app| {
        let ana = app.agent("Ana").await;
        let call = recorded(app, &ana, 7000).await;
        let made = clip(&ana, call).await;
        let mut socket = ana.listen(None).await;
        let folder = ana.create_clip_folder(&named(" Objections ")).await.unwrap();
        socket.next_event(|event| matches!(event, Event::ClipFoldersChanged)).await;
        for taken in ["objections", "OBJECTIONS", " "] {
            let refused = ana.create_clip_folder(&named(taken)).await.unwrap_err();
            assert_eq!(refused.status(), Some(422), "{taken}");
        }
        let into = |folder_id| UpdateClip { title: made.title.clone(), message: None, folder_id };
        ana.update_clip(&of(made.id), &into(Some(folder.id))).await.unwrap();
        socket.next_event(|event| *event == Event::ClipChanged { clip_id: made.id, call_id: call }).await;
        assert_eq!(counts(&ana).await, [("Objections".to_owned(), 1)]);
        let within = ListClips { folder_id: Some(folder.id), ..ListClips::default() };
        assert_eq!(ana.list_clips(&within).await.unwrap().items[0].id, made.id);
        let renamed = ana.update_clip_folder(&path(folder.id), &named("Objections")).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.clips), ("Objections", 1));
        ana.create_clip_folder(&named("Best calls")).await.unwrap();
        assert_eq!(counts(&ana).await[0].0, "Best calls");
        ana.delete_clip_folder(&path(folder.id)).await.unwrap();
        assert_eq!(ana.get_clip(&of(made.id)).await.unwrap().folder_id, None);
        assert_eq!(ana.delete_clip_folder(&path(folder.id)).await.unwrap_err().status(), Some(404));
        let nowhere = ana.update_clip(&of(made.id), &into(Some(folder.id))).await.unwrap_err();
        assert_eq!(nowhere.status(), Some(422));
    }
);
