-- A refund of a line that its order does not have says which, and of items nobody knows what they cost (EVT-5).
ALTER TABLE unmatched_refund ALTER COLUMN amount DROP NOT NULL;
ALTER TABLE unmatched_refund ADD COLUMN line text;
ALTER TABLE unmatched_refund DROP CONSTRAINT unmatched_refund_reason_check;
ALTER TABLE unmatched_refund ADD CONSTRAINT unmatched_refund_reason_check
  CHECK (reason IN ('no-order-named', 'order-unknown', 'more-than-left', 'unknown-line', 'overdue'));
