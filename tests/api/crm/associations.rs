use futures_util::future::join_all;
use rapport_tests::test_on_both;
use types::crm::*;

use super::desk::{associated, company, contact, deal, same, ticket};

test_on_both!(
    /// CALL-73, 75 to 78: records belong together from both sides, once, and are shown in a few words.
    a_pair_is_seen_from_both_sides,
    async |app| {
        let admin = app.super_admin();
        let (carla, deal) = (contact(admin, "Carla", None).await, deal(admin, "Chairs", None).await);
        let pair = CreateAssociation { from: carla.id.into(), to: deal.id.into() };
        let made = admin.create_association(&pair).await.unwrap();
        let turned = CreateAssociation { from: deal.id.into(), to: carla.id.into() };
        assert_eq!(admin.create_association(&turned).await.unwrap(), made);
        assert_eq!((made.reason, made.created_by), (AssociationReason::Manual, Some(admin.id())));
        let deals = associated(admin, carla.id, ObjectKind::Deal).await;
        assert_eq!((deals.len(), deals[0].summary.name.as_str()), (1, "Chairs"));
        assert_eq!(deals[0].summary.detail.as_deref(), Some("Qualified"));
        let contacts = associated(admin, deal.id, ObjectKind::Contact).await;
        assert_eq!(contacts[0].summary.detail.as_deref(), Some("carla@customer.example"));
        let path = AssociationPath { association_id: made.id };
        admin.delete_association(&path).await.unwrap();
        assert_eq!(associated(admin, deal.id, ObjectKind::Contact).await, []);
        assert_eq!(admin.delete_association(&path).await.unwrap_err().status(), Some(404));
        let itself = CreateAssociation { from: deal.id.into(), to: deal.id.into() };
        assert_eq!(admin.create_association(&itself).await.unwrap_err().status(), Some(422));
    }
);

test_on_both!(
    /// A pair is kept once, however many say so at the same time.
    fifty_at_once_make_one_pair,
    async |app| {
        let admin = app.super_admin();
        let (carla, ticket) = (contact(admin, "Carla", None).await, ticket(admin, "Broken", None).await);
        let pair = CreateAssociation { from: carla.id.into(), to: ticket.id.into() };
        let turned = CreateAssociation { from: ticket.id.into(), to: carla.id.into() };
        let all = join_all((0..50).map(|n| admin.create_association(if n % 2 == 0 { &pair } else { &turned }))).await;
        let ids: std::collections::BTreeSet<_> = all.into_iter().map(|made| made.unwrap().id).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(associated(admin, carla.id, ObjectKind::Ticket).await.len(), 1);
    }
);

test_on_both!(
    /// CALL-72: a contact's company is associated by itself and says why; taking one away takes the other.
    the_primary_company_follows_the_contact,
    async |app| {
        let admin = app.super_admin();
        let (acme, beta) = (company(admin, "Acme", None).await, company(admin, "Beta", None).await);
        let carla = contact(admin, "Carla", None).await;
        let path = ContactPath { contact_id: carla.id };
        for wanted in [&acme, &beta] {
            let change = UpdateContact { company_id: Some(wanted.id), ..same(&carla) };
            admin.update_contact(&path, &change).await.unwrap();
            let companies = associated(admin, carla.id, ObjectKind::Company).await;
            assert_eq!(companies.len(), 1);
            assert_eq!(companies[0].summary.record, wanted.id.into());
            assert_eq!(companies[0].reason, AssociationReason::PrimaryCompany);
        }
        assert_eq!(associated(admin, acme.id, ObjectKind::Contact).await, []);
        let contacts = associated(admin, beta.id, ObjectKind::Contact).await;
        let path_of_pair = AssociationPath { association_id: contacts[0].association_id };
        admin.delete_association(&path_of_pair).await.unwrap();
        assert_eq!(admin.get_contact(&path).await.unwrap().company_id, None);
        let change = UpdateContact { company_id: Some(acme.id), ..same(&carla) };
        admin.update_contact(&path, &change).await.unwrap();
        admin.delete_company(&CompanyPath { company_id: acme.id }).await.unwrap();
        assert_eq!(associated(admin, carla.id, ObjectKind::Company).await, []);
    }
);

test_on_both!(
    /// What belongs to a merged contact belongs to the one that stays; what belongs to an erased one to nobody.
    associations_are_merged_and_erased,
    async |app| {
        let admin = app.super_admin();
        let (one, two) = (contact(admin, "Carla One", None).await, contact(admin, "Carla Two", None).await);
        let (chairs, tables) = (deal(admin, "Chairs", None).await, deal(admin, "Tables", None).await);
        let pairs: [(RecordRef, RecordRef); 4] = [
            (one.id.into(), chairs.id.into()),
            (two.id.into(), chairs.id.into()),
            (one.id.into(), tables.id.into()),
            (one.id.into(), two.id.into()),
        ];
        for (from, to) in pairs {
            admin.create_association(&CreateAssociation { from, to }).await.unwrap();
        }
        let path = ContactPath { contact_id: two.id };
        admin.merge_contact(&path, &MergeContact { from_id: one.id }).await.unwrap();
        let deals = associated(admin, two.id, ObjectKind::Deal).await;
        let names: Vec<_> = deals.iter().map(|deal| deal.summary.name.as_str()).collect();
        assert_eq!(names, ["Chairs", "Tables"]);
        assert_eq!(associated(admin, two.id, ObjectKind::Contact).await, []);
        assert_eq!(associated(admin, one.id, ObjectKind::Deal).await.len(), 2, "its id leads to the other");
        let erase = EraseContact { confirm_name: "Carla Two".to_owned() };
        admin.erase_contact(&path, &erase).await.unwrap();
        assert_eq!(associated(admin, chairs.id, ObjectKind::Contact).await, []);
    }
);
