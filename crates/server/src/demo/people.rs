//! The made-up company's users, teams, inboxes and chat widgets, and the people who write to it.

use std::sync::Arc;

use accounts::users::NewUser;
use anyhow::Result;
use platform::{Actor, Ctx, Grants, UserActor};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use types::accounts::{Preferences, UpdateMe};
use types::channels::{CreateChatWidget, UpdateChatWidget};
use types::conversations::SaveInbox;
use types::crm::{CreateContact, SaveCompany};
use types::{BuiltinRole, CompanyId, ContactId, InboxId, Permission, SessionId, TeamId, UserId, WidgetId};

use super::PASSWORD;

/// Name, part of the address before the `@`, role.
const USERS: [(&str, &str, BuiltinRole); 8] = [
    ("Ana Morel", "ana", BuiltinRole::SuperAdministrator),
    ("Karim Haddad", "karim", BuiltinRole::Administrator),
    ("Priya Raman", "priya", BuiltinRole::Agent),
    ("Jonas Weber", "jonas", BuiltinRole::Agent),
    ("Elena Petrova", "elena", BuiltinRole::Agent),
    ("Tom Brennan", "tom", BuiltinRole::Agent),
    ("Mei Tanaka", "mei", BuiltinRole::Agent),
    ("Claire Dubois", "claire", BuiltinRole::Viewer),
];

/// Each team with its members, as places in [`USERS`].
const TEAMS: [(&str, &[usize]); 3] =
    [("Customer care", &[0, 2, 3, 4]), ("Sales", &[1, 5, 6]), ("Workshop", &[1, 3, 6])];

const FIRST_NAMES: [&str; 40] = [
    "Lucie", "Tomas", "Camille", "Noah", "Ingrid", "Yusuf", "Amélie", "Oscar", "Chiara", "Mateo", "Sofia",
    "Hugo", "Leïla", "Anton", "Greta", "Paul", "Inès", "Marek", "Julia", "Samuel", "Nora", "Théo", "Clara",
    "David", "Zoé", "Emil", "Fatou", "Bruno", "Hanna", "Louis", "Rosa", "Adrien", "Maja", "Simon", "Élise",
    "Viktor", "Salma", "Jan", "Margot", "Felix",
];
const LAST_NAMES: [&str; 40] = [
    "Bernard",
    "Novak",
    "Lefèvre",
    "Schmidt",
    "Rossi",
    "García",
    "Lindqvist",
    "Moreau",
    "Kowalski",
    "Dupont",
    "Hansen",
    "Fontaine",
    "Keller",
    "Marchetti",
    "Benali",
    "Roux",
    "Nilsen",
    "Girard",
    "Fischer",
    "Costa",
    "Perrin",
    "Vogel",
    "Jansen",
    "Mercier",
    "Diallo",
    "Bauer",
    "Colin",
    "Sørensen",
    "Gauthier",
    "Romano",
    "Leclerc",
    "Weiss",
    "Vidal",
    "Brandt",
    "Chevalier",
    "Okafor",
    "Renaud",
    "Huber",
    "Barbier",
    "Lambert",
];
const COMPANIES: [&str; 24] = [
    "Café des Halles",
    "Northwind Retail",
    "Studio Lune",
    "Hôtel du Phare",
    "Brasserie Martin",
    "Librairie Vagabonde",
    "Clinique Saint-Roch",
    "Kollektiv Architekten",
    "Domaine des Cigales",
    "Maison Perle",
    "Lumen Architecture",
    "École Jean-Moulin",
    "Coworking Les Quais",
    "Pâtisserie Oriane",
    "Galerie Nord",
    "Vélo Plus",
    "Theater am Fluss",
    "Cabinet Rousseau",
    "Boulangerie Ferrand",
    "Atelier Nuage",
    "Restaurant Le Môle",
    "Notaires du Port",
    "Radio Étang",
    "Musée des Gens de Mer",
];
const JOB_TITLES: [&str; 8] = [
    "Office manager",
    "Owner",
    "Interior architect",
    "Head of purchasing",
    "Headmistress",
    "Restaurant manager",
    "Bookseller",
    "Facility manager",
];
/// How many contacts there are.
const CONTACTS: usize = 200;

/// A user of the demo.
pub(super) struct DemoUser {
    pub(super) id: UserId,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role_name: &'static str,
    pub(super) actor: Actor,
}

/// Somebody who writes.
pub(super) struct DemoContact {
    pub(super) id: ContactId,
    pub(super) first_name: &'static str,
    pub(super) company: Option<&'static str>,
}

