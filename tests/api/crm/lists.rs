use rapport_tests::{TestApp, test_on_both};
use types::crm::*;

use super::desk::{company, contact, deal, ticket};

/// The names on all pages, two at a time.
async fn names(app: &TestApp, mut query: ListDeals) -> Vec<String> {
    let mut names = Vec::new();
    query.limit = Some(2);
    loop {
        let page = app.super_admin().list_deals(&query).await.unwrap();
        names.extend(page.items.into_iter().map(|deal| deal.name));
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return names;
        }
    }
}

test_on_both!(
    /// CALL-83: lists are sorted both ways, page by page without gaps or doubles, and filtered.
    lists_are_sorted_and_filtered,
    async |app| {
        let admin = app.super_admin();
        let ana = app.agent("Ana").await;
        for (name, owner) in [("Écru", None), ("ash", Some(ana.id())), ("Beech", None), ("beech", Some(ana.id()))] {
            deal(admin, name, owner).await;
        }
        let sorted = |sort| ListDeals { sort: Some(sort), ..ListDeals::default() };
        let by_name = names(app, ListDeals::default()).await;
        assert_eq!(by_name, ["ash", "Beech", "beech", "Écru"]);
        let mut reversed = names(app, sorted(RecordSort::NameDescending)).await;
        reversed.reverse();
        assert_eq!(reversed, by_name);
        assert_eq!(names(app, sorted(RecordSort::CreatedAt)).await, ["Écru", "ash", "Beech", "beech"]);
        assert_eq!(names(app, sorted(RecordSort::CreatedAtDescending)).await, ["beech", "Beech", "ash", "Écru"]);
        let oldest = admin.list_deals(&sorted(RecordSort::CreatedAt)).await.unwrap().items.remove(0);
        let change = SaveDeal { name: "Ecru".to_owned(), ..SaveDeal::default() };
        admin.update_deal(&DealPath { deal_id: oldest.id }, &change).await.unwrap();
        assert_eq!(names(app, sorted(RecordSort::UpdatedAtDescending)).await[0], "Ecru");
        assert_eq!(names(app, sorted(RecordSort::UpdatedAt)).await[3], "Ecru");
        let of_ana = ListDeals { owner_id: Some(ana.id()), ..ListDeals::default() };
        assert_eq!(names(app, of_ana).await, ["ash", "beech"]);
        let unowned = ListDeals { unowned: Some(true), q: Some("BEE".to_owned()), ..ListDeals::default() };
        assert_eq!(names(app, unowned).await, ["Beech"]);
        let elsewhere = ListDeals { cursor: Some("e30".to_owned()), ..ListDeals::default() };
        assert_eq!(admin.list_deals(&elsewhere).await.unwrap_err().status(), Some(422));
    }
);

test_on_both!(
    /// CALL-76: a picker finds records of each kind by how their name, address or domain starts.
    records_are_found_by_how_they_start,
    async |app| {
        let admin = app.super_admin();
        contact(admin, "Nora Acmeson", None).await;
        contact(admin, "Acme Person", None).await;
        let request = SaveCompany {
            name: "Zeta".to_owned(),
            domain: Some("acme.example".to_owned()),
            ..SaveCompany::default()
        };
        admin.create_company(&request).await.unwrap();
        company(admin, "Acme", None).await;
        deal(admin, "ACMÉ chairs", None).await;
        ticket(admin, "acme is broken", None).await;
        let search = |q: &str, kind| SearchRecords { q: q.to_owned(), kind, limit: None };
        let found = admin.search_records(&search("acme", None)).await.unwrap().items;
        let found: Vec<_> = found.iter().map(|one| (one.record.kind, one.name.as_str())).collect();
        assert_eq!(
            found,
            [
                (ObjectKind::Contact, "Acme Person"),
                (ObjectKind::Company, "Acme"),
                (ObjectKind::Company, "Zeta"),
                (ObjectKind::Deal, "ACMÉ chairs"),
                (ObjectKind::Ticket, "acme is broken"),
            ]
        );
        let by_address = search("nora.acmeson@", Some(ObjectKind::Contact));
        assert_eq!(admin.search_records(&by_address).await.unwrap().items[0].name, "Nora Acmeson");
        assert_eq!(admin.search_records(&search(" ", None)).await.unwrap_err().status(), Some(422));
    }
);
