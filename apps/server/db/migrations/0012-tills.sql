-- Tills: devices that stand in a shop, who works at them, and what was done at them.

CREATE TABLE till (
  id text PRIMARY KEY,
  program text NOT NULL,
  name text NOT NULL,
  -- As the program calls it; null: it is not said.
  place text,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  -- Of the code that enrols its device: gone once that was used.
  code_hash bytea UNIQUE CHECK (octet_length(code_hash) = 32),
  code_over_at timestamptz,
  -- Of the device's key.
  key_hash bytea CHECK (octet_length(key_hash) = 32),
  enrolled_at timestamptz,
  revoked_at timestamptz,
  -- Who is at it, and until when at the latest.
  cashier text,
  shift_over_at timestamptz,
  CHECK ((code_hash IS NULL) = (code_over_at IS NULL)),
  CHECK ((key_hash IS NULL) = (enrolled_at IS NULL)),
  -- A device that is enrolled, or a till that is revoked, lets no other one in.
  CHECK (code_hash IS NULL OR (key_hash IS NULL AND revoked_at IS NULL)),
  CHECK ((cashier IS NULL) = (shift_over_at IS NULL))
);
CREATE INDEX till_of_program ON till (program, added_at, id);
CREATE UNIQUE INDEX till_by_name ON till (program, name) WHERE revoked_at IS NULL;

CREATE TABLE cashier (
  id text PRIMARY KEY,
  program text NOT NULL,
  -- As it stands on the till.
  name text NOT NULL,
  -- By scrypt, with a salt of its own: a PIN has few digits.
  pin_salt bytea NOT NULL,
  pin_hash bytea NOT NULL,
  -- Since the last right one; the fifth locks.
  tries integer NOT NULL CHECK (tries BETWEEN 0 AND 4),
  locked_until timestamptz,
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  ended_at timestamptz
);
CREATE INDEX cashier_of_program ON cashier (program, added_at, id);
CREATE UNIQUE INDEX cashier_by_name ON cashier (program, name) WHERE ended_at IS NULL;

-- What stands on the buttons: one list for each program, as JSON.
CREATE TABLE till_items (
  program text PRIMARY KEY,
  items text NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL
);

-- What tills did, so that the same act sent twice is one, and the last ones can be undone where they were done. The bucket is the till's.
CREATE TABLE till_act (
  bucket integer NOT NULL,
  program text NOT NULL,
  till text NOT NULL,
  -- Made by the till.
  id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('sale', 'use', 'redemption')),
  cashier text NOT NULL,
  member text NOT NULL,
  -- The sale that it belongs to.
  sale text NOT NULL,
  at timestamptz NOT NULL,
  -- Of what was asked: the same name stands for one content.
  asked_hash bytea NOT NULL CHECK (octet_length(asked_hash) = 32),
  -- JSON; null: asked, and not yet known to be done.
  outcome text,
  -- When somebody first asked to undo it: what undoes it bears this moment, however often it is sent.
  undo_asked_at timestamptz,
  undone_at timestamptz,
  PRIMARY KEY (bucket, program, till, id)
);
CREATE INDEX till_act_of_sale ON till_act (bucket, program, till, sale);
CREATE INDEX till_act_by_time ON till_act (bucket, program, till, at);

GRANT SELECT, INSERT, UPDATE ON till, cashier, till_items, till_act TO laurel_app;
