-- Passkeys that people added in the console. That one of them counts is said by the trust root alone. // decided 28
create table access.passkey (
  id             uuid primary key,
  person_id      uuid not null references access.person (id) on delete cascade,
  -- What a browser finds it by; base64url.
  credential_id  text not null,
  -- SubjectPublicKeyInfo in base64.
  public_key     text not null,
  -- The host name that browsers give it out for.
  site           text not null,
  -- What the trust root names it by: the hash of public key and site.
  keyid          text not null unique,
  label          text not null,
  created_at     timestamptz not null,
  last_used_at   timestamptz,
  -- It stays in the trust root until a signed change takes it out.
  removed_at     timestamptz,
  unique (site, credential_id)
);
create index passkey_by_person on access.passkey (person_id, created_at);

-- What a new passkey must sign once, to show that its person has it. One a person; used once.
create table access.passkey_offer (
  person_id   uuid primary key references access.person (id) on delete cascade,
  payload     text not null,
  expires_at  timestamptz not null
);
