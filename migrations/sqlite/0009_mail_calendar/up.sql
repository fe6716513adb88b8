-- Mails in somebody's name, whose answers go to them, and the invitation that goes with a mail (RFC 6047). ------------------
ALTER TABLE mails ADD COLUMN from_name TEXT;
ALTER TABLE mails ADD COLUMN reply_to TEXT;
-- The METHOD of the iCalendar text, and the text.
ALTER TABLE mails ADD COLUMN calendar_method TEXT;
ALTER TABLE mails ADD COLUMN calendar_text TEXT;
