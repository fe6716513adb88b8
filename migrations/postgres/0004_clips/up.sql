-- Clips ------------------------------------------------------------------------------------------------------------
CREATE TABLE clip_folders (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  -- In lower case: no two folders the same.
  name_key TEXT COLLATE "C" NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX clip_folders_name ON clip_folders (name_key);
CREATE TABLE clips (
  id BIGINT PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  from_ms BIGINT NOT NULL,
  until_ms BIGINT NOT NULL,
  is_whole BOOLEAN NOT NULL,
  title TEXT NOT NULL,
  message TEXT,
  folder_id BIGINT REFERENCES clip_folders (id),
  created_by BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX clips_created ON clips (created_at DESC, id DESC);
CREATE INDEX clips_call ON clips (call_id, created_at DESC, id DESC);
CREATE INDEX clips_folder ON clips (folder_id, created_at DESC, id DESC) WHERE folder_id IS NOT NULL;
CREATE INDEX clips_creator ON clips (created_by, created_at DESC, id DESC);
-- Each sending of a clip to a user. The mail may be gone: the outbox keeps what was sent for a while only.
CREATE TABLE clip_shares (
  mail_id BIGINT PRIMARY KEY,
  clip_id BIGINT NOT NULL REFERENCES clips (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  shared_by BIGINT NOT NULL REFERENCES users (id),
  shared_at BIGINT NOT NULL
);
CREATE INDEX clip_shares_clip ON clip_shares (clip_id, user_id);
CREATE INDEX clip_shares_user ON clip_shares (user_id, clip_id);
-- The file of a clip that has been shared with people outside, which holds nothing else. Its bytes are in the blob store.
CREATE TABLE clip_cuts (
  clip_id BIGINT PRIMARY KEY REFERENCES clips (id),
  blob_key TEXT NOT NULL,
  state TEXT NOT NULL,
  error TEXT,
  media_type TEXT,
  bytes BIGINT,
  sha256 TEXT,
  duration_ms BIGINT,
  has_picture BOOLEAN NOT NULL,
  picture_left_out BOOLEAN NOT NULL
);
CREATE TABLE clip_links (
  id BIGINT PRIMARY KEY,
  clip_id BIGINT NOT NULL REFERENCES clips (id),
  token_hash TEXT NOT NULL,
  password_hash TEXT,
  has_transcript BOOLEAN NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT,
  created_by BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX clip_links_token ON clip_links (token_hash);
CREATE INDEX clip_links_clip ON clip_links (clip_id, expires_at);
-- Each opening of a link.
CREATE TABLE clip_views (
  id BIGINT PRIMARY KEY,
  link_id BIGINT NOT NULL REFERENCES clip_links (id),
  viewed_at BIGINT NOT NULL
);
CREATE INDEX clip_views_link ON clip_views (link_id, viewed_at);
-- The clip that a notification of a call is about.
ALTER TABLE notifications ADD COLUMN clip_id BIGINT;
