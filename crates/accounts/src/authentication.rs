//! Turns credentials into actors: access tokens, API tokens, and, through the channels, visitors' tokens.
//!
//! What a user or token may do is kept in memory for as long as nothing changed anybody's grants, on any node, and for
//! a second at the most; see [`Live::grants_version`](platform::Live::grants_version).

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::future::BoxFuture;
use platform::{Actor, Authenticator, Credential, Ctx, Error, Grants, Result, TokenActor, Tx, UserActor};
use types::{Permission, PermissionSet, RecordAccess, SessionId, Timestamp, UserId};

use crate::store::grants::{self, Holder, TokenHolder};
use crate::token::hash_token;
use crate::{access_token, api_tokens, store};

/// What visitors' tokens begin with.
const VISITOR_PREFIX: &str = "rv_";
/// How long an actor is believed without looking again.
const BELIEVED: Duration = Duration::from_secs(1);
/// How many actors are kept.
const KEPT: usize = 10_000;
/// How often it is written down that a user was there or a token was used.
const TOUCH_SECONDS: i64 = 60;

/// What an actor is kept under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Session(SessionId),
    /// The hash of the secret.
    ApiToken(String),
}

struct Kept {
    actor: Actor,
    /// When the credential ends by itself.
    expires_at: Option<Timestamp>,
    grants_version: u64,
    loaded_at: Instant,
}

/// The authenticator of the server.
pub struct Authentication {
    visitors: Box<dyn Authenticator>,
    kept: Mutex<HashMap<Key, Kept>>,
}

impl Authentication {
    /// `visitors` is asked about tokens that begin with `rv_`.
    pub fn new(visitors: impl Authenticator + 'static) -> Self {
        Self { visitors: Box::new(visitors), kept: Mutex::default() }
    }

    // The map is valid after every statement: poisoning carries no information.
    fn kept(&self) -> MutexGuard<'_, HashMap<Key, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn recall(&self, ctx: &Ctx, key: &Key) -> Option<Actor> {
        let kept = self.kept();
        let found = kept.get(key)?;
        let holds = found.grants_version == ctx.live().grants_version()
            && found.loaded_at.elapsed() < BELIEVED
            && found.expires_at.is_none_or(|at| ctx.now() < at);
        holds.then(|| found.actor.clone())
    }

    fn keep(&self, key: Key, kept: Kept) {
        let mut all = self.kept();
        if all.len() >= KEPT {
            all.retain(|_, kept| kept.loaded_at.elapsed() < BELIEVED);
        }
        if all.len() < KEPT {
            all.insert(key, kept);
        }
    }

    async fn user(&self, ctx: &Ctx, token: &str) -> Result<Actor> {
        let claims = access_token::verify(ctx, token)?;
        let found = self.session(ctx, claims.sid).await?;
        match &found {
            Actor::User(user) if user.id == claims.sub => Ok(found),
            _ => Err(Error::Unauthenticated),
        }
    }

    async fn session(&self, ctx: &Ctx, session_id: SessionId) -> Result<Actor> {
        let key = Key::Session(session_id);
        match self.recall(ctx, &key) {
            Some(actor) => Ok(actor),
            None => self.load_user(ctx, key, session_id).await,
        }
    }

    async fn load_user(&self, ctx: &Ctx, key: Key, session_id: SessionId) -> Result<Actor> {
        // Read before the rows: a change after it makes what is kept worthless.
        let grants_version = ctx.live().grants_version();
        let (holder, grants) = ctx
            .read(&Actor::System, move |tx| {
                let holder = grants::of_session(tx, session_id)?.ok_or(Error::Unauthenticated)?;
                let grants = grants_of(tx, &holder, holder.role.permissions())?;
                Ok((holder, grants))
            })
            .await?;
        touch_user(ctx, &holder).await;
        let actor = Actor::User(UserActor {
            id: holder.user_id,
            name: holder.name.into(),
            session_id,
            grants: Arc::new(grants),
        });
        self.keep(
            key,
            Kept { actor: actor.clone(), expires_at: None, grants_version, loaded_at: Instant::now() },
        );
        Ok(actor)
    }

    async fn token(&self, ctx: &Ctx, secret: &str) -> Result<Actor> {
        let hash = hash_token(secret);
        let key = Key::ApiToken(hash.clone());
        if let Some(actor) = self.recall(ctx, &key) {
            return Ok(actor);
        }
        let grants_version = ctx.live().grants_version();
        let (holder, grants) = ctx
            .read(&Actor::System, move |tx| {
                let holder = grants::of_api_token(tx, &hash)?.ok_or(Error::Unauthenticated)?;
                if holder.expires_at.is_some_and(|at| at <= tx.now()) {
                    return Err(Error::Unauthenticated);
                }
                let allowed = holder.maker.role.permissions().intersection(&holder.scopes).copied().collect();
                let grants = grants_of(tx, &holder.maker, allowed)?;
                Ok((holder, grants))
            })
            .await?;
        touch_token(ctx, &holder).await;
        let actor = Actor::Token(TokenActor {
            id: holder.token_id,
            name: holder.token_name.into(),
            user_id: holder.maker.user_id,
            grants: Arc::new(grants),
        });
        let expires_at = holder.expires_at;
        self.keep(key, Kept { actor: actor.clone(), expires_at, grants_version, loaded_at: Instant::now() });
        Ok(actor)
    }
}

