//! `/metrics`, in the text format of Prometheus.

use std::sync::OnceLock;
use std::time::Duration;

use actix_web::web::{Data, ServiceConfig, get};
use actix_web::{HttpRequest, HttpResponse};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use platform::{Ctx, Error};
use web::{Reply, client_address};

/// Upper bounds of the buckets of durations, in seconds.
const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How often what was measured is folded into the buckets.
const UPKEEP: Duration = Duration::from_secs(5);

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts to measure. Several servers in one process, as in tests, share the measurements.
pub(crate) fn install() {
    RECORDER.get_or_init(|| {
        let builder =
            PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS);
        let handle = builder
            .map_err(|cause| cause.to_string())
            .and_then(|builder| builder.install_recorder().map_err(|cause| cause.to_string()))
            .inspect_err(|cause| tracing::warn!(cause, "nothing is measured"))
            .ok()?;
        let upkeep = handle.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(UPKEEP).await;
                upkeep.run_upkeep();
            }
        });
        Some(handle)
    });
}

/// Mounts `/metrics`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.route("/metrics", get().to(metrics));
}

/// Only for this machine and for `server.metrics_readers`; for anybody else there is nothing here.
async fn metrics(request: HttpRequest) -> Reply {
    let ctx = request.app_data::<Data<Ctx>>().ok_or_else(|| Error::internal("no context was wired in"))?;
    let config = &ctx.config().server;
    let peer = request.peer_addr().map(|peer| peer.ip());
    let address = client_address(peer, request.headers(), &config.trusted_proxies);
    // A proxy on this machine that is not known as one must not open it to the world.
    let direct = !["forwarded", "x-forwarded-for"].iter().any(|name| request.headers().contains_key(*name));
    let is_reader = config.metrics_readers.iter().any(|network| network.contains(address));
    let may_read = is_reader || (direct && address.is_loopback());
    if !may_read {
        return Err(Error::NotFound.into());
    }
    let handle = RECORDER.get().and_then(Option::as_ref).ok_or(Error::NotFound)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(handle.render()))
}
