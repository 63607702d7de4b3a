-- Products whose makers support each release for a time of its own: their ends are lifecycles as those of platforms
-- are. // SP 800-40r4 §2.3: unpatchable assets
create table identification.supported_product (
  feed       text not null references identification.feed (id),
  name       text not null,
  -- By which assets call it, and packages of registries.
  names      text[] not null,
  components text[] not null,
  -- Its releases with their names and ends, as core reads them.
  facts      jsonb not null,
  primary key (feed, name)
);
create index supported_product_by_name on identification.supported_product using gin (names);
create index supported_product_by_component on identification.supported_product using gin (components);

-- Of an asset without an agent: the release that its product is, where that is certain.
alter table identification.asset add column support_scope text;
create index asset_by_support_scope on identification.asset (support_scope) where support_scope is not null;
-- Of thousands of releases of products a house has some: what lists read as a whole leaves the others out.
create index lifecycle_of_platforms on identification.lifecycle (scope) where scope not like 'product:%';
