//! What the sales people and the workshop keep beside conversations: deals, tickets, and what belongs to what.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use platform::{Clock, Ctx};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use types::crm::{
    AssociationReason, CreateProperty, ObjectKind, PropertyOption, PropertyType, RecordRef, SaveDeal,
    SaveTicket, TicketPriority,
};
use types::{Date, Timestamp};

use super::DAYS;
use super::people::{Company, DemoContact, DemoUser};

/// How many deals there are.
const DEALS: usize = 60;
/// How many tickets there are.
const TICKETS: usize = 45;
/// The users who sell: an administrator, and who answers in the inbox of sales.
const SELLERS: [usize; 4] = [1, 4, 5, 6];
/// The users who look after what was sold.
const CARERS: [usize; 3] = [2, 3, 4];

const PIECES: [(&str, i64); 8] = [
    ("oak tables", 189_000),
    ("chairs", 24_500),
    ("bookcases", 132_000),
    ("a reception desk", 415_000),
    ("benches", 61_000),
    ("shelves for the archive", 88_000),
    ("sideboards", 147_500),
    ("desks", 99_000),
];
const TROUBLES: [(&str, &str); 9] = [
    ("Drawer sticks", "Since the heating is on, the lower drawer opens only half way."),
    (
        "Scratch on delivery",
        "A scratch of about ten centimetres on the left side; photographs are in the conversation.",
    ),
    ("Second invoice needed", "The accounting department asks for an invoice with the order number on it."),
    ("Delivery to another address", "Please deliver to the back entrance, the front is closed for works."),
    ("Spare hinge", "One hinge of the cabinet broke; the serial number is 40-117."),
    ("Oil for the table top", "Which oil was used, and how often should it be renewed?"),
    ("Chair wobbles", "One of the eight chairs stands on three legs."),
    ("Missing screws", "The bag with the screws for the shelves was empty."),
    ("Date of assembly", "The fitters should come after the painters, so a week later."),
];

/// Makes them, each at a moment of the past two months, by the user who looks after it.
pub(super) async fn make(
    ctx: &Ctx,
    clock: &Clock,
    company: &Company,
    now: Timestamp,
    chance: &mut StdRng,
) -> Result<()> {
    properties(ctx, company).await?;
    let mut moments: Vec<i64> = (0..DEALS + TICKETS).map(|_| chance.random_range(0..DAYS * 86_400)).collect();
    moments.sort_unstable_by(|one, other| other.cmp(one));
    for (number, ago) in moments.into_iter().enumerate() {
        clock.set(now.plus_seconds(-ago));
        if number % 7 < 4 {
            deal(ctx, company, (now, ago), chance).await?;
        } else {
            ticket(ctx, company, chance).await?;
        }
    }
    Ok(())
}

/// What this company wants to know beside the built-in fields.
async fn properties(ctx: &Ctx, company: &Company) -> Result<()> {
    let option =
        |value: &str, label: &str| PropertyOption { value: value.to_owned(), label: label.to_owned() };
    let wood = CreateProperty {
        object: ObjectKind::Deal,
        key: "wood".to_owned(),
        label: "Wood".to_owned(),
        property_type: PropertyType::Select,
        options: vec![option("oak", "Oak"), option("ash", "Ash"), option("walnut", "Walnut")],
        position: 0,
    };
    let showroom = CreateProperty {
        object: ObjectKind::Contact,
        key: "visited_showroom".to_owned(),
        label: "Visited the showroom".to_owned(),
        property_type: PropertyType::Date,
        options: Vec::new(),
        position: 0,
    };
    let administrator = company.users.first().context("the demo has an administrator")?.actor.clone();
    ctx.write(&administrator, move |tx| {
        crm::properties::create(tx, &wood)?;
        crm::properties::create(tx, &showroom)
    })
    .await?;
    Ok(())
}

fn one_of<'a>(company: &'a Company, places: &[usize], chance: &mut StdRng) -> Result<&'a DemoUser> {
    let place = places.choose(chance).context("there are users")?;
    company.users.get(*place).context("the user is one of the demo's")
}

