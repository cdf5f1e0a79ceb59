-- The first schema: programs, members, and what was decided about them.
--
-- Rules that keep every table ready for a cluster (ARCHITECTURE, "PostgreSQL"; a test reads the schema and keeps them):
-- `bucket`, a fixed hash of program and member (or of the value, where a value must be unique across members), is the first
-- column of every table that grows with members, of its primary key and of each of its unique indexes. Small tables that
-- every node reads have none. Times, ids and random values come from the application; nothing is triggered.

-- ---- reference tables --------------------------------------------------------------------------------------------------

CREATE TABLE program (
  id text PRIMARY KEY,
  -- How many versions are published: what a server compares to know that its compiled timeline is complete.
  versions integer NOT NULL CHECK (versions >= 0),
  created_at timestamptz NOT NULL,
  -- Of a sandbox: what its clock shows, and whose it is (SBX-1). Null: the wall clock.
  clock timestamptz,
  sandbox_of text REFERENCES program (id),
  CHECK ((clock IS NULL) = (sandbox_of IS NULL))
);
CREATE INDEX program_sandbox ON program (sandbox_of) WHERE sandbox_of IS NOT NULL;

-- How far the clock of a sandbox is to go. It is worked at stop by stop; where it is stands in the clock itself, so that whoever
-- goes on after a crash finds it.
CREATE TABLE sandbox_advance (
  program text NOT NULL REFERENCES program (id),
  id text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
  -- How often something happened to a member meanwhile.
  fired bigint NOT NULL DEFAULT 0,
  -- By the wall clock, as all that is Laurel's own.
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  ended_at timestamptz,
  failure text,
  -- Which server works at it, and until when it is taken to; null: whoever comes first.
  held_by text,
  held_until timestamptz,
  PRIMARY KEY (program, id),
  CHECK (to_at > from_at),
  CHECK ((status = 'running') = (ended_at IS NULL)),
  CHECK ((status = 'failed') = (failure IS NOT NULL))
);
-- One at a time.
CREATE UNIQUE INDEX sandbox_advance_running ON sandbox_advance (program) WHERE status = 'running';

CREATE TABLE program_version (
  program text NOT NULL REFERENCES program (id),
  version integer NOT NULL CHECK (version >= 1),
  document text NOT NULL,
  -- SHA-256 of the canonical document, lower-case hex.
  hash text NOT NULL,
  -- Null: always (EVT-3).
  in_force_from timestamptz,
  published_at timestamptz NOT NULL,
  author text NOT NULL,
  note text NOT NULL,
  -- Who consented as a second person; null: nobody was asked.
  approved_by text,
  -- The version whose document this is once more, in force from `in_force_from` whatever the document says; null: its own.
  restores integer,
  -- The version that never begins because of this one; null: it was published for its own sake.
  withdraws integer,
  -- The version that began the pilot of which this is a step; null: it is for all.
  pilot integer CHECK (pilot > 1),
  -- Percent of members: whom it is for, and who stay out of the pilot until it is for all.
  share smallint CHECK (share BETWEEN 1 AND 100),
  holdout smallint CHECK (holdout BETWEEN 0 AND 99),
  PRIMARY KEY (program, version),
  CHECK (restores < version AND withdraws < version),
  CHECK (pilot < version OR (pilot = version AND restores IS NULL)),
  CHECK ((pilot IS NULL) = (share IS NULL) AND (pilot IS NULL) = (holdout IS NULL)),
  CHECK (share = 100 OR share + holdout <= 100)
);

-- What is written before it is published. A revision counts its savings: whoever saves names the one that was read.
CREATE TABLE program_draft (
  program text NOT NULL,
  id text NOT NULL,
  revision integer NOT NULL CHECK (revision >= 1),
  status text NOT NULL CHECK (status IN ('open', 'submitted', 'approved', 'published')),
  document text NOT NULL,
  note text NOT NULL,
  -- The latest version when it was written; 0: there was none.
  based_on integer NOT NULL CHECK (based_on >= 0),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  -- What it was published as.
  version integer,
  PRIMARY KEY (program, id),
  CHECK ((status = 'published') = (version IS NOT NULL))
);

