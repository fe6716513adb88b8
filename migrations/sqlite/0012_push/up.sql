-- Channels by which providers tell of changes. The secret of one is worked out of the calendar's id, which it begins with, so
-- that nothing is looked up by a channel. What is kept of its end is when it is to be renewed. ------------------------------
DROP INDEX calendars_channel;
ALTER TABLE calendars DROP COLUMN channel_secret_sealed;
ALTER TABLE calendars RENAME COLUMN channel_expires_at TO channel_due_at;
