-- Why a vendor calls its product not affected: a word of VEX, and what it says beside it. // CSAF 2.0 §3.2.3.5.2, §4.5
alter table identification.claim
  add column justification text,
  add column impact text;
