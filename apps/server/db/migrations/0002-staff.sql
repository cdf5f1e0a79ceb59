-- People on the staff: how they sign in, and what they may do.

-- ---- signing in --------------------------------------------------------------------------------------------------------

-- The tables of Better Auth, which alone knows passwords, codes and passkeys; their columns are named as it names them, and a
-- test asks it whether anything is missing. They stand in a schema of their own: nothing of ours refers to them, and they are
-- small, so that they can stay on one node of a cluster.
CREATE SCHEMA sign_in;

CREATE TABLE sign_in."user" (
  id text PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL,
  image text,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "twoFactorEnabled" boolean
);

CREATE TABLE sign_in.session (
  id text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  -- Worth nothing by itself: a cookie holds it together with its signature, whose secret is not in the database.
  token text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL,
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES sign_in."user" (id) ON DELETE CASCADE
);
CREATE INDEX session_of_user ON sign_in.session ("userId");

-- A password (its scrypt hash) or a company's account; tokens of the company are encrypted.
CREATE TABLE sign_in.account (
  id text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" (id) ON DELETE CASCADE,
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
CREATE INDEX account_of_user ON sign_in.account ("userId");

-- What was begun and waits for its second half: a challenge, a forgotten password. Identifiers are hashed.
CREATE TABLE sign_in.verification (
  id text PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL,
  "updatedAt" timestamptz NOT NULL
);
CREATE INDEX verification_by_identifier ON sign_in.verification (identifier);

-- The secret and the backup codes are encrypted with a secret that is not in the database.
CREATE TABLE sign_in."twoFactor" (
  id text PRIMARY KEY,
  secret text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" (id) ON DELETE CASCADE,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
CREATE INDEX two_factor_of_user ON sign_in."twoFactor" ("userId");

CREATE TABLE sign_in.passkey (
  id text PRIMARY KEY,
  name text,
  "publicKey" text NOT NULL,
  "userId" text NOT NULL REFERENCES sign_in."user" (id) ON DELETE CASCADE,
  "credentialID" text NOT NULL UNIQUE,
  counter integer NOT NULL,
  "deviceType" text NOT NULL,
  "backedUp" boolean NOT NULL,
  transports text,
  "createdAt" timestamptz,
  aaguid text
);
CREATE INDEX passkey_of_user ON sign_in.passkey ("userId");

-- How often an address has tried, for all servers of the database together.
CREATE TABLE sign_in."rateLimit" (
  id text PRIMARY KEY,
  key text NOT NULL UNIQUE,
  count integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

-- ---- the team ----------------------------------------------------------------------------------------------------------

-- One role for a person in a program. Who has none anywhere is forgotten.
CREATE TABLE staff_role (
  program text NOT NULL,
  person text NOT NULL,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'marketer', 'cashier', 'support', 'auditor')),
  given_at timestamptz NOT NULL,
  given_by text NOT NULL,
  PRIMARY KEY (program, person)
);
CREATE INDEX staff_role_of_person ON staff_role (person);

CREATE TABLE staff_invitation (
  id text PRIMARY KEY,
  program text NOT NULL,
  -- Lower case, kept as long as it is open. Null while it is open: for the first owner, whoever that is.
  email text,
  role text NOT NULL CHECK (role IN ('owner', 'manager', 'marketer', 'cashier', 'support', 'auditor')),
  -- SHA-256 of a random token of 256 bits.
  token_hash bytea NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
  invited_at timestamptz NOT NULL,
  invited_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  outcome text CHECK (outcome IN ('accepted', 'revoked', 'replaced', 'expired')),
  -- Whether the link went by mail to that address and nowhere else: who holds it then has the address.
  mailed boolean NOT NULL DEFAULT false,
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CHECK (ended_at IS NULL OR email IS NULL)
);
-- One at a time for an address.
CREATE UNIQUE INDEX staff_invitation_open ON staff_invitation (program, coalesce(email, '')) WHERE ended_at IS NULL;

-- ---- what the application may do ---------------------------------------------------------------------------------------

GRANT USAGE ON SCHEMA sign_in TO laurel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sign_in TO laurel_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_role TO laurel_app;
GRANT SELECT, INSERT, UPDATE ON staff_invitation TO laurel_app;
