//! Every operation of the API.

use utoipa_actix_web::service_config::ServiceConfig;

use crate::health;

/// Mounts the operations of all slices, the stream of events and the health checks.
pub(crate) fn routes(config: &mut ServiceConfig<'_>) {
    accounts::routes(config);
    crm::routes(config);
    conversations::routes(config);
    channels::routes(config);
    web::live::routes(config);
    health::routes(config);
}
