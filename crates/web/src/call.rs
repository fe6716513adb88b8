//! One request to an operation: who calls, and how its outcome is answered.

use std::marker::PhantomData;
use std::net::IpAddr;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::future::{Ready, ready};
use platform::{Actor, Ctx, Error, Result, StoredReply, Tx};
use serde::Serialize;
use types::Timestamp;

use crate::authentication::Caller;
use crate::idempotency::{self, REPLAYED};
use crate::rate_limit::{Quota, RateLimiter};
use crate::{Failure, Reply, json, no_content};

/// Marks a call of somebody who is known.
pub struct Authenticated;

/// Marks a call of somebody who need not be known.
pub struct Open;

/// A request of somebody who is known; 401 when no or a wrong credential was sent.
///
/// Take it as the first argument of a handler, so that a stranger is refused before the body is read.
pub struct Call<Who = Authenticated> {
    request: HttpRequest,
    ctx: Ctx,
    actor: Actor,
    address: IpAddr,
    who: PhantomData<Who>,
}

/// A request of somebody who need not be known: sign-in, password reset, the start of a visitor's session. The actor
/// is [`Actor::Anonymous`] whatever credential was sent.
pub type OpenCall = Call<Open>;

impl<Who> Call<Who> {
    fn extract(
        request: &HttpRequest,
        choose: impl FnOnce(&Caller) -> Result<Actor>,
    ) -> Result<Self, Failure> {
        let ctx =
            request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
        let extensions = request.extensions();
        let caller = extensions
            .get::<Caller>()
            .ok_or_else(|| Error::internal("the middleware `authenticate` was not wired in"))?;
        let actor = choose(caller)?;
        idempotency::header_of(request)?;
        Ok(Self {
            request: request.clone(),
            ctx: ctx.from_address(caller.address),
            actor,
            address: caller.address,
            who: PhantomData,
        })
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The handle, which knows the address of the request.
    pub fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// The address of the client.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// The request itself, for its headers.
    pub fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// How the client describes itself, cut to 255 characters.
    pub fn user_agent(&self) -> String {
        let header = self.request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
        header.unwrap_or_default().chars().take(255).collect()
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.ctx.now()
    }

    /// Counts one use of something scarce. `what` names it, `whose` who uses it.
    ///
    /// # Errors
    /// [`Error::RateLimited`] when the quota is used up.
    pub fn limit(&self, what: &str, whose: impl std::fmt::Display, quota: Quota) -> Result<()> {
        self.ctx.extension::<RateLimiter>()?.take(&format!("{what} {whose}"), 1, quota, self.ctx.now())
    }

    /// Runs an operation that only reads, for a handler that shapes its reply itself.
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn query<T: Send + 'static>(
        &self,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ctx.read(&self.actor, op).await
    }

    /// Runs an operation in one transaction, for a handler that shapes its reply itself.
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn transact<T: Send + 'static>(
        &self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ctx.write(&self.actor, op).await
    }

    /// Answers with what an operation read (200).
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn read<T: Serialize + Send + 'static>(
        self,
        op: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        json(StatusCode::OK, &self.query(op).await?)
    }

    /// Answers with what an operation changed (200).
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn write<T: Serialize + Send + 'static>(
        self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        self.once(StatusCode::OK, op).await
    }

    /// Answers with what an operation made (201).
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn create<T: Serialize + Send + 'static>(
        self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        self.once(StatusCode::CREATED, op).await
    }

    /// Answers that an operation was carried out, and nothing more (204).
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn delete(self, op: impl FnMut(&mut Tx<'_>) -> Result<()> + Send + 'static) -> Reply {
        self.once(StatusCode::NO_CONTENT, op).await
    }

    /// As [`write`](Self::write), for a reply that holds a secret: it is never kept, so sending the request again
    /// carries it out again.
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn write_secret<T: Serialize + Send + 'static>(
        self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        json(StatusCode::OK, &self.transact(op).await?)
    }

    /// As [`create`](Self::create), for a reply that holds a secret: it is never kept.
    ///
    /// # Errors
    /// What the operation returns.
    pub async fn create_secret<T: Serialize + Send + 'static>(
        self,
        op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        json(StatusCode::CREATED, &self.transact(op).await?)
    }

    /// Carries an operation out once for each `Idempotency-Key`, and answers repetitions with the first reply.
    async fn once<T: Serialize + Send + 'static>(
        self,
        status: StatusCode,
        mut op: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Reply {
        let Some(key) = idempotency::key_of(&self.request)? else {
            let value = self.transact(op).await?;
            return answer(status, &value);
        };
        let (replayed, reply) = self
            .transact(move |tx| {
                if let Some(earlier) = tx.earlier_reply(&key)? {
                    return Ok((true, earlier));
                }
                let reply = StoredReply { status: status.as_u16(), body: serde_json::to_value(op(tx)?)? };
                tx.keep_reply(&key, &reply)?;
                Ok((false, reply))
            })
            .await?;
        let mut response = answer(StatusCode::from_u16(reply.status).unwrap_or(status), &reply.body)?;
        if replayed {
            response.headers_mut().insert(REPLAYED, "true".parse().map_err(Error::internal)?);
        }
        Ok(response)
    }
}

fn answer(status: StatusCode, value: &impl Serialize) -> Reply {
    if status == StatusCode::NO_CONTENT { Ok(no_content()) } else { json(status, value) }
}

impl FromRequest for Call<Authenticated> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::extract(request, |caller| match &caller.actor {
            Some(Ok(actor)) => Ok(actor.clone()),
            Some(Err(Error::Unavailable(cause))) => Err(Error::Unavailable(cause.clone())),
            Some(Err(Error::RateLimited { retry_after_seconds })) => {
                Err(Error::RateLimited { retry_after_seconds: *retry_after_seconds })
            }
            Some(Err(Error::Internal(cause))) => Err(Error::internal(cause.to_string())),
            Some(Err(_)) | None => Err(Error::Unauthenticated),
        }))
    }
}

impl FromRequest for Call<Open> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::extract(request, |caller| Ok(Actor::Anonymous { address: caller.address })))
    }
}
