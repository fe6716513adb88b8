-- Webhooks: addresses of other programs that are told what happened. ---------------------------------------------------------
CREATE TABLE webhooks (
  id BIGINT PRIMARY KEY,
  url TEXT NOT NULL,
  description TEXT NOT NULL,
  event_kinds JSONB NOT NULL,
  -- What deliveries are signed with, sealed with the key outside the database; and the one before, as long as it counts.
  secret_sealed TEXT NOT NULL,
  previous_secret_sealed TEXT,
  previous_secret_until BIGINT,
  is_active BOOLEAN NOT NULL,
  switched_off_at BIGINT,
  switched_off_reason TEXT,
  -- Attempts that failed since the last one that did not, and when the first of them was.
  failures INTEGER NOT NULL,
  failing_since BIGINT,
  created_by BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- The outbox: one row for each event and webhook.
CREATE TABLE webhook_deliveries (
  id BIGINT PRIMARY KEY,
  webhook_id BIGINT NOT NULL REFERENCES webhooks (id),
  event_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  -- The order among the deliveries of the subject to the webhook.
  seq BIGINT NOT NULL,
  occurred_at BIGINT NOT NULL,
  -- What is posted, byte for byte; none once the contact is erased.
  body TEXT,
  contact_id BIGINT,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_attempt_at BIGINT,
  -- Until when it belongs to whoever is sending it.
  claimed_until BIGINT,
  attempted_at BIGINT,
  duration_ms INTEGER,
  response_status INTEGER,
  response_body TEXT,
  error TEXT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX webhook_deliveries_order ON webhook_deliveries (webhook_id, subject_id, seq);
CREATE INDEX webhook_deliveries_queued ON webhook_deliveries (webhook_id, subject_id, seq) WHERE state = 'queued';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (webhook_id, created_at, id);
CREATE INDEX webhook_deliveries_contact ON webhook_deliveries (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX webhook_deliveries_expiry ON webhook_deliveries (created_at);
