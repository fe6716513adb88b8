//! Servers of a few lines for what no program has.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::process::free_port;

/// A server that answers every request with what the function makes of it: the request as it was sent, head and body; the answer as
/// status line, headers, an empty line and a body. Answers its address.
pub async fn serve(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> String {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", free_port())).await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let answer = std::sync::Arc::new(answer);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                while !is_whole(&request) {
                    let mut piece = [0; 4096];
                    match stream.read(&mut piece).await {
                        Ok(0) | Err(_) => return,
                        Ok(bytes) => request.extend_from_slice(&piece[..bytes]),
                    }
                }
                let reply = answer(&String::from_utf8_lossy(&request));
                let (head, body) = reply.split_once("\n\n").unwrap();
                let head = head.replace('\n', "\r\n");
                let reply = format!(
                    "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                    body.len()
                );
                // Whoever asked may have gone.
                let _ = stream.write_all(reply.as_bytes()).await;
            });
        }
    });
    address
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    length.is_none_or(|length| body.len() >= length.trim().parse::<usize>().unwrap())
}