-- Who did what with a draft, and why.
CREATE TABLE draft_step (
  program text NOT NULL,
  draft text NOT NULL,
  number integer NOT NULL CHECK (number >= 1),
  revision integer NOT NULL,
  act text NOT NULL CHECK (act IN ('saved', 'submitted', 'approved', 'sent-back', 'published')),
  actor text NOT NULL,
  comment text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (program, draft, number),
  FOREIGN KEY (program, draft) REFERENCES program_draft (program, id)
);

-- The stored history lived again under drafts. It is worked out part by part, a part being a bucket, so that whoever goes on
-- after a crash finds what is done.
CREATE TABLE backtest (
  program text NOT NULL,
  id text NOT NULL,
  -- JSON: the documents, the assumption, what few means.
  asked text NOT NULL,
  until timestamptz NOT NULL,
  -- What ran: so many versions.
  versions integer NOT NULL CHECK (versions >= 1),
  status text NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  -- By the wall clock: whose turn it is among all programs.
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  parts_done integer NOT NULL DEFAULT 0,
  -- 0: nobody has counted them yet.
  parts_all integer NOT NULL DEFAULT 0,
  -- Which server works at it, and until when it is taken to; null: whoever comes first.
  held_by text,
  held_until timestamptz,
  -- JSON, once it is done.
  report text,
  failure text,
  PRIMARY KEY (program, id),
  CHECK ((status = 'running') = (ended_at IS NULL)),
  CHECK ((status = 'done') = (report IS NOT NULL))
);
-- One at a time.
CREATE UNIQUE INDEX backtest_running ON backtest (program) WHERE status = 'running';

-- What the parts of a backtest that runs have come to, JSON.
CREATE TABLE backtest_part (
  program text NOT NULL,
  backtest text NOT NULL,
  part integer NOT NULL,
  result text NOT NULL,
  PRIMARY KEY (program, backtest, part),
  FOREIGN KEY (program, backtest) REFERENCES backtest (program, id)
);

-- From a date on another version should have judged (COR): shown first, then approved, then posted member by member.
CREATE TABLE correction (
  program text NOT NULL,
  id text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  from_at timestamptz NOT NULL,
  reason text NOT NULL,
  -- So many there were when it was shown.
  versions integer NOT NULL CHECK (versions >= 1),
  -- The version that judges from then on: this one, or the next, which approval publishes.
  posts_as integer NOT NULL CHECK (posts_as = version OR posts_as = versions + 1),
  status text NOT NULL CHECK (status IN ('looking', 'shown', 'nothing', 'posting', 'done', 'cancelled', 'failed')),
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  -- By the wall clock: whose turn it is among all programs.
  asked_at timestamptz NOT NULL,
  approved_at timestamptz,
  approved_by text,
  ended_at timestamptz,
  parts_done integer NOT NULL DEFAULT 0,
  parts_all integer NOT NULL DEFAULT 0,
  members_posted integer NOT NULL DEFAULT 0,
  -- Which server works at it, and until when it is taken to; null: whoever comes first.
  held_by text,
  held_until timestamptz,
  -- JSON, once it is shown.
  summary text,
  -- JSON: the same of what is posted so far; null: nothing is.
  posted text,
  failure text,
  PRIMARY KEY (program, id),
  CHECK ((status IN ('looking', 'shown', 'posting')) = (ended_at IS NULL)),
  CHECK (status NOT IN ('shown', 'nothing', 'posting', 'done') OR summary IS NOT NULL),
  CHECK (status NOT IN ('posting', 'done') OR approved_at IS NOT NULL),
  CHECK ((approved_at IS NULL) = (approved_by IS NULL))
);
-- One at a time.
CREATE UNIQUE INDEX correction_open ON correction (program) WHERE status IN ('looking', 'shown', 'posting');

