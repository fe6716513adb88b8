-- Calls ------------------------------------------------------------------------------------------------------------
CREATE TABLE calls (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  -- As it is searched and sorted: lower case, without accents.
  title_key TEXT NOT NULL,
  direction TEXT NOT NULL,
  source TEXT NOT NULL,
  external_id TEXT,
  started_at BIGINT NOT NULL,
  duration_ms BIGINT,
  owner_id BIGINT REFERENCES users (id),
  outcome TEXT,
  private BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- A deleted call is out of sight at once; a job takes away what belongs to it in small steps.
  deleted_at BIGINT
);
CREATE UNIQUE INDEX calls_external ON calls (source, external_id) WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX calls_started ON calls (started_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX calls_owner ON calls (owner_id, started_at DESC, id DESC) WHERE owner_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX calls_title ON calls (title_key, id) WHERE deleted_at IS NULL;
CREATE INDEX calls_duration ON calls (COALESCE(duration_ms, -1), id) WHERE deleted_at IS NULL;
-- One recording a call. The bytes are in the blob store under recordings/ID, the peaks under peaks/ID.
CREATE TABLE recordings (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  state TEXT NOT NULL,
  name TEXT NOT NULL,
  media_type TEXT,
  bytes BIGINT NOT NULL,
  sha256 TEXT,
  duration_ms BIGINT,
  has_picture BOOLEAN NOT NULL,
  channels TEXT NOT NULL,
  problems TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX recordings_call ON recordings (call_id);
-- The same file is one recording, once it is known to be one.
CREATE UNIQUE INDEX recordings_sha256 ON recordings (sha256) WHERE state = 'ready';
-- A recording whose parts are arriving. The bytes of a part are in the blob store under uploads/RECORDING/NUMBER.
CREATE TABLE recording_uploads (
  recording_id INTEGER PRIMARY KEY REFERENCES recordings (id),
  part_bytes BIGINT NOT NULL,
  -- What the whole is announced to be.
  sha256 TEXT,
  touched_at BIGINT NOT NULL
);
CREATE INDEX recording_uploads_touched ON recording_uploads (touched_at);
CREATE TABLE recording_parts (
  recording_id BIGINT NOT NULL REFERENCES recording_uploads (recording_id),
  number INTEGER NOT NULL,
  bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (recording_id, number)
);
CREATE TABLE call_participants (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  kind TEXT NOT NULL,
  user_id BIGINT REFERENCES users (id),
  contact_id BIGINT REFERENCES contacts (id),
  name TEXT,
  email TEXT,
  phone TEXT,
  -- The place among the participants of the call.
  position INTEGER NOT NULL
);
CREATE INDEX call_participants_call ON call_participants (call_id, position);
CREATE UNIQUE INDEX call_participants_user ON call_participants (user_id, call_id) WHERE user_id IS NOT NULL;
CREATE UNIQUE INDEX call_participants_contact ON call_participants (contact_id, call_id) WHERE contact_id IS NOT NULL;
CREATE TABLE playback_positions (
  call_id BIGINT NOT NULL REFERENCES calls (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  position_ms BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (call_id, user_id)
);
-- One transcript a call: a new one takes the place of the one before.
CREATE TABLE transcripts (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  source TEXT NOT NULL,
  state TEXT NOT NULL,
  progress INTEGER NOT NULL,
  error TEXT,
  engine TEXT,
  model TEXT,
  language TEXT,
  separation TEXT,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE UNIQUE INDEX transcripts_call ON transcripts (call_id);
CREATE INDEX transcripts_unfinished ON transcripts (state, id) WHERE state <> 'ready';
CREATE TABLE speakers (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  number INTEGER NOT NULL,
  channel INTEGER,
  name TEXT,
  participant_id BIGINT REFERENCES call_participants (id),
  matched_by TEXT
);
CREATE UNIQUE INDEX speakers_number ON speakers (call_id, number);
-- A participant is one speaker at the most.
CREATE UNIQUE INDEX speakers_participant ON speakers (participant_id) WHERE participant_id IS NOT NULL;
CREATE TABLE segments (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  -- The place within the transcript, counted from 1.
  seq BIGINT NOT NULL,
  speaker_id BIGINT REFERENCES speakers (id),
  start_ms BIGINT NOT NULL,
  end_ms BIGINT NOT NULL,
  text TEXT NOT NULL,
  -- What the transcript said before somebody corrected it.
  original_text TEXT,
  edited_by BIGINT REFERENCES users (id),
  edited_at BIGINT,
  -- In percent.
  confidence INTEGER
);
CREATE UNIQUE INDEX segments_seq ON segments (call_id, seq);
CREATE INDEX segments_speaker ON segments (speaker_id) WHERE speaker_id IS NOT NULL;
-- Words of the segments, folded to lower case without accents; the rows are those of segments. It keeps no text of its
-- own, so deleting a row takes the words that were put in. What is deleted is overwritten at once.
CREATE VIRTUAL TABLE segment_words USING fts5 (words, content = '', prefix = '2 3');
INSERT INTO segment_words (segment_words, rank) VALUES ('secure-delete', 1);
CREATE TABLE transcript_votes (
  call_id BIGINT NOT NULL REFERENCES calls (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  helpful BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (call_id, user_id)
);
-- One note a call.
CREATE TABLE call_notes (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id),
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  -- Counts the changes, so that nobody overwrites what somebody else wrote meanwhile.
  version BIGINT NOT NULL,
  updated_by BIGINT REFERENCES users (id),
  updated_at BIGINT NOT NULL
);
CREATE TABLE call_comments (
  id INTEGER PRIMARY KEY,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  -- The comment that this one answers.
  parent_id BIGINT REFERENCES call_comments (id),
  author_id BIGINT REFERENCES users (id),
  author_name TEXT NOT NULL,
  -- The moment of the recording that it is about.
  at_ms BIGINT,
  html TEXT NOT NULL,
  text TEXT NOT NULL,
  mentioned_user_ids TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  edited_at BIGINT
);
CREATE INDEX call_comments_call ON call_comments (call_id, created_at, id);
CREATE INDEX call_comments_parent ON call_comments (parent_id) WHERE parent_id IS NOT NULL;
CREATE TABLE tracked_terms (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  -- Other phrases that count as the term.
  variants TEXT NOT NULL,
  -- Whether older calls are still being looked through for it.
  matching BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  -- Changes with every change, so that the job of an earlier one gives up.
  updated_at BIGINT NOT NULL,
  -- A deleted term is out of sight at once; a job takes away where it was said.
  deleted_at BIGINT
);
-- Where a term was said. position and length are in characters of the segment's text.
CREATE TABLE tracked_term_hits (
  segment_id BIGINT NOT NULL REFERENCES segments (id),
  term_id BIGINT NOT NULL REFERENCES tracked_terms (id),
  position INTEGER NOT NULL,
  length INTEGER NOT NULL,
  call_id BIGINT NOT NULL REFERENCES calls (id),
  PRIMARY KEY (segment_id, term_id, position)
);
CREATE INDEX tracked_term_hits_term ON tracked_term_hits (term_id, call_id);
CREATE INDEX tracked_term_hits_call ON tracked_term_hits (call_id);
CREATE TABLE telephony_accounts (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  account_sid TEXT NOT NULL,
  -- Sealed with the key that is kept outside the database.
  auth_token_sealed TEXT NOT NULL,
  owner_id BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX telephony_accounts_sid ON telephony_accounts (account_sid);
-- Files of the watched folder that were looked at; each one is taken in once, whatever becomes of its call.
CREATE TABLE watched_files (
  path TEXT PRIMARY KEY,
  bytes BIGINT NOT NULL,
  modified_at BIGINT NOT NULL,
  -- Since when it has had this size and this time.
  stable_since BIGINT NOT NULL,
  taken BOOLEAN NOT NULL
);
-- What a notification is about that is about no conversation; its thread_id is 0 then, which the release before can read.
ALTER TABLE notifications ADD COLUMN call_id BIGINT;
ALTER TABLE notifications ADD COLUMN comment_id BIGINT;
CREATE INDEX notifications_call ON notifications (call_id) WHERE call_id IS NOT NULL;
-- Contacts by their numbers, however they are written.
CREATE INDEX contacts_phone ON contacts (REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(REPLACE(phone, ' ', ''), '-', ''), '.', ''), '/', ''), '(', ''), ')', '')) WHERE phone IS NOT NULL;
