//! Where files are kept, by the settings.

use anyhow::{Result, bail};
use blob::{BlobSettings, S3Settings, Store};
use platform::config::{StorageConfig, StorageKind};

/// Opens the store that the settings name.
///
/// # Errors
/// When a setting cannot be used.
pub(crate) fn open(config: &StorageConfig) -> Result<Store> {
    let settings = match config.kind {
        StorageKind::Disk => BlobSettings::Disk { directory: config.path.clone() },
        StorageKind::S3 => {
            if config.s3_endpoint.starts_with("http://") && !config.s3_allow_http {
                bail!("storage.s3_endpoint is not encrypted: use https://, or set storage.s3_allow_http");
            }
            let endpoint = Some(config.s3_endpoint.clone()).filter(|endpoint| !endpoint.is_empty());
            BlobSettings::S3(S3Settings {
                path_style: endpoint.is_some(),
                endpoint,
                bucket: config.s3_bucket.clone(),
                region: config.s3_region.clone(),
                access_key: config.s3_access_key_id.clone(),
                secret_key: config.s3_secret_access_key.clone(),
            })
        }
    };
    Store::open(&settings).map_err(|cause| anyhow::anyhow!("storage: {cause}"))
}
