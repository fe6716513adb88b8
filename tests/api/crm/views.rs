use std::collections::BTreeMap;
use std::time::Duration;

use rapport_tests::test_on_both;
use types::Event;
use types::crm::*;

use super::desk::wrong_fields;

fn view(name: &str, shared: bool) -> SaveView {
    SaveView {
        list: ObjectKind::Deal,
        name: name.to_owned(),
        filters: BTreeMap::from([("unowned".to_owned(), "true".to_owned())]),
        columns: vec!["name".to_owned(), "property.segment".to_owned()],
        sort: RecordSort::UpdatedAtDescending,
        shared,
    }
}

test_on_both!(
    /// CALL-83: a view is kept as it was saved; it is one's own until it is shared, and nobody else's to change.
    views_are_saved_and_shared,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let mut of_ana = ana.listen(None).await;
        let made = admin.create_saved_view(&view("Mine", false)).await.unwrap();
        assert_eq!((made.sort, made.columns.len()), (RecordSort::UpdatedAtDescending, 2));
        let all = ListSavedViews { list: Some(ObjectKind::Deal) };
        assert_eq!(admin.list_saved_views(&all).await.unwrap().items, std::slice::from_ref(&made));
        assert_eq!(ana.list_saved_views(&all).await.unwrap().items, []);
        assert_eq!(of_ana.drain(Duration::from_millis(700)).await, []);
        let path = SavedViewPath { view_id: made.id };
        assert_eq!(ana.delete_saved_view(&path).await.unwrap_err().status(), Some(404));
        let shared = admin.update_saved_view(&path, &view("Ours", true)).await.unwrap();
        of_ana.next_event(|event| *event == Event::SavedViewChanged { view: shared.clone() }).await;
        assert_eq!(ana.list_saved_views(&all).await.unwrap().items, [shared]);
        assert_eq!(ana.update_saved_view(&path, &view("Hers", true)).await.unwrap_err().status(), Some(409));
        admin.update_saved_view(&path, &view("Mine again", false)).await.unwrap();
        of_ana.next_event(|event| *event == Event::SavedViewDeleted { view_id: made.id }).await;
        admin.delete_saved_view(&path).await.unwrap();
        let none = ListSavedViews { list: None };
        assert_eq!(admin.list_saved_views(&none).await.unwrap().items, []);
        let wrong = SaveView { columns: vec!["name".to_owned(); 2], ..view("", false) };
        assert_eq!(wrong_fields(admin.create_saved_view(&wrong).await), ["name", "columns.1"]);
    }
);

test_on_both!(
    /// CALL-80: the columns that a user chose for a list are that user's.
    columns_are_remembered,
    async |app| {
        let (admin, ana) = (app.super_admin(), app.agent("Ana").await);
        let path = ListLayoutPath { list: ObjectKind::Call };
        assert_eq!(admin.get_list_layout(&path).await.unwrap().columns, None);
        for columns in [vec!["title"], vec!["title", "owner", "duration"]] {
            let wanted = SaveListLayout { columns: columns.into_iter().map(str::to_owned).collect() };
            admin.save_list_layout(&path, &wanted).await.unwrap();
            assert_eq!(admin.get_list_layout(&path).await.unwrap().columns, Some(wanted.columns));
        }
        assert_eq!(ana.get_list_layout(&path).await.unwrap().columns, None);
        let none = SaveListLayout { columns: Vec::new() };
        assert_eq!(admin.save_list_layout(&path, &none).await.unwrap_err().status(), Some(422));
        app.shows(&["CALL-80"]);
    }
);