-- What the parts of a correction that is still looking have come to, JSON; a part is a bucket.
CREATE TABLE correction_part (
  program text NOT NULL,
  correction text NOT NULL,
  part integer NOT NULL,
  result text NOT NULL,
  PRIMARY KEY (program, correction, part),
  FOREIGN KEY (program, correction) REFERENCES correction (program, id)
);

-- Whom a correction concerns, and what came of it.
CREATE TABLE correction_member (
  bucket integer NOT NULL,
  program text NOT NULL,
  correction text NOT NULL,
  member text NOT NULL,
  facts integer NOT NULL CHECK (facts >= 0),
  -- JSON: by asset what changes.
  changes text NOT NULL,
  -- Null: not yet.
  outcome text CHECK (outcome IN ('posted', 'nothing-left', 'failed')),
  -- The decision that posted it.
  seq integer,
  PRIMARY KEY (bucket, program, correction, member),
  CHECK ((outcome IS NOT DISTINCT FROM 'posted') = (seq IS NOT NULL))
);

CREATE TABLE api_key (
  id text PRIMARY KEY,
  program text NOT NULL,
  name text NOT NULL,
  -- SHA-256 of a random secret of 256 bits.
  secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz,
  -- Whose it is, where it may see one partner's settlement alone.
  partner text,
  -- Whose hands it is in, so that two keys of one person are known as such; null: nobody has said.
  holder text,
  CHECK (partner IS NULL OR scopes <@ ARRAY['settlements:read'])
);

-- Which secret the codes of vouchers were made with: another one would find none of them.
CREATE TABLE code_secret (
  id smallint PRIMARY KEY CHECK (id = 1),
  fingerprint bytea NOT NULL,
  made_at timestamptz NOT NULL
);

-- What was done with keys and by staff; no personal data.
CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  program text NOT NULL,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  detail jsonb NOT NULL
);
CREATE INDEX audit_log_by_time ON audit_log (program, at);

-- A program's day (LED-7): the root over the roots of its buckets.
CREATE TABLE program_root (
  program text NOT NULL,
  day date NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  buckets integer NOT NULL,
  members bigint NOT NULL,
  closed_at timestamptz NOT NULL,
  -- Place in the feed, as of a decision.
  position bigint NOT NULL,
  PRIMARY KEY (program, day)
);
CREATE INDEX program_root_feed ON program_root (program, position);

-- A draw, from the promise of its seed to the last award (GAME-2). Draws are few; the record of one is read as a whole.
CREATE TABLE draw_run (
  program text NOT NULL,
  draw text NOT NULL,
  -- A draw that a later version opens again is another round, with a seed of its own.
  round integer NOT NULL CHECK (round > 0),
  seed bytea NOT NULL CHECK (octet_length(seed) = 32),
  -- Names entrants, so that a published record says nothing of members.
  salt bytea NOT NULL CHECK (octet_length(salt) = 32),
  promised_at timestamptz NOT NULL,
  closed_at timestamptz,
  -- What is published, and who won, as JSON; written once, when the draw is closed.
  record text,
  winners text,
  settled_at timestamptz,
  PRIMARY KEY (program, draw, round),
  CHECK ((closed_at IS NULL) = (record IS NULL) AND (closed_at IS NULL) = (winners IS NULL)),
  CHECK (settled_at IS NULL OR closed_at IS NOT NULL)
);

-- Up to which day birthdays and anniversaries have been told (EARN-7).
CREATE TABLE program_occasions (
  program text PRIMARY KEY,
  kept_through date NOT NULL
);

