-- Tables of the sink sql, for PostgreSQL 12 or later. The sink runs this file if one of the tables is missing. Run it
-- yourself, before the first start, if the sink's user may not create tables; it then needs select and insert only.
--
-- Decimals are exact, times have microseconds. A line that is delivered again meets the primary key and changes nothing.

create table if not exists trades (
  venue             text        not null,
  category          text        not null,
  symbol            text        not null,
  exchange_time     timestamptz not null,
  trade_id          text        not null,
  side              text        not null, -- of the taker: buy, sell
  price             numeric     not null,
  size              numeric     not null,
  received_time     timestamptz,
  exchange_sequence bigint,
  block_trade       boolean     not null,
  rpi               boolean     not null,
  repaired          boolean     not null, -- was missed and fetched later
  late              boolean     not null, -- came after newer trades
  history           boolean     not null,
  synthetic         boolean     not null, -- not from a real exchange
  run               bigint      not null, -- of the program that has stored the line
  sequence          bigint      not null, -- number of the line: the order of delivery
  primary key (venue, category, symbol, exchange_time, trade_id)
);

create table if not exists depth (
  venue             text        not null,
  category          text        not null,
  symbol            text        not null,
  exchange_time     timestamptz not null,
  snapshot          boolean     not null, -- replaces the book; otherwise changes of it
  last_update_id    bigint      not null,
  prev_update_id    bigint,
  levels            integer,
  bids              jsonb       not null, -- [[price, size], …]; jsonb keeps decimals exact
  asks              jsonb       not null,
  received_time     timestamptz,
  synthetic         boolean     not null,
  run               bigint      not null,
  sequence          bigint      not null,
  primary key (venue, category, symbol, exchange_time, run, sequence)
);

create table if not exists events (
  venue             text        not null,
  type              text        not null,
  category          text        not null, -- empty if the event has none
  symbol            text        not null, -- empty if the event has none
  time              timestamptz not null, -- of the exchange, else that at which the line was stored
  run               bigint      not null,
  sequence          bigint      not null,
  event             jsonb       not null, -- the line of the protocol
  primary key (venue, type, category, symbol, time, run, sequence)
);

-- Lines that the other tables have refused for good, such as a value that a constraint of your own does not allow.
create table if not exists refused (
  venue             text        not null,
  run               bigint      not null,
  sequence          bigint      not null,
  stored            timestamptz not null,
  reason            text        not null,
  line              text        not null,
  primary key (venue, run, sequence)
);

do $$
begin
  if exists (select from pg_extension where extname = 'timescaledb') then
    perform create_hypertable('trades', 'exchange_time', chunk_time_interval => interval '1 day',
      if_not_exists => true, migrate_data => true);
    perform create_hypertable('depth', 'exchange_time', chunk_time_interval => interval '1 day',
      if_not_exists => true, migrate_data => true);
    perform create_hypertable('events', 'time', chunk_time_interval => interval '1 day',
      if_not_exists => true, migrate_data => true);
  end if;
end $$;
