use actix_web::http::{Method, StatusCode};
use platform::{Engine, Periodic};

use crate::start::{administrator, ask, node, on_both_engines, upload};

on_both_engines! { a_file_is_found_out_linked_and_swept_up }

async fn a_file_is_found_out_linked_and_swept_up(engine: Engine) {
    let node = node(engine).await;
    let ctx = &node.ctx;
    let (token, _) = administrator(ctx).await;
    let page = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    let file = upload(ctx, &token, "../x.svg", page).await.ok();
    assert_eq!(file.body["name"], "x.svg");
    assert_eq!(file.body["content_type"], "text/plain; charset=utf-8");
    assert_eq!(file.body["is_image"], false);
    let url = file.text("url");
    let content = ask(Method::GET, &url).of(ctx).await;
    assert_eq!(content.status, StatusCode::OK);
    let other = url.replace("expires=", "expires=1");
    assert_eq!(ask(Method::GET, &other).of(ctx).await.status, StatusCode::NOT_FOUND);
    let changed = &url[..url.len() - 2];
    assert_eq!(ask(Method::GET, changed).of(ctx).await.status, StatusCode::NOT_FOUND);
    ctx.clock().advance(25 * 60 * 60);
    assert_eq!(ask(Method::GET, &url).of(ctx).await.status, StatusCode::NOT_FOUND);
    accounts::files::DeleteLooseFiles::run(ctx.clone()).await.unwrap();
    ctx.run_jobs_until_idle().await.unwrap();
    let blobs = ctx.extension::<blob::Store>().unwrap();
    let key = format!("files/{}", file.text("id"));
    assert!(matches!(blobs.get_range(&key, None).await, Err(blob::Error::NotFound)));
}
