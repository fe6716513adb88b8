//! Where operations are mounted.

use actix_web::Route;
use actix_web::dev::HttpServiceFactory;
use actix_web::web::ServiceConfig;
use utoipa_actix_web::OpenApiFactory;
use utoipa_actix_web::service_config::ServiceConfig as DescribedConfig;

/// What operations are mounted on: an app that serves them, or one that describes them.
///
/// Each worker has an app of its own. Describing takes megabytes and tens of milliseconds, so it is done once, apart from
/// serving.
pub enum Routes<'a, 's> {
    /// They are served.
    Served(&'a mut ServiceConfig),
    /// They are described in the API document.
    Described(&'a mut DescribedConfig<'s>),
}

impl Routes<'_, '_> {
    /// Mounts an operation.
    pub fn service(&mut self, operation: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        match self {
            Self::Served(config) => {
                config.service(operation);
            }
            Self::Described(config) => {
                config.service(operation);
            }
        }
        self
    }

    /// Mounts what is no operation of the API, such as a page.
    pub fn route(&mut self, path: &str, route: Route) -> &mut Self {
        match self {
            Self::Served(config) => {
                config.route(path, route);
            }
            Self::Described(config) => {
                config.route(path, route);
            }
        }
        self
    }
}
