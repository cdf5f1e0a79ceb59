-- What people give and take by hand, and how much of it they may without a second person.

CREATE TABLE staff_limit (
  program text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'marketer', 'cashier', 'support', 'auditor')),
  asset text NOT NULL,
  -- Given and taken together, in any 24 hours, by one person.
  most_per_day bigint NOT NULL CHECK (most_per_day >= 0),
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  PRIMARY KEY (program, role, asset)
);

-- Every adjustment that a person on the staff has asked for, until it counts for no limit any more; those that took a second person
-- stay.
CREATE TABLE staff_act (
  program text NOT NULL,
  id text NOT NULL,
  -- The identity under which it is recorded: asked twice, it is done once.
  act text NOT NULL,
  person text NOT NULL,
  member text NOT NULL,
  -- JSON.
  deed text NOT NULL,
  reason text NOT NULL,
  asset text NOT NULL,
  -- Without its sign.
  amount bigint NOT NULL CHECK (amount > 0),
  asked_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('alone', 'waiting', 'approved', 'rejected')),
  answered_at timestamptz,
  answered_by text,
  PRIMARY KEY (program, id),
  UNIQUE (program, act),
  CHECK ((status IN ('approved', 'rejected')) = (answered_at IS NOT NULL)),
  CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
  -- Nobody approves what they have asked for themselves.
  CHECK (answered_by <> 'staff/' || person OR status = 'rejected')
);
CREATE INDEX staff_act_of_person ON staff_act (program, person, asset, asked_at) WHERE status = 'alone';
CREATE INDEX staff_act_waiting ON staff_act (program, asked_at, id) WHERE status = 'waiting';

GRANT SELECT, INSERT, UPDATE, DELETE ON staff_limit, staff_act TO laurel_app;
