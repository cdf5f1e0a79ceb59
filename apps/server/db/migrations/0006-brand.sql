-- How a shop looks to its members and staff.
CREATE TABLE program_brand (
  program text PRIMARY KEY REFERENCES program (id),
  shop text NOT NULL CHECK (length(shop) BETWEEN 1 AND 60),
  colour text NOT NULL CHECK (colour ~ '^#[0-9a-f]{6}$'),
  logo bytea CHECK (octet_length(logo) <= 200000),
  logo_type text CHECK (logo_type IN ('image/png', 'image/jpeg', 'image/webp')),
  -- SHA-256 in hex: part of the picture's address, so that a browser that has it need not ask.
  logo_hash text CHECK (logo_hash ~ '^[0-9a-f]{64}$'),
  changed_at timestamptz NOT NULL,
  changed_by text NOT NULL,
  CHECK ((logo IS NULL) = (logo_type IS NULL) AND (logo IS NULL) = (logo_hash IS NULL))
);

GRANT SELECT, INSERT, UPDATE ON program_brand TO laurel_app;
