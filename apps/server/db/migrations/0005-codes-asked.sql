-- How many codes were sent for one contact in the last day, for all servers together: each code may be tried a few times, and a
-- stranger with patience would come through some day. By a hash, as all of `member_sign_in`.
CREATE TABLE member_sign_in.codes_asked (
  key text PRIMARY KEY,
  since timestamptz NOT NULL,
  count integer NOT NULL CHECK (count >= 1)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON member_sign_in.codes_asked TO laurel_app;