-- What stood on a leaderboard: taken again and again while the window runs, and once for good when it has ended (GAME-1).
CREATE TABLE leaderboard_result (
  program text NOT NULL,
  leaderboard text NOT NULL,
  window_from date NOT NULL,
  taken_at timestamptz NOT NULL,
  ended boolean NOT NULL,
  -- The first ranks, as JSON.
  ranks text NOT NULL,
  settled_at timestamptz,
  PRIMARY KEY (program, leaderboard, window_from),
  CHECK (settled_at IS NULL OR ended)
);

-- An offer on its way to many (OFF-1), and how far it is.
CREATE TABLE offer_sending (
  program text NOT NULL,
  id text NOT NULL,
  offer text NOT NULL,
  -- What the names of its receipts begin with: under one name a member gets it once.
  name text NOT NULL,
  -- Ids as JSON, sorted; NULL: whoever the offer's own rule says.
  members text,
  started_at timestamptz NOT NULL,
  -- By the wall clock: whose turn it is among all programs.
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  cancelled boolean NOT NULL DEFAULT false,
  -- The last member that was looked at.
  through text NOT NULL DEFAULT '',
  looked integer NOT NULL DEFAULT 0,
  sent integer NOT NULL DEFAULT 0,
  already integer NOT NULL DEFAULT 0,
  left_out integer NOT NULL DEFAULT 0,
  PRIMARY KEY (program, id),
  CHECK (looked = sent + already + left_out)
);
CREATE INDEX offer_sending_running ON offer_sending (asked_at) WHERE ended_at IS NULL;

-- ---- members -----------------------------------------------------------------------------------------------------------

-- The checkpoint of each member: a cache of the decisions, and the guard of the next one.
CREATE TABLE member (
  bucket integer NOT NULL CHECK (bucket BETWEEN 0 AND 1023),
  program text NOT NULL,
  id text NOT NULL,
  -- Decisions so far. Whoever writes the next one names the number it has seen: a lost race changes no row.
  seq integer NOT NULL CHECK (seq >= 0),
  -- Transfers so far.
  transfer_count integer NOT NULL CHECK (transfer_count >= 0),
  -- The engine's state without orders and finished holds, as JSON text: PostgreSQL never looks inside, and jsonb would cost
  -- more to write than the decision.
  state text NOT NULL,
  -- Head of the chain (LED-6).
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  -- Earliest moment at which time alone changes something.
  due_at timestamptz,
  -- Day of joining, counted from 1970: whose anniversary it is. It hardly ever changes, and with it its index.
  joined_on integer,
  -- Of who was merged: as whom it goes on (MRG-1).
  goes_on_as text,
  created_at timestamptz NOT NULL,
  -- Of the last decision.
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, id)
) WITH (fillfactor = 60);
-- Most decisions leave the earliest timer as it is, and with it this index: the update stays within its page.
CREATE INDEX member_due ON member (program, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX member_of_program ON member (program, id);
CREATE INDEX member_merged ON member (program, id) WHERE goes_on_as IS NOT NULL;
CREATE INDEX member_joined ON member (program, joined_on);

CREATE TABLE balance (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  asset text NOT NULL,
  pending bigint NOT NULL CHECK (pending >= 0),
  active bigint NOT NULL CHECK (active >= 0),
  held bigint NOT NULL CHECK (held >= 0),
  debt bigint NOT NULL CHECK (debt >= 0),
  PRIMARY KEY (bucket, program, member, asset),
  -- LED-3
  CHECK (debt = 0 OR active = 0)
) WITH (fillfactor = 50);

-- Personal data, in clear and apart (LED-9): deleted at erasure.
CREATE TABLE profile (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  name text,
  email text,
  phone text,
  -- MM-DD, from the year in which it counts; what counted before that year (EARN-7).
  birthday text CHECK (birthday ~ '^[0-9]{2}-[0-9]{2}$'),
  birthday_from integer,
  birthday_before text CHECK (birthday_before ~ '^[0-9]{2}-[0-9]{2}$'),
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, member),
  CHECK ((birthday IS NULL AND birthday_before IS NULL) OR birthday_from IS NOT NULL)
);
CREATE INDEX profile_by_name ON profile (program, lower(name) text_pattern_ops);
CREATE INDEX profile_by_last_name ON profile (program, lower(substring(name FROM '[^ ]+\Z')) text_pattern_ops);
CREATE INDEX profile_by_email ON profile (program, lower(email) text_pattern_ops);
CREATE INDEX profile_by_phone ON profile (program, phone text_pattern_ops);
CREATE INDEX profile_by_birthday ON profile (program, birthday) WHERE birthday IS NOT NULL;
CREATE INDEX profile_by_birthday_before ON profile (program, birthday_before) WHERE birthday_before IS NOT NULL;