impl Authenticator for Authentication {
    fn authenticate<'a>(
        &'a self,
        ctx: &'a Ctx,
        credential: Credential,
        address: IpAddr,
    ) -> BoxFuture<'a, Result<Actor>> {
        Box::pin(async move {
            let token = match &credential {
                Credential::Bearer(token) => token,
                Credential::Session(session) => return self.session(ctx, *session).await,
            };
            if token.starts_with(VISITOR_PREFIX) {
                self.visitors.authenticate(ctx, credential, address).await
            } else if token.starts_with(api_tokens::PREFIX) {
                self.token(ctx, token).await
            } else {
                self.user(ctx, token).await
            }
        })
    }
}

fn grants_of(tx: &mut Tx<'_>, holder: &Holder, permissions: PermissionSet) -> Result<Grants> {
    let all_inboxes = permissions.contains(&Permission::AccessAllInboxes);
    let inboxes = grants::inboxes(tx, holder.user_id)?.into_iter().collect();
    let record_access = holder.role.record_access;
    let teammates = match record_access {
        RecordAccess::Team => store::teams::teammates(tx, holder.user_id)?.into_iter().collect(),
        RecordAccess::Own | RecordAccess::Everything => BTreeSet::new(),
    };
    Ok(Grants { permissions, inboxes, all_inboxes, record_access, teammates })
}

/// A user as the actor of work that goes on after its request, such as an import, with what the user may do now.
///
/// # Errors
/// [`Error::Unauthenticated`] when the user may not sign in any more.
pub async fn acting_user(ctx: &Ctx, user: UserId) -> Result<Actor> {
    ctx.read(&Actor::System, move |tx| actor_of(tx, user)?.ok_or(Error::Unauthenticated)).await
}

/// A user as an actor, to ask what the user may see; nothing when the user may not sign in.
///
/// # Errors
/// [`Error::Internal`] when the database refuses it.
pub fn actor_of(tx: &mut Tx<'_>, user: UserId) -> Result<Option<Actor>> {
    let Some(holder) = grants::of_user(tx, user)? else { return Ok(None) };
    let grants = grants_of(tx, &holder, holder.role.permissions())?;
    Ok(Some(Actor::User(UserActor {
        id: holder.user_id,
        name: holder.name.into(),
        // No sign-in: nothing that belongs to one is done so.
        session_id: SessionId(0),
        grants: Arc::new(grants),
    })))
}

fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|at| now.seconds_since(at) >= TOUCH_SECONDS)
}

async fn touch_user(ctx: &Ctx, holder: &Holder) {
    let id = holder.user_id;
    if is_due(holder.last_seen_at, ctx.now()) {
        report(ctx.write(&Actor::System, move |tx| store::users::touch(tx, id)).await);
    }
}

async fn touch_token(ctx: &Ctx, holder: &TokenHolder) {
    let id = holder.token_id;
    if is_due(holder.last_used_at, ctx.now()) {
        report(ctx.write(&Actor::System, move |tx| store::api_tokens::touch(tx, id)).await);
    }
}

/// Nobody is turned away because this could not be written down.
fn report(noted: Result<()>) {
    if let Err(cause) = noted {
        tracing::warn!(%cause, "cannot note when somebody was last seen");
    }
}
