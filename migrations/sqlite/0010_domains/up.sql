-- Domains of the account's own, under which booking pages are shown. --------------------------------------------------------
CREATE TABLE domains (
  id INTEGER PRIMARY KEY,
  -- In lower case, other letters than ASCII's as A-labels.
  name TEXT NOT NULL UNIQUE,
  -- What shows, in the DNS or over HTTP, that the domain is the account's. It is no secret.
  token TEXT NOT NULL,
  state TEXT NOT NULL,
  -- What the last look showed.
  proof TEXT,
  dns_fault TEXT,
  http_fault TEXT,
  verified_at BIGINT,
  checked_at BIGINT,
  failing_since BIGINT,
  created_by BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL
);