/// All that the conversations need.
pub(super) struct Company {
    pub(super) users: Vec<DemoUser>,
    pub(super) teams: Vec<TeamId>,
    pub(super) contacts: Vec<DemoContact>,
    /// Each chat widget with the places of the users who answer there.
    pub(super) widgets: Vec<(WidgetId, &'static [usize])>,
}

/// Makes the company.
pub(super) async fn make(ctx: &Ctx, chance: &mut StdRng) -> Result<Company> {
    let ids = users(ctx).await?;
    let care = inbox(ctx, "Customer care", &ids[..5], &ids[7..]).await?;
    let sales = inbox(ctx, "Sales", &ids[..2], &ids[4..7]).await?;
    let users = acting(ctx, &ids, care, sales).await?;
    let members = |places: &[usize]| places.iter().map(|place| ids[*place]).collect::<Vec<_>>();
    let mut teams = Vec::new();
    for (name, places) in TEAMS {
        let members = members(places);
        teams.push(
            ctx.write(&Actor::System, move |tx| Ok(accounts::teams::add(tx, name, &members)?.id)).await?,
        );
    }
    let site = widget(ctx, "Website", care, "#a3452c").await?;
    let showroom = widget(ctx, "Catalogue", sales, "#2f6f5e").await?;
    let companies = companies(ctx).await?;
    let contacts = contacts(ctx, &companies, &ids, chance).await?;
    Ok(Company { users, teams, contacts, widgets: vec![(site, &[0, 2, 3, 4]), (showroom, &[1, 4, 5, 6])] })
}

async fn users(ctx: &Ctx) -> Result<Vec<UserId>> {
    let password_hash = accounts::passwords::hash(PASSWORD)?;
    let mut ids = Vec::new();
    for (name, address, role) in USERS {
        let (name, email) = (name.to_owned(), format!("{address}@atelier-sud.example"));
        let new = NewUser { name, email, role, password_hash: password_hash.clone() };
        ids.push(ctx.write(&Actor::System, move |tx| Ok(accounts::users::add(tx, new.clone())?.id)).await?);
    }
    Ok(ids)
}

async fn inbox(ctx: &Ctx, name: &str, first: &[UserId], rest: &[UserId]) -> Result<InboxId> {
    let new = SaveInbox { name: name.to_owned(), member_ids: [first, rest].concat() };
    Ok(ctx.write(&Actor::System, move |tx| Ok(conversations::inboxes::create(tx, &new)?.id)).await?)
}

/// The users as they act, each with the preference not to be mailed: nobody reads the demo's mails.
async fn acting(ctx: &Ctx, ids: &[UserId], care: InboxId, sales: InboxId) -> Result<Vec<DemoUser>> {
    let mut users = Vec::new();
    for (place, (name, address, role)) in USERS.into_iter().enumerate() {
        let permissions = role.permissions();
        let grants = Grants {
            all_inboxes: permissions.contains(&Permission::AccessAllInboxes),
            permissions,
            inboxes: [care, sales].into(),
            ..Grants::default()
        };
        let session_id = SessionId(i64::try_from(place)? + 1);
        let user = UserActor { id: ids[place], name: Arc::from(name), session_id, grants: Arc::new(grants) };
        let actor = Actor::User(user);
        let preferences = Preferences { email_when_away: false, ..Preferences::default() };
        let changes = UpdateMe { name: None, preferences: Some(preferences) };
        ctx.write(&actor, move |tx| accounts::me::update(tx, &changes)).await?;
        users.push(DemoUser {
            id: ids[place],
            name: name.to_owned(),
            email: format!("{address}@atelier-sud.example"),
            role_name: match role {
                BuiltinRole::SuperAdministrator => "Super administrator",
                BuiltinRole::Administrator => "Administrator",
                BuiltinRole::Agent => "Agent",
                BuiltinRole::Viewer => "Viewer",
            },
            actor,
        });
    }
    Ok(users)
}

async fn widget(ctx: &Ctx, name: &str, inbox_id: InboxId, color: &str) -> Result<WidgetId> {
    let new = CreateChatWidget { name: name.to_owned(), inbox_id };
    let made = ctx.write(&Actor::System, move |tx| channels::chat_widgets::create(tx, &new)).await?;
    let mut style = made.style;
    style.color = color.to_owned();
    let id = made.id;
    let changed = UpdateChatWidget {
        name: made.name,
        inbox_id,
        enabled: true,
        style,
        allowed_origins: Vec::new(),
        require_signed_identity: false,
    };
    ctx.write(&Actor::System, move |tx| channels::chat_widgets::update(tx, id, &changed)).await?;
    Ok(id)
}

async fn companies(ctx: &Ctx) -> Result<Vec<(&'static str, CompanyId)>> {
    let mut made = Vec::new();
    for name in COMPANIES {
        let new = SaveCompany { name: name.to_owned(), domain: Some(domain(name)), ..SaveCompany::default() };
        let id = ctx.write(&Actor::System, move |tx| Ok(crm::companies::create(tx, &new)?.id)).await?;
        made.push((name, id));
    }
    Ok(made)
}

async fn contacts(
    ctx: &Ctx,
    companies: &[(&'static str, CompanyId)],
    users: &[UserId],
    chance: &mut StdRng,
) -> Result<Vec<DemoContact>> {
    let mut contacts = Vec::new();
    for number in 0..CONTACTS {
        // Forty first names and forty last names, shifted at each round, give each pair once.
        let (first_name, round) = (FIRST_NAMES[number % 40], number / 40);
        let last_name = LAST_NAMES[(number * 7 + round * 3) % 40];
        let company = companies.choose(chance).copied().filter(|_| chance.random_bool(0.6));
        let at = company.map_or_else(|| "mail.example".to_owned(), |(name, _)| domain(name));
        let new = CreateContact {
            name: format!("{first_name} {last_name}"),
            email: Some(format!("{}.{}@{at}", letters(first_name), letters(last_name))),
            phone: chance
                .random_bool(0.5)
                .then(|| format!("+33 4 91 00 {:02} {:02}", number / 100, number % 100)),
            job_title: company.and_then(|_| JOB_TITLES.choose(chance)).map(|title| (*title).to_owned()),
            company_id: company.map(|(_, id)| id),
            owner_id: chance.random_bool(0.4).then(|| users[1 + number % 6]),
            ..CreateContact::default()
        };
        let id = ctx.write(&Actor::System, move |tx| Ok(crm::contacts::create(tx, &new)?.id)).await?;
        contacts.push(DemoContact { id, first_name, company: company.map(|(name, _)| name) });
    }
    Ok(contacts)
}

fn domain(company: &str) -> String {
    format!("{}.example", letters(company))
}

/// The letters of a name that may stand in an address, in lower case and without accents.
fn letters(name: &str) -> String {
    crm::folding::name_key(name).chars().filter(char::is_ascii_alphanumeric).collect()
}
