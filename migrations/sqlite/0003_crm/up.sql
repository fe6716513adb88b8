-- CRM: owners, deals, tickets, custom properties, associations, timeline, imports, saved views ------------------------------
-- Whose records the users of a role see, beside those that nobody looks after.
ALTER TABLE roles ADD COLUMN record_access TEXT NOT NULL DEFAULT 'everything';

CREATE INDEX contacts_owner ON contacts (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX contacts_created ON contacts (created_at, id);
CREATE INDEX contacts_updated ON contacts (updated_at, id);

ALTER TABLE companies ADD COLUMN phone TEXT;
ALTER TABLE companies ADD COLUMN street TEXT;
ALTER TABLE companies ADD COLUMN postal_code TEXT;
ALTER TABLE companies ADD COLUMN city TEXT;
ALTER TABLE companies ADD COLUMN country TEXT;
ALTER TABLE companies ADD COLUMN owner_id BIGINT REFERENCES users (id);
CREATE INDEX companies_owner ON companies (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX companies_created ON companies (created_at, id);
CREATE INDEX companies_updated ON companies (updated_at, id);

CREATE TABLE deal_stages (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  outcome TEXT NOT NULL,
  position INTEGER NOT NULL
);
INSERT INTO deal_stages (id, name, outcome, position) VALUES
  (1, 'Qualified', 'open', 0),
  (2, 'Offer sent', 'open', 1),
  (3, 'Negotiation', 'open', 2),
  (4, 'Won', 'won', 3),
  (5, 'Lost', 'lost', 4);
CREATE TABLE deals (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  -- In minor units of the currency (ISO 4217).
  amount_minor BIGINT,
  currency TEXT,
  stage_id BIGINT NOT NULL REFERENCES deal_stages (id),
  -- Days after 1970-01-01.
  close_date BIGINT,
  owner_id BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX deals_name ON deals (name_key, id);
CREATE INDEX deals_created ON deals (created_at, id);
CREATE INDEX deals_updated ON deals (updated_at, id);
CREATE INDEX deals_stage ON deals (stage_id);
CREATE INDEX deals_owner ON deals (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE ticket_statuses (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  closed BOOLEAN NOT NULL,
  position INTEGER NOT NULL
);
INSERT INTO ticket_statuses (id, name, closed, position) VALUES
  (1, 'New', FALSE, 0),
  (2, 'In progress', FALSE, 1),
  (3, 'Waiting for contact', FALSE, 2),
  (4, 'Closed', TRUE, 3);
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY,
  subject TEXT NOT NULL,
  subject_key TEXT NOT NULL,
  description TEXT,
  status_id BIGINT NOT NULL REFERENCES ticket_statuses (id),
  priority TEXT NOT NULL,
  owner_id BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX tickets_subject ON tickets (subject_key, id);
CREATE INDEX tickets_created ON tickets (created_at, id);
CREATE INDEX tickets_updated ON tickets (updated_at, id);
CREATE INDEX tickets_status ON tickets (status_id);
CREATE INDEX tickets_owner ON tickets (owner_id) WHERE owner_id IS NOT NULL;

CREATE TABLE properties (
  id INTEGER PRIMARY KEY,
  object TEXT NOT NULL,
  key TEXT NOT NULL,
  label TEXT NOT NULL,
  property_type TEXT NOT NULL,
  options TEXT NOT NULL,
  position INTEGER NOT NULL,
  archived BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX properties_key ON properties (object, key);
-- Ids are unique over all kinds of records, so a record is named by its id alone.
CREATE TABLE property_values (
  record_id BIGINT NOT NULL,
  property_id BIGINT NOT NULL REFERENCES properties (id),
  -- In the one form of its type, so that equal values are equal texts.
  value TEXT NOT NULL,
  PRIMARY KEY (record_id, property_id)
);
CREATE INDEX property_values_value ON property_values (property_id, value, record_id);

-- Each pair of records once: from the one with the lower id.
CREATE TABLE associations (
  id INTEGER PRIMARY KEY,
  from_kind TEXT NOT NULL,
  from_id BIGINT NOT NULL,
  to_kind TEXT NOT NULL,
  to_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  created_by BIGINT REFERENCES users (id),
  created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX associations_pair ON associations (from_id, to_id);
CREATE INDEX associations_to ON associations (to_id);
INSERT INTO associations (id, from_kind, from_id, to_kind, to_id, reason, created_by, created_at)
  SELECT id,
    CASE WHEN company_id < id THEN 'company' ELSE 'contact' END,
    CASE WHEN company_id < id THEN company_id ELSE id END,
    CASE WHEN company_id < id THEN 'contact' ELSE 'company' END,
    CASE WHEN company_id < id THEN id ELSE company_id END,
    'primary_company', NULL, updated_at
  FROM contacts WHERE company_id IS NOT NULL;

CREATE TABLE timeline_entries (
  id INTEGER PRIMARY KEY,
  record_kind TEXT NOT NULL,
  record_id BIGINT NOT NULL,
  -- What the entry is about beside the record, if anything; the entry disappears with it.
  subject_id BIGINT,
  event TEXT NOT NULL,
  user_id BIGINT REFERENCES users (id),
  at BIGINT NOT NULL
);
CREATE INDEX timeline_entries_record ON timeline_entries (record_id, at, id);
CREATE INDEX timeline_entries_subject ON timeline_entries (subject_id) WHERE subject_id IS NOT NULL;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY,
  object TEXT NOT NULL,
  file_id BIGINT NOT NULL REFERENCES files (id),
  file_name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL,
  failure TEXT,
  row_count BIGINT,
  done_count BIGINT NOT NULL,
  created_count BIGINT NOT NULL,
  updated_count BIGINT NOT NULL,
  refused_count BIGINT NOT NULL,
  user_id BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);
CREATE INDEX imports_user ON imports (user_id, id);
CREATE TABLE import_problems (
  import_id BIGINT NOT NULL REFERENCES imports (id),
  row_number BIGINT NOT NULL,
  position INTEGER NOT NULL,
  column_name TEXT,
  detail TEXT NOT NULL,
  PRIMARY KEY (import_id, row_number, position)
);

CREATE TABLE saved_views (
  id INTEGER PRIMARY KEY,
  list TEXT NOT NULL,
  name TEXT NOT NULL,
  filters TEXT NOT NULL,
  column_names TEXT NOT NULL,
  sort TEXT NOT NULL,
  owner_id BIGINT NOT NULL REFERENCES users (id),
  shared BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX saved_views_owner ON saved_views (owner_id);
CREATE INDEX saved_views_shared ON saved_views (list) WHERE shared;
CREATE TABLE list_layouts (
  user_id BIGINT NOT NULL REFERENCES users (id),
  list TEXT NOT NULL,
  column_names TEXT NOT NULL,
  PRIMARY KEY (user_id, list)
);