-- Members who have said whether others see them on leaderboards; silence is no. Deleted at erasure.
CREATE TABLE leaderboard_choice (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  shown boolean NOT NULL,
  PRIMARY KEY (bucket, program, member)
);

-- What must be one member's only, in the bucket of the value itself: deleted at erasure, with the profile.
CREATE TABLE claim (
  bucket integer NOT NULL,
  program text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('external', 'email', 'phone', 'card')),
  value text NOT NULL,
  member text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, kind, value)
);
CREATE INDEX claim_by_member ON claim (program, member);

-- The planner keeps samples of a column's values in tables of its own. Not of these: nobody would delete them there.
ALTER TABLE profile ALTER COLUMN name SET STATISTICS 0, ALTER COLUMN email SET STATISTICS 0,
  ALTER COLUMN phone SET STATISTICS 0;
ALTER TABLE claim ALTER COLUMN value SET STATISTICS 0;
ALTER INDEX profile_by_name ALTER COLUMN 2 SET STATISTICS 0;
ALTER INDEX profile_by_last_name ALTER COLUMN 2 SET STATISTICS 0;
ALTER INDEX profile_by_email ALTER COLUMN 2 SET STATISTICS 0;

-- Who is erased (LED-9): a restored backup is told this list again before it opens. No personal data.
CREATE TABLE erasure (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  erased_at timestamptz NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  -- When the last decision of the member's chain stood and everything personal was deleted; null: begun, and to be ended.
  finished_at timestamptz,
  -- When the files were rewritten in which deleted rows remain for a while; null: that is still to come.
  swept_at timestamptz,
  PRIMARY KEY (bucket, program, member)
);
CREATE INDEX erasure_of_program ON erasure (program, member);
CREATE INDEX erasure_open ON erasure (erased_at) WHERE finished_at IS NULL OR swept_at IS NULL;

-- ---- what was decided --------------------------------------------------------------------------------------------------

-- Events, orders and redemptions by their identity (EVT-1), in the bucket of the identity. `key` is the first half of the
-- SHA-256 of program, kind and id: as long as an index entry should be.
CREATE TABLE identity (
  bucket integer NOT NULL,
  key uuid NOT NULL,
  member text NOT NULL,
  -- The decision that gave the first answer; for orders, the one that recorded the order first.
  seq integer NOT NULL,
  PRIMARY KEY (bucket, key)
);

-- One row for each event that was judged, and for each time at which time alone changed something.
CREATE TABLE decision (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  seq integer NOT NULL CHECK (seq >= 1),
  -- Place in the feed: the writing transaction's number and the row's place in it. A transaction that is still open has a
  -- higher number than `pg_snapshot_xmin`, so whoever reads up to that number never skips a row that commits later.
  position bigint NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- Semantic revision of the engine.
  engine smallint NOT NULL,
  -- What was sent, parsed, as canonical JSON without personal data (LED-9); null: time passed.
  content text,
  -- Its SHA-256 (EVT-1).
  content_hash bytea,
  -- The stamp, null with `content`: the instant, and the wall clocks of program and place.
  occurred_at timestamptz,
  local timestamp,
  place_local timestamp,
  -- Pinned version (EVT-3); null: before the first start.
  version integer,
  -- What else was pinned while gathering: the end of a reservation, the answer to a request. JSON.
  pinned text,
  -- Canonical JSON. What is hashed.
  effects text NOT NULL,
  -- `source/id` of the late fact whose corrections these effects are.
  because text,
  -- The first answer, given again byte for byte.
  answer text,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (bucket, program, member, seq),
  CHECK ((content IS NULL) = (occurred_at IS NULL))
)
-- A row of three kilobytes stays in its page: to compress it or move it out costs more than the rest of the insert.
WITH (toast_tuple_target = 8160);
CREATE INDEX decision_feed ON decision (program, position);

