-- Tallies: how members buy and what became of their points, added up from the decisions. Nothing here is a truth of its own: it may
-- all be deleted and is then counted again from the first decision, with the same result.

-- How far the feed has been counted. What each member's tally holds stands with the member, so that nothing counts twice.
CREATE TABLE tally_position (
  program text PRIMARY KEY,
  position bigint NOT NULL CHECK (position >= 0),
  counted_at timestamptz NOT NULL
);

-- Orders as they stand after their last refund or edit. Days are those of the program's zone, counted from 1970.
CREATE TABLE order_tally (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  order_key text NOT NULL,
  day integer NOT NULL,
  -- Something of it was kept.
  kept boolean NOT NULL,
  -- Minor units of the program: what was paid for goods, and kept; and what went back of it.
  spend bigint NOT NULL CHECK (spend >= 0),
  refunded bigint NOT NULL CHECK (refunded >= 0),
  place text,
  channel text,
  PRIMARY KEY (bucket, program, member, order_key)
);

-- Days on which a member bought or did something.
CREATE TABLE member_day_tally (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  day integer NOT NULL,
  -- Of which something was kept.
  orders integer NOT NULL CHECK (orders >= 0),
  spend bigint NOT NULL CHECK (spend >= 0),
  refunded bigint NOT NULL CHECK (refunded >= 0),
  -- What the member did that day, orders among it, whatever became of it.
  doings integer NOT NULL CHECK (doings >= 0),
  PRIMARY KEY (bucket, program, member, day)
);
CREATE INDEX member_day_tally_of_program ON member_day_tally (program, day);

-- What a member's points of a month came to, by the day on which each movement counts. Any of them may be below zero: what was
-- returned in a later month than it was burned in.
CREATE TABLE member_month_tally (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  asset text NOT NULL,
  -- Months since January of the year 0.
  month integer NOT NULL,
  -- Earned, imported, adjusted; less what refunds took back.
  gained bigint NOT NULL,
  -- Redeemed, given to charities or burned at partners'; less what was returned.
  burned bigint NOT NULL,
  -- Expired or forfeited; less what was reinstated.
  lapsed bigint NOT NULL,
  PRIMARY KEY (bucket, program, member, asset, month)
);

CREATE TABLE member_tally (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  -- So many of its decisions are counted.
  seq integer NOT NULL CHECK (seq >= 1),
  -- Merged: it goes on as another one.
  status text NOT NULL CHECK (status IN ('active', 'frozen', 'left', 'erased', 'merged')),
  -- False: a pool, marked or merged into another. It is in none of the counts of members and their orders (END-1).
  measured boolean NOT NULL,
  -- Staff, or a test.
  marked boolean NOT NULL,
  joined_on integer,
  last_seen_on integer,
  first_order_on integer,
  last_order_on integer,
  -- Of which something was kept.
  orders integer NOT NULL CHECK (orders >= 0),
  -- Of which something went back.
  refunds integer NOT NULL CHECK (refunds >= 0),
  spend bigint NOT NULL CHECK (spend >= 0),
  refunded bigint NOT NULL CHECK (refunded >= 0),
  -- Of most orders; of as many, the first by name.
  place text,
  channel text,
  -- By ladder the level; by asset what was ever gained and burned, and what lapsed.
  levels jsonb NOT NULL,
  points jsonb NOT NULL,
  PRIMARY KEY (bucket, program, member)
);
CREATE INDEX member_tally_of_program ON member_tally (program, member);

-- All measured members of a day together. Orders without a member are not known to Laurel, and so are not in it. It is added to by
-- differences, which a check would be asked about before they are added: nothing here is below zero, and no row all zero.
CREATE TABLE program_day_tally (
  program text NOT NULL,
  day integer NOT NULL,
  orders bigint NOT NULL,
  spend bigint NOT NULL,
  refunded bigint NOT NULL,
  -- Who bought or did something.
  active bigint NOT NULL,
  -- Who bought something and kept it.
  buyers bigint NOT NULL,
  joined bigint NOT NULL,
  PRIMARY KEY (program, day)
);

-- The terms of the movement table (FIN-1) by day: as it counts for members, and as it was written down, by which a closed month never
-- changes. Whoever holds the points: what is owed to staff is owed.
CREATE TABLE program_asset_tally (
  program text NOT NULL,
  by text NOT NULL CHECK (by IN ('effective', 'recorded')),
  day integer NOT NULL,
  asset text NOT NULL,
  earned bigint NOT NULL,
  clawed_back bigint NOT NULL,
  returned bigint NOT NULL,
  redeemed bigint NOT NULL,
  expired bigint NOT NULL,
  reinstated bigint NOT NULL,
  forfeited bigint NOT NULL,
  adjusted bigint NOT NULL,
  imported bigint NOT NULL,
  to_charities bigint NOT NULL,
  to_partners bigint NOT NULL,
  from_partners bigint NOT NULL,
  PRIMARY KEY (program, by, day, asset)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON tally_position, order_tally, member_day_tally, member_month_tally, member_tally,
  program_day_tally, program_asset_tally TO laurel_app;
