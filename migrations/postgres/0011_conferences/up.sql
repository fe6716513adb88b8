-- Video conferences of meetings, and what whoever booked has typed. ----------------------------------------------------------
-- Of a meeting whose conference is made by Zoom or the host's calendar: what was asked of them.
CREATE TABLE meeting_conferences (
  meeting_id BIGINT PRIMARY KEY REFERENCES meetings (id),
  kind TEXT NOT NULL,
  -- Whether Zoom was asked for it and nobody knows what came of that.
  is_asked BOOLEAN NOT NULL,
  -- Whether the meeting still is to have it.
  is_wanted BOOLEAN NOT NULL,
  -- Whether those who are invited have been: until it was asked for once, their invitation waits.
  is_invited BOOLEAN NOT NULL,
  -- The sequence of the meeting that it shows.
  sequence INTEGER,
  error TEXT,
  -- Until when whoever asks now has it.
  asking_until BIGINT
);
-- As they were typed. A meeting from a record or from a calendar has neither: then its contact's are used.
ALTER TABLE meetings ADD COLUMN booker_name TEXT;
ALTER TABLE meetings ADD COLUMN booker_email TEXT;
UPDATE meetings SET
  booker_name = (SELECT name FROM contacts WHERE contacts.id = meetings.contact_id),
  booker_email = (SELECT email FROM contacts WHERE contacts.id = meetings.contact_id)
WHERE booking_link_id IS NOT NULL
  AND EXISTS (SELECT 1 FROM contacts WHERE contacts.id = meetings.contact_id AND email IS NOT NULL);