-- The ledger: amounts moved between two accounts of one asset (LED-1, LED-2).
CREATE TABLE transfer (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  -- 1, 2, 3 … in the member. No index of its own: there are four transfers to an order, and a member's are few enough to sort.
  number integer NOT NULL CHECK (number >= 1),
  -- Of the decision.
  seq integer NOT NULL,
  -- A hash of the effect id: cause, rule, accounts, revision (LED-5).
  effect uuid NOT NULL,
  asset text NOT NULL,
  from_account text NOT NULL,
  to_account text NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  cause text NOT NULL,
  rule text NOT NULL,
  version integer NOT NULL,
  revision integer NOT NULL,
  because text,
  effective timestamp NOT NULL,
  recorded_at timestamptz NOT NULL,
  pending_after bigint NOT NULL,
  active_after bigint NOT NULL,
  held_after bigint NOT NULL,
  debt_after bigint NOT NULL,
  PRIMARY KEY (bucket, program, member, effect),
  CHECK (from_account <> to_account)
);

-- The few that go to or from partners and charities, for their statements (PART-1).
CREATE INDEX transfer_with_party ON transfer (program, recorded_at)
  WHERE (from_account LIKE 'partner:%' OR to_account LIKE 'partner:%'
  OR from_account LIKE 'charity:%' OR to_account LIKE 'charity:%');

-- Where an order's record stands, once it is no longer in the decision that recorded the order first.
CREATE TABLE order_record (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  order_key text NOT NULL,
  seq integer NOT NULL,
  PRIMARY KEY (bucket, program, member, order_key)
);

-- Which orders name a redemption as what paid them: a redemption pays for one (REF-4).
CREATE TABLE order_payment (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  redemption text NOT NULL,
  order_key text NOT NULL,
  PRIMARY KEY (bucket, program, member, redemption, order_key)
);

-- Reservations that have ended, by redemption; JSON text.
CREATE TABLE finished_hold (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  redemption text NOT NULL,
  record text NOT NULL,
  PRIMARY KEY (bucket, program, member, redemption)
);

-- Vouchers, open and closed: what the engine keeps of each as JSON text. `status` stands beside it, so that one conditional
-- update makes sure that none is used twice (RED-5).
CREATE TABLE voucher (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  id text NOT NULL,
  reward text NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'used', 'returned', 'given', 'expired', 'revoked')),
  record text NOT NULL,
  issued_at timestamptz NOT NULL,
  -- Of its code, once that was revealed: the hash that finds it, and what its owner recognises.
  code bytea,
  last_four text,
  PRIMARY KEY (bucket, program, member, id)
);

-- Seats that are booked, for when their session is called off.
CREATE INDEX voucher_seat ON voucher (program, reward, member, id) WHERE status = 'open' AND record LIKE '%"session":"%';

