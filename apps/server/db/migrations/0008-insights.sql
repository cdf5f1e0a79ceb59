-- What the tallies tell: experiments that members met, runs that fit how members buy, a score for each member, and reports.

-- Arms were not tallied before: everything is counted anew, with them.
DELETE FROM tally_position;
DELETE FROM order_tally;
DELETE FROM member_day_tally;
DELETE FROM member_month_tally;
DELETE FROM member_tally;
DELETE FROM program_day_tally;
DELETE FROM program_asset_tally;

-- In which arm of an experiment a member is, since the day on which the member met it (EXP-1).
CREATE TABLE experiment_tally (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  experiment text NOT NULL,
  held_out boolean NOT NULL,
  met_on integer NOT NULL,
  PRIMARY KEY (bucket, program, member, experiment)
);
CREATE INDEX experiment_tally_of_program ON experiment_tally (program, experiment);

-- One reading of all tallies up to a day. It is worked at part by part, a part being a bucket, so that whoever goes on after a crash
-- finds what is done.
CREATE TABLE insight_run (
  program text NOT NULL,
  id text NOT NULL,
  -- The last day that is looked at, in the program's zone, counted from 1970.
  as_of integer NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'done', 'cancelled', 'failed')),
  started_at timestamptz NOT NULL,
  started_by text NOT NULL,
  -- By the wall clock: whose turn it is among all programs.
  asked_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- JSON, once it is fitted: how members buy, by which each part scores its members.
  habits text,
  parts_done integer NOT NULL DEFAULT 0,
  -- 0: nobody has counted them yet.
  parts_all integer NOT NULL DEFAULT 0,
  -- Which server works at it, and until when it is taken to; null: whoever comes first.
  held_by text,
  held_until timestamptz,
  failure text,
  PRIMARY KEY (program, id),
  CHECK ((status = 'running') = (ended_at IS NULL)),
  CHECK ((status = 'failed') = (failure IS NOT NULL))
);
-- One at a time.
CREATE UNIQUE INDEX insight_run_running ON insight_run (program) WHERE status = 'running';

-- What the parts of a run come to, JSON, while it runs.
CREATE TABLE insight_part (
  program text NOT NULL,
  run text NOT NULL,
  part integer NOT NULL,
  result text NOT NULL,
  PRIMARY KEY (program, run, part),
  FOREIGN KEY (program, run) REFERENCES insight_run (program, id)
);

-- What is expected of a member, as of a day. Null: it cannot be told, and the report says why.
CREATE TABLE member_score (
  bucket integer NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  as_of integer NOT NULL,
  -- The chance of being there still, 0 to 1; expected days with a purchase among the next 90 and 365.
  alive double precision CHECK (alive BETWEEN 0 AND 1),
  next_90 double precision CHECK (next_90 >= 0),
  next_365 double precision CHECK (next_365 >= 0),
  -- Minor units that are expected to be spent within three years, as they are worth today.
  lifetime_value bigint CHECK (lifetime_value >= 0),
  -- 1 to 5, and the segment that recency and frequency name.
  recency smallint CHECK (recency BETWEEN 1 AND 5),
  frequency smallint CHECK (frequency BETWEEN 1 AND 5),
  monetary smallint CHECK (monetary BETWEEN 1 AND 5),
  segment text,
  engagement double precision NOT NULL CHECK (engagement >= 0),
  PRIMARY KEY (bucket, program, member)
);
CREATE INDEX member_score_of_program ON member_score (program, member);

-- Reports as the last run has left them, JSON.
CREATE TABLE insight_report (
  program text NOT NULL,
  report text NOT NULL,
  as_of integer NOT NULL,
  made_at timestamptz NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (program, report)
);

-- What was thought of the points of a month on a day, and what was booked at the end of a month (FIN-2, FIN-3): never changed, only
-- followed by another.
CREATE TABLE breakage_estimate (
  program text NOT NULL,
  asset text NOT NULL,
  -- Months since January of the year 0.
  cohort integer NOT NULL,
  as_of integer NOT NULL,
  -- JSON: an estimate with the figures that it was made on.
  estimate text NOT NULL,
  PRIMARY KEY (program, asset, cohort, as_of)
);

CREATE TABLE liability_close (
  program text NOT NULL,
  asset text NOT NULL,
  month integer NOT NULL,
  made_at timestamptz NOT NULL,
  -- JSON: deferrals by cohort as they stood then, and the journals of the month.
  deferrals text NOT NULL,
  journals text NOT NULL,
  PRIMARY KEY (program, asset, month)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON experiment_tally, insight_run, insight_part, member_score, insight_report TO laurel_app;
GRANT SELECT, INSERT ON breakage_estimate, liability_close TO laurel_app;
