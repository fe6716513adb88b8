-- Consent: what a contact's data may be used for, and on which legal basis -------------------------------------------------
CREATE TABLE subscription_types (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT COLLATE "C" NOT NULL,
  description TEXT,
  is_internal BOOLEAN NOT NULL,
  archived BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX subscription_types_name ON subscription_types (name_key);
-- The built-in one; it may be renamed, and its id names it.
INSERT INTO subscription_types (id, name, name_key, description, is_internal, archived) VALUES
  (1, 'One to one', 'one to one', NULL, TRUE, FALSE);
-- A log: rows are added, and go only when the contact is erased.
CREATE TABLE consents (
  id BIGINT PRIMARY KEY,
  contact_id BIGINT NOT NULL REFERENCES contacts (id),
  subscription_type_id BIGINT NOT NULL REFERENCES subscription_types (id),
  basis TEXT NOT NULL,
  state TEXT NOT NULL,
  text TEXT,
  privacy_policy_text TEXT,
  source TEXT NOT NULL,
  language TEXT,
  user_id BIGINT REFERENCES users (id),
  at BIGINT NOT NULL
);
CREATE INDEX consents_contact ON consents (contact_id, at, id);
