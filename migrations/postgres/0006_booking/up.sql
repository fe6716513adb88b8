-- Booking ----------------------------------------------------------------------------------------------------------------
CREATE TABLE meeting_types (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  -- In lower case: no two types the same.
  name_key TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX meeting_types_name ON meeting_types (name_key);
CREATE TABLE booking_links (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  -- The two parts of the address. They stay taken when the link has ended.
  user_slug TEXT NOT NULL,
  slug TEXT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES users (id),
  -- The internal name in lower case and without accents, for searching.
  name_key TEXT NOT NULL,
  settings JSONB NOT NULL,
  ended_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX booking_links_slug ON booking_links (user_slug, slug);
CREATE INDEX booking_links_created ON booking_links (created_at DESC, id DESC);
CREATE INDEX booking_links_owner ON booking_links (owner_id, created_at DESC, id DESC);
CREATE TABLE booking_link_hosts (
  link_id BIGINT NOT NULL REFERENCES booking_links (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  weight INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (link_id, user_id)
);
CREATE INDEX booking_link_hosts_user ON booking_link_hosts (user_id, link_id);
-- Each opening of a link's page.
CREATE TABLE booking_link_views (
  id BIGINT PRIMARY KEY,
  link_id BIGINT NOT NULL REFERENCES booking_links (id),
  viewed_at BIGINT NOT NULL
);
CREATE INDEX booking_link_views_link ON booking_link_views (link_id, viewed_at);
CREATE TABLE booking_profiles (
  user_id BIGINT PRIMARY KEY REFERENCES users (id),
  user_slug TEXT NOT NULL,
  default_link_id BIGINT REFERENCES booking_links (id),
  -- An IANA name.
  time_zone TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX booking_profiles_slug ON booking_profiles (user_slug);
CREATE TABLE calendar_accounts (
  id BIGINT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  provider TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Of a CalDAV server or a feed.
  url TEXT,
  user_name TEXT,
  -- Sealed with the key outside the database.
  password_sealed TEXT,
  -- Of a provider that is signed in to with OAuth.
  connection_id BIGINT,
  state TEXT NOT NULL,
  error TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX calendar_accounts_user ON calendar_accounts (user_id, created_at);
CREATE TABLE calendars (
  id BIGINT PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES calendar_accounts (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  color TEXT,
  time_zone TEXT,
  is_owned BOOLEAN NOT NULL,
  is_writable BOOLEAN NOT NULL,
  is_added BOOLEAN NOT NULL,
  is_default BOOLEAN NOT NULL,
  is_two_way BOOLEAN NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  -- Since when it cannot be used, and when its owner was told.
  failing_since BIGINT,
  alerted_at BIGINT,
  sync_token TEXT,
  synced_at BIGINT,
  -- Up to when events are known.
  synced_until BIGINT,
  -- When it is read next, and until when whoever reads it now has it.
  next_sync_at BIGINT NOT NULL,
  syncing_until BIGINT,
  -- Of the provider that tells of changes.
  channel_id TEXT,
  channel_resource TEXT,
  channel_secret_sealed TEXT,
  channel_expires_at BIGINT
);
CREATE UNIQUE INDEX calendars_external ON calendars (account_id, external_id);
CREATE INDEX calendars_user ON calendars (user_id, is_added);
CREATE UNIQUE INDEX calendars_default ON calendars (user_id) WHERE is_default;
CREATE INDEX calendars_next_sync ON calendars (next_sync_at) WHERE is_added;
CREATE INDEX calendars_channel ON calendars (channel_id) WHERE channel_id IS NOT NULL;
-- What stands in added calendars: when, and whether it takes the time. What it is about is not kept.
CREATE TABLE calendar_events (
  id BIGINT PRIMARY KEY,
  calendar_id BIGINT NOT NULL REFERENCES calendars (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  external_id TEXT NOT NULL,
  instance TEXT NOT NULL,
  uid TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  is_busy BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX calendar_events_instance ON calendar_events (calendar_id, external_id, instance);
CREATE INDEX calendar_events_user ON calendar_events (user_id, ends_at, starts_at) WHERE is_busy;
CREATE TABLE meetings (
  id BIGINT PRIMARY KEY,
  state TEXT NOT NULL,
  booking_link_id BIGINT REFERENCES booking_links (id),
  contact_id BIGINT NOT NULL REFERENCES contacts (id),
  guests JSONB NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  location TEXT,
  conference_kind TEXT,
  conference_id TEXT,
  conference_url TEXT,
  meeting_type_id BIGINT REFERENCES meeting_types (id),
  starts_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  contact_time_zone TEXT NOT NULL,
  language TEXT NOT NULL,
  country TEXT NOT NULL,
  answers JSONB NOT NULL,
  outcome TEXT,
  reason TEXT,
  cancelled_by TEXT,
  host_choice JSONB,
  -- The UID of its invitation and of its calendar entries.
  uid TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  reminders JSONB NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX meetings_uid ON meetings (uid);
CREATE INDEX meetings_starts ON meetings (starts_at, id);
CREATE INDEX meetings_contact ON meetings (contact_id, starts_at, id);
CREATE INDEX meetings_link ON meetings (booking_link_id, starts_at, id) WHERE booking_link_id IS NOT NULL;
-- The entry of a meeting in the first host's default calendar.
CREATE TABLE meeting_entries (
  meeting_id BIGINT PRIMARY KEY REFERENCES meetings (id),
  calendar_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  external_id TEXT,
  etag TEXT,
  url TEXT,
  error TEXT,
  -- The sequence that it shows.
  sequence INTEGER
);
CREATE INDEX meeting_entries_calendar ON meeting_entries (calendar_id, state);
CREATE INDEX meeting_entries_external ON meeting_entries (calendar_id, external_id) WHERE external_id IS NOT NULL;
CREATE TABLE meeting_hosts (
  meeting_id BIGINT NOT NULL REFERENCES meetings (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, user_id)
);
CREATE INDEX meeting_hosts_user ON meeting_hosts (user_id, meeting_id);
-- Reminders that were written to the outbox, by the start they remind of: each once.
CREATE TABLE meeting_reminders (
  meeting_id BIGINT NOT NULL REFERENCES meetings (id),
  minutes_before INTEGER NOT NULL,
  starts_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  PRIMARY KEY (meeting_id, minutes_before, starts_at)
);
-- Times of hosts that are taken: by meetings, by those that a host has to agree to, and while a form is filled in. Buffers are
-- part of it. No two of a host overlap.
CREATE TABLE host_claims (
  id BIGINT PRIMARY KEY,
  host_id BIGINT NOT NULL REFERENCES users (id),
  from_us BIGINT NOT NULL,
  until_us BIGINT NOT NULL,
  kind TEXT NOT NULL,
  link_id BIGINT,
  meeting_id BIGINT REFERENCES meetings (id),
  -- Of a hold: when it is over, the hash of its token, and whoever has it.
  expires_at BIGINT,
  token_hash TEXT,
  holder TEXT,
  EXCLUDE USING gist (int8range(host_id, host_id, '[]') WITH &&, int8range(from_us, until_us) WITH &&)
);
CREATE INDEX host_claims_host ON host_claims (host_id, until_us, from_us);
CREATE INDEX host_claims_meeting ON host_claims (meeting_id) WHERE meeting_id IS NOT NULL;
CREATE INDEX host_claims_token ON host_claims (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX host_claims_holder ON host_claims (holder, expires_at) WHERE holder IS NOT NULL;
CREATE INDEX host_claims_expiry ON host_claims (expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE meeting_requests (
  id BIGINT PRIMARY KEY,
  link_id BIGINT NOT NULL REFERENCES booking_links (id),
  contact_id BIGINT NOT NULL REFERENCES contacts (id),
  message TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  handled_at BIGINT,
  handled_by BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL
);
CREATE INDEX meeting_requests_created ON meeting_requests (created_at DESC, id DESC);
CREATE INDEX meeting_requests_contact ON meeting_requests (contact_id);
-- Codes that prove an address, by the hash of link and address.
CREATE TABLE booking_codes (
  address_hash TEXT PRIMARY KEY,
  code_hash TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX booking_codes_expiry ON booking_codes (expires_at);
