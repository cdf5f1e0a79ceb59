-- What tills did without a line: numbered, chained and signed by the device, and told once there is one.

-- Of the key with which the device signs: a point of P-256, as 65 bytes. Null: its browser could make none.
ALTER TABLE till ADD COLUMN public_key bytea CHECK (octet_length(public_key) = 65);
-- How much of vouchers a till may honour without a line, for one member on one day, in minor units.
ALTER TABLE till_items ADD COLUMN offline_most bigint NOT NULL DEFAULT 0 CHECK (offline_most >= 0);

CREATE TABLE till_entry (
  bucket integer NOT NULL,
  program text NOT NULL,
  till text NOT NULL,
  number bigint NOT NULL CHECK (number > 0),
  -- Of the text that the device signed: the text itself may hold a phone number, and is not kept.
  text_hash bytea NOT NULL CHECK (octet_length(text_hash) = 32),
  -- The hash that it names as that of the one before.
  previous bytea NOT NULL CHECK (octet_length(previous) = 32),
  -- When it counts.
  at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- By the clock of the program.
  day date NOT NULL,
  -- Null: nobody was found.
  member text,
  -- What was honoured of vouchers, in minor units.
  honoured bigint NOT NULL CHECK (honoured >= 0),
  -- Null: not known to be done.
  outcome text,
  PRIMARY KEY (bucket, program, till, number)
);
CREATE INDEX till_entry_of_member ON till_entry (bucket, program, till, member, day);

-- What somebody on the staff should look at.
CREATE TABLE till_alarm (
  program text NOT NULL,
  -- Made of what it is about, so that it is raised once.
  id text NOT NULL,
  till text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('gap', 'chain', 'signature', 'clock', 'nobody', 'not-recorded', 'shortfall', 'beyond-limit')),
  -- Of the entries from which on and up to which.
  first_number bigint NOT NULL,
  last_number bigint NOT NULL,
  -- Minor units that it is about; null: none.
  amount bigint,
  -- A code, no personal data.
  reason text,
  raised_at timestamptz NOT NULL,
  settled_at timestamptz,
  settled_by text,
  PRIMARY KEY (program, id),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);
CREATE INDEX till_alarm_open ON till_alarm (program, raised_at, id);

GRANT SELECT, INSERT, UPDATE ON till_entry, till_alarm TO laurel_app;
