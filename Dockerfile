# Builds the release binary and puts it into a small image. Not run by the project's own checks: see README.md.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm cmake && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo xtask build

FROM debian:bookworm-slim
# The certificates let Rapport check the servers it talks to: SMTP, PostgreSQL, S3. ffmpeg cuts clips of calls.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates ffmpeg && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home /var/lib/rapport --create-home rapport \
    && install --directory --owner rapport --mode 700 /run/rapport
COPY --from=build /src/target/release/rapport /usr/local/bin/rapport
USER rapport
WORKDIR /var/lib/rapport
ENV RAPPORT_SERVER__BIND=0.0.0.0:8080 \
    RAPPORT_DATABASE__URL=sqlite:///var/lib/rapport/rapport.db
EXPOSE 8080
VOLUME /var/lib/rapport
# The image has no HTTP client; bash speaks enough of it.
HEALTHCHECK CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["rapport"]
CMD ["serve"]
