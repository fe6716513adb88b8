-- Connections to services of others, signed in to with OAuth. -----------------------------------------------------------
CREATE TABLE connections (
  id BIGINT PRIMARY KEY,
  provider TEXT NOT NULL,
  -- The user it serves; without one it serves the whole account.
  user_id BIGINT REFERENCES users (id),
  -- Whoever signed in, as the provider names them, and their account there.
  external_id TEXT NOT NULL,
  external_account_id TEXT,
  name TEXT,
  email TEXT,
  -- Access token and refresh token, sealed with the key outside the database; none when they are worth nothing any more.
  tokens_sealed TEXT,
  expires_at BIGINT NOT NULL,
  -- A refresh token is good for one use: whoever renews claims that first.
  renewing_until BIGINT,
  state TEXT NOT NULL,
  reason TEXT,
  created_by BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX connections_account ON connections (provider, external_id) WHERE user_id IS NULL;
CREATE UNIQUE INDEX connections_user ON connections (user_id, provider, external_id) WHERE user_id IS NOT NULL;
-- Sign-ins at a provider that have begun.
CREATE TABLE connection_attempts (
  state_hash TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  scope TEXT NOT NULL,
  -- Who comes back must be who began.
  session_id BIGINT NOT NULL,
  verifier_sealed TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX connection_attempts_expiry ON connection_attempts (expires_at);
-- Zoom -------------------------------------------------------------------------------------------------------------------
-- Recordings that were taken in. A row outlives its call, so that a call that was deleted does not come again.
CREATE TABLE zoom_recordings (
  -- The meeting's uuid and the recording file's id.
  key TEXT PRIMARY KEY,
  call_id BIGINT NOT NULL,
  -- Whether Zoom's transcript was taken in too.
  transcript BOOLEAN NOT NULL,
  taken_at BIGINT NOT NULL
);
-- Who spoke when, as the provider of a call noted it.
CREATE TABLE active_speakers (
  call_id BIGINT PRIMARY KEY REFERENCES calls (id),
  turns JSONB NOT NULL
);
