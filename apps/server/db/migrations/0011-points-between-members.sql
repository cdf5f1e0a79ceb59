-- What members send each other, through gifts, pools and merges: without it points would seem to lie with who sent them for ever, and
-- what is burned of them to come from nowhere. Everything is counted anew, with it.
DELETE FROM tally_position;
DELETE FROM order_tally;
DELETE FROM member_day_tally;
DELETE FROM member_month_tally;
DELETE FROM member_tally;
DELETE FROM program_day_tally;
DELETE FROM program_asset_tally;
DELETE FROM experiment_tally;

ALTER TABLE member_month_tally
  ADD COLUMN sent bigint NOT NULL,
  ADD COLUMN received bigint NOT NULL;
