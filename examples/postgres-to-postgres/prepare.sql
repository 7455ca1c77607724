-- What the pipelines ask of pgbench's tables, which know neither when a row was changed nor the order of their history:
--   psql --file prepare.sql pgbench
ALTER TABLE pgbench_accounts ADD COLUMN updated_at timestamptz;
UPDATE pgbench_accounts SET updated_at = timestamptz '2020-01-01 00:00:00+00' + aid * interval '1 second';
ALTER TABLE pgbench_accounts ALTER COLUMN updated_at SET NOT NULL;
ALTER TABLE pgbench_accounts ALTER COLUMN updated_at SET DEFAULT clock_timestamp();
CREATE INDEX ON pgbench_accounts (updated_at);

CREATE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE TRIGGER set_updated_at BEFORE UPDATE ON pgbench_accounts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE pgbench_history ADD COLUMN hid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