-- Codes of vouchers, in the bucket of the code: a keyed hash that finds it, and the code itself, sealed. The keys are outside of
-- the database. An uploaded one that was not given out yet has no voucher.
CREATE TABLE voucher_code (
  bucket integer NOT NULL,
  program text NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  reward text NOT NULL,
  sealed bytea NOT NULL,
  member text,
  voucher text,
  added_at timestamptz NOT NULL,
  revealed_at timestamptz,
  PRIMARY KEY (bucket, program, hash),
  CHECK ((voucher IS NULL) = (revealed_at IS NULL) AND (voucher IS NULL) = (member IS NULL))
);
CREATE INDEX voucher_code_free ON voucher_code (program, reward, added_at, hash) WHERE voucher IS NULL;

-- Refunds, or parts of them, that no order takes: a person decides (EVT-5).
CREATE TABLE unmatched_refund (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  -- Of the refund's event.
  source text NOT NULL,
  id text NOT NULL,
  order_id text,
  amount bigint NOT NULL,
  -- Null: that of its order, which nobody knows yet.
  currency text,
  reason text NOT NULL CHECK (reason IN ('no-order-named', 'order-unknown', 'more-than-left', 'overdue')),
  seq integer NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- `matched`: a late order took it after all.
  outcome text CHECK (outcome IN ('accepted', 'dismissed', 'matched')),
  answered_at timestamptz,
  answered_by text,
  PRIMARY KEY (bucket, program, member, source, id)
);
CREATE INDEX unmatched_refund_open ON unmatched_refund (program, recorded_at) WHERE outcome IS NULL;

-- Room that members share, a budget, a cap, a stock (EARN-5), in the bucket of its own name. How much there is of it in all
-- stands in the program, and beside it what staff has added: codes that were uploaded, less those that were seen and came back.
-- Decisions say what each of them took.
CREATE TABLE room (
  bucket integer NOT NULL,
  program text NOT NULL,
  room text NOT NULL,
  used bigint NOT NULL CHECK (used >= 0),
  added bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (bucket, program, room)
) WITH (fillfactor = 50);

-- Who waits for a seat (RED-3), in the bucket of the session's room and in the order of `number`. Waiting holds no points.
CREATE TABLE seat_wait (
  bucket integer NOT NULL,
  program text NOT NULL,
  room text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  redemption text NOT NULL,
  member text NOT NULL,
  reward text NOT NULL,
  session text NOT NULL,
  asked_at timestamptz NOT NULL,
  -- Null: still waiting. Whoever is offered a seat takes it, or waits anew; whoever leaves the line has been passed over.
  offered_at timestamptz,
  -- A seat is kept for the member until then, as far as is known here: its decision says it to the millisecond. Null: none is.
  kept_until timestamptz,
  -- What was kept for the member last, nobody took in time: whoever comes for it is told so.
  lapsed boolean NOT NULL DEFAULT false,
  -- Since when it is tried in vain, for a fault of ours, to keep a seat for the member. Null: it is not, or went well.
  failing_since timestamptz,
  PRIMARY KEY (bucket, program, room, redemption)
);
CREATE INDEX seat_wait_kept ON seat_wait (program, kept_until) WHERE kept_until IS NOT NULL;
-- One place in a line for each member.
CREATE UNIQUE INDEX seat_wait_once ON seat_wait (bucket, program, room, member) WHERE offered_at IS NULL;
CREATE INDEX seat_wait_open ON seat_wait (program, room, number) WHERE offered_at IS NULL;
CREATE INDEX seat_wait_of_member ON seat_wait (program, member) WHERE offered_at IS NULL;

-- What goes from one member to another (GIFT-1), written with the sender's decision. It is delivered as an event of the
-- receiver's, whose identity sees to it that it counts once, and the row goes.
CREATE TABLE outbox (
  bucket integer NOT NULL,
  program text NOT NULL,
  -- The sender.
  member text NOT NULL,
  -- `source/id` of what sent it.
  id text NOT NULL,
  receiver text NOT NULL,
  -- JSON.
  event text NOT NULL,
  recorded_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  tries integer NOT NULL,
  PRIMARY KEY (bucket, program, member, id)
);
CREATE INDEX outbox_due ON outbox (due_at);

