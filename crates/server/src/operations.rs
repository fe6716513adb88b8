//! Every operation of the API.

use web::Routes;

use crate::health;

/// Mounts the operations of all slices, the stream of events and the health checks.
///
/// Those that are asked for most come first: a request is compared with one route after the other, and a path with ids in
/// it costs a regular expression.
pub(crate) fn routes(config: &mut Routes) {
    health::routes(config);
    web::live::routes(config);
    conversations::routes(config);
    channels::routes(config);
    crm::routes(config);
    calls::routes(config);
    clips::routes(config);
    booking::routes(config);
    accounts::routes(config);
}
