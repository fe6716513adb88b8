//! Answers requests that no operation takes.

use std::collections::BTreeMap;

use actix_web::HttpRequest;
use actix_web::web::Data;
use platform::Error;

use crate::{Failure, Reply};

/// Answers the methods of each path of the API, by its pattern, as in the header `Allow` (RFC 9110, section 10.2.1). Asked
/// only when a request matched nothing.
#[derive(Clone, Copy, Debug)]
pub struct AllowedMethods(pub fn() -> &'static BTreeMap<String, String>);

/// Handler of last resort: 405 where the path exists for another method, otherwise 404.
///
/// # Errors
/// Always, since there is nothing here.
pub async fn refuse(request: HttpRequest) -> Reply {
    let allowed = request.app_data::<Data<AllowedMethods>>();
    let allow = request
        .resource_map()
        .match_pattern(request.path())
        .and_then(|pattern| allowed?.0().get(&pattern).cloned());
    match allow {
        Some(allow) => Err(Failure::MethodNotAllowed { allow }),
        None => Err(Error::NotFound.into()),
    }
}
