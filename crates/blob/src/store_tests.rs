//! On a real directory. The same behaviour against an S3 server is shown in the `tests` package.

use std::path::PathBuf;

use super::*;

/// A store in a directory of its own, removed at the end.
struct Disk {
    directory: PathBuf,
    store: Store,
}

impl Disk {
    fn new(name: &str) -> Self {
        let directory = std::env::temp_dir().join(format!("rapport-blob-{}-{name}", std::process::id()));
        let store = Store::open(&BlobSettings::Disk { directory: directory.join("blobs") }).unwrap();
        Self { directory, store }
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut open = vec![self.directory.clone()];
        while let Some(directory) = open.pop() {
            for entry in std::fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { open.push(path) } else { found.push(path) }
            }
        }
        found
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

type Chunk = Result<Bytes, String>;

fn chunks(total: usize, chunk: usize) -> impl Stream<Item = Chunk> + Send {
    let whole: Vec<u8> = (0..total).map(|n| (n % 251) as u8).collect();
    let pieces: Vec<Chunk> = whole.chunks(chunk).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

async fn read(blob: Blob) -> Vec<u8> {
    blob.stream.try_collect::<Vec<Bytes>>().await.unwrap().concat()
}

#[tokio::test]
async fn what_was_put_is_read_back_at_every_size() {
    let disk = Disk::new("sizes");
    for (n, total) in
        [0, 1, PART_SIZE - 1, PART_SIZE, PART_SIZE + 1, 2 * PART_SIZE + 7].into_iter().enumerate()
    {
        let key = format!("files/{n}");
        let stored = disk.store.put_stream(&key, chunks(total, 64 * 1024 + 3), u64::MAX).await.unwrap();
        let blob = disk.store.get_range(&key, None).await.unwrap();
        assert_eq!(
            (stored.size, blob.size, blob.range.clone()),
            (total as u64, total as u64, 0..total as u64)
        );
        let bytes = read(blob).await;
        assert!(bytes.iter().enumerate().all(|(n, byte)| *byte == (n % 251) as u8));
        let again = disk.store.put_bytes(&key, Bytes::from(bytes)).await.unwrap();
        assert_eq!(again, stored);
    }
}

#[tokio::test]
async fn the_hash_is_sha256() {
    let disk = Disk::new("hash");
    let stored = disk.store.put_bytes("a", Bytes::from_static(b"abc")).await.unwrap();
    // FIPS 180-2, appendix B.1.
    assert_eq!(stored.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[tokio::test]
async fn ranges_follow_http() {
    let disk = Disk::new("ranges");
    disk.store.put_bytes("a", Bytes::from_static(b"0123456789")).await.unwrap();
    for (range, expected) in [(0..1, "0"), (3..6, "345"), (8..100, "89"), (0..10, "0123456789")] {
        let blob = disk.store.get_range("a", Some(range)).await.unwrap();
        assert_eq!(blob.size, 10);
        assert_eq!(blob.range.end - blob.range.start, expected.len() as u64);
        assert_eq!(read(blob).await, expected.as_bytes());
    }
    for range in [10..11, 500..600, 4..4] {
        let error = disk.store.get_range("a", Some(range.clone())).await.err();
        assert!(matches!(error, Some(Error::OutOfRange { size: 10 })), "{range:?}: {error:?}");
    }
    assert!(matches!(disk.store.get_range("b", Some(0..1)).await.err(), Some(Error::NotFound)));
    assert!(matches!(disk.store.get_range("b", None).await.err(), Some(Error::NotFound)));
}

#[tokio::test]
async fn too_long_or_broken_uploads_leave_the_old_blob_and_no_file() {
    let disk = Disk::new("broken");
    disk.store.put_bytes("a", Bytes::from_static(b"old")).await.unwrap();
    for total in [100, PART_SIZE + 100] {
        let limit = total as u64 - 1;
        let error = disk.store.put_stream("a", chunks(total, 4096), limit).await.unwrap_err();
        assert!(matches!(error, Error::TooLarge { limit: named } if named == limit), "{error}");
        let broken = chunks(total, 4096).chain(stream::iter([Err("connection reset".to_owned())]));
        let error = disk.store.put_stream("a", broken, u64::MAX).await.unwrap_err();
        assert!(matches!(error, Error::Incoming(_)), "{error}");
    }
    assert_eq!(read(disk.store.get_range("a", None).await.unwrap()).await, b"old");
    assert_eq!(disk.files().len(), 1, "{:?}", disk.files());
}

#[tokio::test]
async fn an_upload_cut_off_by_a_crash_is_never_seen() {
    let disk = Disk::new("crash");
    let first_part = chunks(PART_SIZE, 4096).chain(stream::pending());
    let upload = disk.store.put_stream("files/1", first_part, u64::MAX);
    let _ = tokio::time::timeout(Duration::from_millis(300), upload).await;
    // What a killed process leaves behind instead of cleaning up:
    std::fs::create_dir_all(disk.directory.join("blobs/files")).unwrap();
    std::fs::write(disk.directory.join("blobs/files/1#1"), b"half").unwrap();
    assert!(matches!(disk.store.get_range("files/1", None).await.err(), Some(Error::NotFound)));
    assert!(disk.store.list_prefix(None).unwrap().next().await.is_none());
    disk.store.put_bytes("files/1", Bytes::from_static(b"whole")).await.unwrap();
    assert_eq!(read(disk.store.get_range("files/1", None).await.unwrap()).await, b"whole");
}

#[tokio::test]
async fn listing_goes_by_whole_parts_and_deleting_twice_succeeds() {
    let disk = Disk::new("list");
    for key in ["files/12/3", "files/12/4", "files/123", "avatars/1"] {
        disk.store.put_bytes(key, Bytes::from_static(b"x")).await.unwrap();
    }
    let keys = async |prefix| {
        let listed: Vec<Listed> = disk.store.list_prefix(prefix).unwrap().try_collect().await.unwrap();
        let mut keys: Vec<String> = listed.into_iter().map(|entry| entry.key).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(Some("files/12")).await, ["files/12/3", "files/12/4"]);
    assert_eq!(keys(None).await.len(), 4);
    disk.store.delete("files/12/3").await.unwrap();
    disk.store.delete("files/12/3").await.unwrap();
    assert_eq!(keys(Some("files/12")).await, ["files/12/4"]);
}

#[tokio::test]
async fn health_notices_that_nothing_can_be_written() {
    let disk = Disk::new("health");
    disk.store.health().await.unwrap();
    std::fs::remove_dir_all(&disk.directory).unwrap();
    std::fs::write(&disk.directory, b"a file where the directory was").unwrap();
    let health = disk.store.health().await;
    std::fs::remove_file(&disk.directory).unwrap();
    assert!(matches!(health, Err(Error::Storage(_))), "{health:?}");
}

#[test]
fn wrong_settings_are_named() {
    let good = S3Settings {
        endpoint: Some("http://127.0.0.1:9000".into()),
        bucket: "rapport".into(),
        region: "us-east-1".into(),
        access_key: "key".into(),
        secret_key: "correct horse".into(),
        path_style: true,
    };
    assert!(Store::open(&BlobSettings::S3(good.clone())).is_ok());
    assert!(!format!("{good:?}").contains("correct horse"));
    let cases = [
        ("bucket", S3Settings { bucket: String::new(), ..good.clone() }),
        ("secret_key", S3Settings { secret_key: String::new(), ..good.clone() }),
        ("endpoint", S3Settings { endpoint: Some("127.0.0.1:9000".into()), ..good.clone() }),
    ];
    for (field, settings) in cases {
        let error = Store::open(&BlobSettings::S3(settings)).unwrap_err();
        assert!(matches!(error, Error::Settings { field: named, .. } if named == field), "{error}");
    }
    let file = BlobSettings::Disk { directory: "/dev/null/blobs".into() };
    assert!(matches!(Store::open(&file), Err(Error::Settings { field: "directory", .. })));
}
