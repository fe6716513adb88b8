-- Platform ---------------------------------------------------------------------------------------------------------
-- A node number is part of each id a process makes; it is leased so that no two processes share one.
CREATE TABLE nodes (
  node INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  leased_until BIGINT NOT NULL
);
-- What only one process may do at a time, such as numbering events.
CREATE TABLE leases (
  name TEXT PRIMARY KEY,
  holder TEXT NOT NULL,
  leased_until BIGINT NOT NULL
);
-- One row: the epoch changes when positions lose their meaning, as after restoring a backup.
CREATE TABLE event_log (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL,
  next_pos BIGINT NOT NULL,
  first_pos BIGINT NOT NULL
);
CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  pos BIGINT,
  topic TEXT NOT NULL,
  payload TEXT NOT NULL,
  contact_id BIGINT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX events_pos ON events (pos);
CREATE INDEX events_unnumbered ON events (id) WHERE pos IS NULL;
CREATE INDEX events_contact ON events (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT,
  leased_until BIGINT NOT NULL,
  lease_holder TEXT,
  contact_id BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'queued';
CREATE INDEX jobs_dead ON jobs (id) WHERE state = 'dead';
CREATE INDEX jobs_contact ON jobs (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE periodic_runs (
  name TEXT PRIMARY KEY,
  last_run_at BIGINT NOT NULL
);
CREATE TABLE idempotency_keys (
  actor TEXT NOT NULL,
  key TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  status INTEGER NOT NULL,
  reply TEXT NOT NULL,
  contact_id BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_contact ON idempotency_keys (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE audit_entries (
  id INTEGER PRIMARY KEY,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id BIGINT NOT NULL,
  detail TEXT NOT NULL,
  address TEXT,
  contact_id BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX audit_entries_age ON audit_entries (created_at, id);
CREATE INDEX audit_entries_contact ON audit_entries (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Accounts ---------------------------------------------------------------------------------------------------------
CREATE TABLE roles (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  builtin TEXT,
  permissions TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX roles_name ON roles (lower(name));
CREATE UNIQUE INDEX roles_builtin ON roles (builtin) WHERE builtin IS NOT NULL;
CREATE TABLE users (
  id INTEGER PRIMARY KEY,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  password_hash TEXT,
  role_id BIGINT NOT NULL REFERENCES roles (id),
  state TEXT NOT NULL,
  preferences TEXT NOT NULL,
  totp_secret TEXT,
  totp_enabled BOOLEAN NOT NULL,
  totp_last_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT
);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_role ON users (role_id);
CREATE TABLE recovery_codes (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT
);
CREATE INDEX recovery_codes_user ON recovery_codes (user_id);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  refresh_hash TEXT NOT NULL,
  previous_hash TEXT,
  -- The successor of previous_hash, sealed, so that a second tab within the grace gets the same one.
  successor_sealed TEXT,
  rotated_at BIGINT NOT NULL,
  user_agent TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX sessions_refresh ON sessions (refresh_hash);
CREATE INDEX sessions_previous ON sessions (previous_hash);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE spent_refresh_tokens (
  token_hash TEXT PRIMARY KEY,
  session_id BIGINT NOT NULL REFERENCES sessions (id),
  spent_at BIGINT NOT NULL
);
CREATE TABLE one_time_links (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  purpose TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT
);
CREATE UNIQUE INDEX one_time_links_hash ON one_time_links (token_hash);
CREATE INDEX one_time_links_user ON one_time_links (user_id);
CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  -- A deleted team stays for the conversations that point at it until they are unassigned.
  deleted_at BIGINT
);
CREATE UNIQUE INDEX teams_name ON teams (lower(name)) WHERE deleted_at IS NULL;
CREATE TABLE team_members (
  team_id BIGINT NOT NULL REFERENCES teams (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members (user_id);
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  expires_at BIGINT,
  revoked_at BIGINT
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (secret_hash);
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL,
  thread_id BIGINT NOT NULL,
  message_id BIGINT,
  from_name TEXT NOT NULL,
  preview TEXT NOT NULL,
  contact_id BIGINT,
  read_at BIGINT,
  -- When it was mailed because the user was away.
  mailed_at BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX notifications_user ON notifications (user_id, created_at, id);
CREATE INDEX notifications_unread ON notifications (user_id) WHERE read_at IS NULL;
CREATE INDEX notifications_contact ON notifications (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE files (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  blob_key TEXT NOT NULL,
  -- Who uploaded it, as the actor's key; only that actor may attach it.
  uploader TEXT NOT NULL,
  attached BOOLEAN NOT NULL,
  contact_id BIGINT,
  created_at BIGINT NOT NULL
);
CREATE INDEX files_loose ON files (created_at) WHERE NOT attached;
CREATE INDEX files_contact ON files (contact_id) WHERE contact_id IS NOT NULL;
CREATE TABLE mails (
  id INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL,
  to_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT,
  purpose TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  last_error TEXT,
  contact_id BIGINT,
  created_at BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX mails_state ON mails (state, created_at, id);
CREATE INDEX mails_contact ON mails (contact_id) WHERE contact_id IS NOT NULL;

-- CRM --------------------------------------------------------------------------------------------------------------
CREATE TABLE companies (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- Folded to lower case without accents, for search by prefix and for order.
  name_key TEXT NOT NULL,
  domain TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX companies_domain ON companies (domain) WHERE domain IS NOT NULL;
CREATE INDEX companies_name ON companies (name_key, id);
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  email TEXT,
  phone TEXT,
  job_title TEXT,
  company_id BIGINT REFERENCES companies (id),
  owner_id BIGINT REFERENCES users (id),
  verified BOOLEAN NOT NULL,
  time_zone TEXT,
  language TEXT,
  -- Where a merged contact went; its id leads there from then on.
  merged_into BIGINT REFERENCES contacts (id),
  erased_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
-- Unique among those that are verified: a visitor may claim any address without proof, and that touches nobody else.
CREATE UNIQUE INDEX contacts_email ON contacts (email) WHERE email IS NOT NULL AND verified;
CREATE INDEX contacts_name ON contacts (name_key, id);
CREATE INDEX contacts_company ON contacts (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into IS NOT NULL;
-- What proves who a contact is. One identity belongs to one contact.
CREATE TABLE contact_identities (
  id INTEGER PRIMARY KEY,
  contact_id BIGINT NOT NULL REFERENCES contacts (id),
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX contact_identities_value ON contact_identities (kind, value);
CREATE INDEX contact_identities_contact ON contact_identities (contact_id);

-- Conversations ----------------------------------------------------------------------------------------------------
CREATE TABLE inboxes (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX inboxes_name ON inboxes (lower(name));
CREATE TABLE inbox_members (
  inbox_id BIGINT NOT NULL REFERENCES inboxes (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  PRIMARY KEY (inbox_id, user_id)
);
CREATE INDEX inbox_members_user ON inbox_members (user_id);
-- One row holds all that a row of the list shows, so that a page of the list is one query.
CREATE TABLE threads (
  id INTEGER PRIMARY KEY,
  inbox_id BIGINT NOT NULL REFERENCES inboxes (id),
  channel TEXT NOT NULL,
  widget_id BIGINT,
  visitor_id BIGINT,
  started_from TEXT,
  contact_id BIGINT NOT NULL REFERENCES contacts (id),
  subject TEXT,
  status TEXT NOT NULL,
  owner_user_id BIGINT REFERENCES users (id),
  -- No foreign key: when a team goes, a job takes its threads from it in small steps.
  owner_team_id BIGINT,
  waiting TEXT NOT NULL,
  last_seq BIGINT NOT NULL,
  last_message_seq BIGINT NOT NULL,
  -- The last message or comment: what a user may not have read yet.
  last_entry_seq BIGINT NOT NULL,
  last_message_at BIGINT NOT NULL,
  preview TEXT NOT NULL,
  preview_author TEXT NOT NULL,
  comment_preview TEXT,
  participant_count INTEGER NOT NULL,
  contact_delivered_seq BIGINT NOT NULL,
  contact_read_seq BIGINT NOT NULL,
  team_read_seq BIGINT NOT NULL,
  -- Closed by the contact's own wish: what it writes next starts a thread.
  ended_by_contact BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT
);
CREATE INDEX threads_open ON threads (inbox_id, last_message_at DESC, id DESC) WHERE status = 'open';
CREATE INDEX threads_closed ON threads (inbox_id, last_message_at DESC, id DESC) WHERE status = 'closed';
CREATE INDEX threads_unassigned ON threads (inbox_id, last_message_at DESC, id DESC) WHERE status = 'open' AND owner_user_id IS NULL AND owner_team_id IS NULL;
CREATE INDEX threads_chat ON threads (inbox_id, last_message_at DESC, id DESC) WHERE status = 'open' AND channel = 'chat';
CREATE INDEX threads_owner ON threads (owner_user_id, last_message_at DESC, id DESC) WHERE owner_user_id IS NOT NULL AND status = 'open';
CREATE INDEX threads_team ON threads (owner_team_id, id) WHERE owner_team_id IS NOT NULL AND status = 'open';
CREATE INDEX threads_contact ON threads (contact_id, last_message_at DESC, id DESC);
CREATE UNIQUE INDEX threads_one_open_per_visitor ON threads (visitor_id) WHERE status = 'open' AND visitor_id IS NOT NULL;
CREATE INDEX threads_visitor ON threads (visitor_id, created_at) WHERE visitor_id IS NOT NULL;
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  thread_id BIGINT NOT NULL REFERENCES threads (id),
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  author TEXT NOT NULL,
  author_user_id BIGINT REFERENCES users (id),
  author_name TEXT NOT NULL,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  mentioned_user_ids TEXT,
  activity TEXT,
  delivery TEXT,
  delivery_error TEXT,
  client_id TEXT,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX messages_seq ON messages (thread_id, seq);
CREATE UNIQUE INDEX messages_client_id ON messages (thread_id, client_id) WHERE client_id IS NOT NULL;
CREATE TABLE message_attachments (
  message_id BIGINT NOT NULL REFERENCES messages (id),
  file_id BIGINT NOT NULL REFERENCES files (id),
  position INTEGER NOT NULL,
  PRIMARY KEY (message_id, file_id)
);
CREATE INDEX message_attachments_file ON message_attachments (file_id);
CREATE TABLE read_positions (
  thread_id BIGINT NOT NULL REFERENCES threads (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  seq BIGINT NOT NULL,
  PRIMARY KEY (thread_id, user_id)
);
CREATE TABLE participants (
  thread_id BIGINT NOT NULL REFERENCES threads (id),
  kind TEXT NOT NULL,
  participant_id BIGINT NOT NULL,
  PRIMARY KEY (thread_id, kind, participant_id)
);

-- Channels ---------------------------------------------------------------------------------------------------------
CREATE TABLE chat_widgets (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  inbox_id BIGINT NOT NULL REFERENCES inboxes (id),
  enabled BOOLEAN NOT NULL,
  style TEXT NOT NULL,
  allowed_origins TEXT NOT NULL,
  require_signed_identity BOOLEAN NOT NULL,
  -- Sealed with the key that is kept outside the database.
  identity_secret_sealed TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  deleted_at BIGINT
);
CREATE TABLE visitors (
  id INTEGER PRIMARY KEY,
  widget_id BIGINT NOT NULL REFERENCES chat_widgets (id),
  -- The contact is created under this id when the visitor first writes or says who it is, so no key leads to it yet.
  contact_id BIGINT NOT NULL,
  identity TEXT NOT NULL,
  -- The signed identity's subject; a visitor that has one never becomes somebody else.
  identity_subject TEXT,
  language TEXT,
  time_zone TEXT,
  created_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL
);
CREATE INDEX visitors_contact ON visitors (contact_id);
CREATE TABLE visitor_sessions (
  id INTEGER PRIMARY KEY,
  visitor_id BIGINT NOT NULL REFERENCES visitors (id),
  token_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  ended_at BIGINT
);
CREATE UNIQUE INDEX visitor_sessions_hash ON visitor_sessions (token_hash);
CREATE INDEX visitor_sessions_visitor ON visitor_sessions (visitor_id);
