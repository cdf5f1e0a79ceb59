-- Codes of members' cards that a till has taken: each counts once. A code is sealed and names its own end, so one that was never
-- shown to a till needs no row, and a row is of no use once its code is over.
CREATE TABLE card_code (
  bucket integer NOT NULL,
  program text NOT NULL,
  -- What makes it another one than all others.
  code bytea NOT NULL CHECK (octet_length(code) = 12),
  -- Who took it under which key of a request: sent again it is answered again.
  taken_as text NOT NULL,
  over_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, code)
);

GRANT SELECT, INSERT, DELETE ON card_code TO laurel_app;