/// Somebody who works for a company.
fn buyer<'a>(company: &'a Company, chance: &mut StdRng) -> Result<(&'a DemoContact, &'static str)> {
    let buyers: Vec<_> =
        company.contacts.iter().filter_map(|contact| Some((contact, contact.company?))).collect();
    buyers.choose(chance).copied().context("some contacts work for companies")
}

async fn deal(ctx: &Ctx, company: &Company, (now, ago): (Timestamp, i64), chance: &mut StdRng) -> Result<()> {
    let seller = one_of(company, &SELLERS, chance)?;
    let (buyer, buyer_company) = buyer(company, chance)?;
    let (piece, price) = *PIECES.choose(chance).context("there are pieces")?;
    let count = chance.random_range(1..=12_i64);
    let wood = *["oak", "ash", "walnut"].choose(chance).context("there is wood")?;
    let request = SaveDeal {
        name: format!("{buyer_company}: {piece}"),
        amount_minor: Some(price * count),
        currency: Some("EUR".to_owned()),
        close_date: Some(Date(now.0 / Timestamp::SECOND / 86_400 + chance.random_range(-20..60_i64))),
        owner_id: Some(seller.id),
        properties: [("wood".to_owned(), wood.into())].into(),
        ..SaveDeal::default()
    };
    // The older a deal is, the further it has come.
    let age = (ago * 5 / (DAYS * 86_400)).clamp(0, 4);
    let place = usize::try_from(chance.random_range(0..=age))?;
    let contact: RecordRef = buyer.id.into();
    ctx.write(&seller.actor, move |tx| {
        let deal = crm::deals::create(tx, &request)?;
        let stages = crm::pipeline::get(tx)?.stages;
        if let Some(stage) = stages.get(place).filter(|stage| stage.id != deal.stage_id) {
            let moved = SaveDeal { stage_id: Some(stage.id), properties: BTreeMap::new(), ..request.clone() };
            crm::deals::update(tx, deal.id, &moved)?;
        }
        belong(tx, deal.id.into(), contact)
    })
    .await?;
    Ok(())
}

async fn ticket(ctx: &Ctx, company: &Company, chance: &mut StdRng) -> Result<()> {
    let carer = one_of(company, &CARERS, chance)?;
    let contact = company.contacts.choose(chance).context("there are contacts")?.id;
    let (subject, description) = *TROUBLES.choose(chance).context("there are troubles")?;
    let priority =
        *[TicketPriority::Low, TicketPriority::Normal, TicketPriority::Normal, TicketPriority::High]
            .choose(chance)
            .context("there are priorities")?;
    let place = chance.random_range(0..4_usize);
    let request = SaveTicket {
        subject: subject.to_owned(),
        description: Some(description.to_owned()),
        priority,
        owner_id: Some(carer.id),
        ..SaveTicket::default()
    };
    ctx.write(&carer.actor, move |tx| {
        let ticket = crm::tickets::create(tx, &request)?;
        let statuses = crm::ticket_statuses::get(tx)?.statuses;
        if let Some(status) = statuses.get(place).filter(|status| status.id != ticket.status_id) {
            let moved = SaveTicket { status_id: Some(status.id), ..request.clone() };
            crm::tickets::update(tx, ticket.id, &moved)?;
        }
        belong(tx, ticket.id.into(), contact.into())
    })
    .await?;
    Ok(())
}

/// Associates a record with a contact, and with the company that the contact works for.
fn belong(tx: &mut platform::Tx<'_>, record: RecordRef, contact: RecordRef) -> platform::Result<()> {
    let companies: Vec<RecordRef> = crm::associations::of(tx, contact)?
        .into_iter()
        .flat_map(|association| [association.from, association.to])
        .filter(|other| other.kind == ObjectKind::Company)
        .collect();
    crm::associations::associate(tx, record, contact, AssociationReason::Manual)?;
    for company in companies {
        crm::associations::associate(tx, record, company, AssociationReason::PrimaryCompany)?;
    }
    Ok(())
}
