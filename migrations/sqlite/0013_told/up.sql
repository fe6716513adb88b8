-- The description that the contact was told. A user's later text stands in the record alone where it does not reach them. --------
ALTER TABLE meetings ADD COLUMN told_description TEXT;
UPDATE meetings SET told_description = description;
