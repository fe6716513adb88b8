use rapport_tests::test_on_both;
use types::crm::*;
use types::{DealStageId, Event};

use super::desk::{deal, ticket, wrong_fields};

test_on_both!(
    /// A deal is created, changed, read and deleted, and everybody hears of it.
    a_deal_lives,
    async |app| {
        let admin = app.super_admin();
        let mut socket = admin.listen(None).await;
        let stages = admin.get_pipeline().await.unwrap().stages;
        let request = SaveDeal {
            name: "Forty chairs".to_owned(),
            amount_minor: Some(1_250_000),
            currency: Some("EUR".to_owned()),
            close_date: Some("2026-12-24".parse().unwrap()),
            owner_id: Some(admin.id()),
            ..SaveDeal::default()
        };
        let made = admin.create_deal(&request).await.unwrap();
        assert_eq!((made.stage_id, made.amount_minor), (stages[0].id, Some(1_250_000)));
        let path = DealPath { deal_id: made.id };
        let won = SaveDeal { stage_id: Some(stages[3].id), ..request };
        let changed = admin.update_deal(&path, &won).await.unwrap();
        assert_eq!(admin.get_deal(&path).await.unwrap(), changed);
        let is_it = |event: &Event| *event == Event::DealChanged { deal: Box::new(changed.clone()) };
        socket.next_event(is_it).await;
        admin.delete_deal(&path).await.unwrap();
        socket.next_event(|event| *event == Event::DealDeleted { deal_id: made.id }).await;
        assert_eq!(admin.get_deal(&path).await.unwrap_err().status(), Some(404));
    }
);

test_on_both!(
    /// Fields of deals and tickets that break a rule are named.
    wrong_fields_are_named,
    async |app| {
        let admin = app.super_admin();
        let wrong = SaveDeal {
            amount_minor: Some(-1),
            currency: Some("euro".to_owned()),
            stage_id: Some(DealStageId(99)),
            owner_id: Some(types::UserId(99)),
            ..SaveDeal::default()
        };
        assert_eq!(wrong_fields(admin.create_deal(&wrong).await), ["name", "currency", "amount_minor", "stage_id", "owner_id"]);
        let alone = SaveDeal { name: "A".to_owned(), amount_minor: Some(1), ..SaveDeal::default() };
        assert_eq!(wrong_fields(admin.create_deal(&alone).await), ["currency"]);
        let wrong = SaveTicket { description: Some("a\u{1}".to_owned()), ..SaveTicket::default() };
        assert_eq!(wrong_fields(admin.create_ticket(&wrong).await), ["subject", "description"]);
    }
);

test_on_both!(
    /// The pipeline and the statuses are saved as whole lists; what is in use stays.
    lists_of_stages_and_statuses_are_edited,
    async |app| {
        let admin = app.super_admin();
        deal(admin, "Chairs", None).await;
        ticket(admin, "Broken", None).await;
        let before = admin.get_pipeline().await.unwrap().stages;
        let keep = |stage: &DealStage| SaveDealStage {
            id: Some(stage.id),
            name: stage.name.clone(),
            outcome: stage.outcome,
        };
        let first_gone = SavePipeline { stages: before.iter().skip(1).map(keep).collect() };
        assert_eq!(admin.save_pipeline(&first_gone).await.unwrap_err().status(), Some(409));
        let mut wanted = SavePipeline { stages: before.iter().rev().take(4).map(keep).collect() };
        wanted.stages.push(keep(&before[0]));
        wanted.stages.remove(0);
        wanted.stages.push(SaveDealStage { id: None, name: "Signed".to_owned(), outcome: StageOutcome::Won });
        let after = admin.save_pipeline(&wanted).await.unwrap();
        let names: Vec<_> = after.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["Won", "Negotiation", "Offer sent", "Qualified", "Signed"]);
        assert_eq!(admin.get_pipeline().await.unwrap(), after);
        let none_open = SavePipeline {
            stages: vec![SaveDealStage { id: None, name: "Won".to_owned(), outcome: StageOutcome::Won }],
        };
        assert_eq!(admin.save_pipeline(&none_open).await.unwrap_err().status(), Some(422));
        let statuses = admin.get_ticket_statuses().await.unwrap().statuses;
        let only = |id| SaveTicketStatuses {
            statuses: vec![SaveTicketStatus { id, name: "Open".to_owned(), closed: false }],
        };
        assert_eq!(admin.save_ticket_statuses(&only(None)).await.unwrap_err().status(), Some(409));
        let kept = admin.save_ticket_statuses(&only(Some(statuses[0].id))).await.unwrap();
        assert_eq!(kept.statuses[0].name, "Open");
    }
);