-- Codes with which members send others (RFL-1), in the bucket of the code. They stand in links: nothing is secret about them.
CREATE TABLE referral_code (
  bucket integer NOT NULL,
  program text NOT NULL,
  code text NOT NULL,
  member text NOT NULL,
  clicks bigint NOT NULL DEFAULT 0,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, code)
);
CREATE INDEX referral_code_by_member ON referral_code (program, member);

-- Who claimed whose code, in the bucket of the advocate, with what was found then: asked again, it is the same.
CREATE TABLE referral_claim (
  bucket integer NOT NULL,
  program text NOT NULL,
  advocate text NOT NULL,
  friend text NOT NULL,
  claimed_at timestamptz NOT NULL,
  -- JSON.
  signals text NOT NULL,
  recent integer NOT NULL,
  PRIMARY KEY (bucket, program, advocate, friend)
);
CREATE INDEX referral_claim_by_friend ON referral_claim (program, friend);

-- Keyed hashes of devices, addresses and payments, made by the shop; in the bucket of the hash.
CREATE TABLE fingerprint (
  bucket integer NOT NULL,
  program text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('person', 'device', 'address', 'payment')),
  hash text NOT NULL,
  member text NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, kind, hash, member)
);
CREATE INDEX fingerprint_by_member ON fingerprint (program, member);

-- Each friend's referral as it stands, for lists; the member's state says it too.
CREATE TABLE referral (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  advocate text NOT NULL,
  status text NOT NULL CHECK (status IN ('waiting', 'held', 'review', 'paid', 'reversed', 'rejected', 'over')),
  -- JSON.
  signals text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, member)
);
CREATE INDEX referral_by_status ON referral (program, status, changed_at, member);

-- Facts that came later than the program accepts (EVT-4): a person decides.
CREATE TABLE overdue_fact (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  source text NOT NULL,
  id text NOT NULL,
  content text NOT NULL,
  content_hash bytea NOT NULL CHECK (octet_length(content_hash) = 32),
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('recorded', 'dismissed')),
  answered_at timestamptz,
  PRIMARY KEY (bucket, program, member, source, id)
);
CREATE INDEX overdue_fact_open ON overdue_fact (program, recorded_at) WHERE outcome IS NULL;
CREATE INDEX overdue_fact_by_name ON overdue_fact (program, source, id);

-- A bucket's day is closed by a root over the heads of its chains (LED-7).
CREATE TABLE bucket_root (
  bucket integer NOT NULL,
  program text NOT NULL,
  day date NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  members integer NOT NULL,
  closed_at timestamptz NOT NULL,
  PRIMARY KEY (bucket, program, day)
);

-- ---- what the application may do ---------------------------------------------------------------------------------------

-- Append-only by privilege (LED-2).
GRANT SELECT, INSERT ON code_secret, program_version, draft_step, audit_log, identity, decision, transfer, order_payment, bucket_root, program_root TO laurel_app;
GRANT SELECT, INSERT, UPDATE ON program, sandbox_advance, program_draft, program_occasions, api_key, draw_run, leaderboard_result, offer_sending, member, balance, order_record, finished_hold, voucher, voucher_code, room, seat_wait, referral, erasure
  TO laurel_app;
-- Erasure removes what is personal.
GRANT SELECT, INSERT, UPDATE, DELETE ON referral_code, referral_claim, fingerprint TO laurel_app;
-- Nothing of a backtest is part of the books.
GRANT SELECT, INSERT, UPDATE, DELETE ON backtest, backtest_part, correction_part TO laurel_app;
-- What was shown and approved is kept; of what was given up before, nobody is named.
GRANT SELECT, INSERT, UPDATE ON correction TO laurel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON correction_member TO laurel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON profile, claim, leaderboard_choice, unmatched_refund, overdue_fact TO laurel_app;
-- What is delivered goes.
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox TO laurel_app;
