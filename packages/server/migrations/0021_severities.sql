-- What sources say of how severe and how exploited vulnerabilities are, and whom we believe. // decided 19c, SOP P2.1

-- What each record says, whole: a newer revision of a record takes the place of all it said before.
create table identification.rating_record (
  vulnerability text not null,
  -- Whose record it is: `cve` (the CVE list and Vulnrichment hold the same ones), `nvd`, or a feed of advisories.
  publisher     text not null,
  record        text not null,
  -- One for each source and scale, with vector, score, level, what was stated, and when.
  ratings       jsonb not null,
  -- Inputs of SSVC, each with its source and its time.
  points        jsonb not null,
  rejected      boolean not null,
  modified      timestamptz,
  revision      text not null,
  feed          text not null references identification.feed (id),
  primary key (vulnerability, publisher, record)
);

create index rating_record_by_record on identification.rating_record (publisher, record);

-- What of it counts, by the order in which the policy believes sources. It follows from the records alone.
create table identification.vulnerability_rating (
  vulnerability text primary key,
  -- The order it was made by: another one makes it anew.
  voices        text not null,
  -- By distribution, since a vendor speaks for its own packages; under '' what counts everywhere else.
  believed      jsonb not null,
  -- The newest inputs of SSVC.
  ssvc          jsonb,
  -- By distribution what was said before and still binds, until a person lets go of it.
  held          jsonb
);

create index vulnerability_rating_held on identification.vulnerability_rating (vulnerability) where held is not null;
