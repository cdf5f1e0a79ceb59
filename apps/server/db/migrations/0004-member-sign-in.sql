-- How members sign in: Better Auth's tables once more, apart from those of the staff, so that no session of the one is ever one of
-- the other. Nothing personal stands in them: a member is named by program and id, a code goes to the address in the profile, and
-- neither addresses of the internet nor browsers are kept.
CREATE SCHEMA member_sign_in;

CREATE TABLE member_sign_in."user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  -- No address of mail: a hash of program and member, in the form that Better Auth wants.
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  image text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  program text NOT NULL,
  member text NOT NULL,
  UNIQUE (program, member)
);

CREATE TABLE member_sign_in.session (
  id text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  token text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text CHECK ("ipAddress" IS NULL OR "ipAddress" = ''),
  "userAgent" text CHECK ("userAgent" IS NULL OR "userAgent" = ''),
  "userId" text NOT NULL REFERENCES member_sign_in."user" (id) ON DELETE CASCADE
);
CREATE INDEX member_session_of_user ON member_sign_in.session ("userId");

CREATE TABLE member_sign_in.account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES member_sign_in."user" (id) ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX member_account_of_user ON member_sign_in.account ("userId");

-- Codes that were sent, and challenges; both hashed.
CREATE TABLE member_sign_in.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX member_verification_by_identifier ON member_sign_in.verification (identifier);

CREATE TABLE member_sign_in.passkey (
  id text PRIMARY KEY,
  name text,
  "publicKey" text NOT NULL,
  "userId" text NOT NULL REFERENCES member_sign_in."user" (id) ON DELETE CASCADE,
  "credentialID" text NOT NULL UNIQUE,
  counter integer NOT NULL,
  "deviceType" text NOT NULL,
  "backedUp" boolean NOT NULL,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
CREATE INDEX member_passkey_of_user ON member_sign_in.passkey ("userId");

CREATE TABLE member_sign_in."rateLimit" (
  id text PRIMARY KEY,
  key text NOT NULL UNIQUE,
  count integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

GRANT USAGE ON SCHEMA member_sign_in TO laurel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA member_sign_in TO laurel_app;
