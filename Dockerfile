# Builds the release binary and puts it into a small image. Not run by the project's own checks: see README.md.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends nodejs npm cmake && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo xtask build

FROM debian:bookworm-slim
# The certificates let Rapport check the servers it talks to: SMTP, PostgreSQL, S3.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/* \
    && useradd --system --home /var/lib/rapport --create-home rapport
COPY --from=build /src/target/release/rapport /usr/local/bin/rapport
USER rapport
WORKDIR /var/lib/rapport
ENV RAPPORT_SERVER__BIND=0.0.0.0:8080 \
    RAPPORT_DATABASE__URL=sqlite:///var/lib/rapport/rapport.db
EXPOSE 8080
VOLUME /var/lib/rapport
HEALTHCHECK CMD ["rapport", "config", "check"]
ENTRYPOINT ["rapport"]
CMD ["serve"]
